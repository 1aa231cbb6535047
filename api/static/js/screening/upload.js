// Where a list is dropped or chosen.

import { el, toast } from "../dom.js";
import { lang, t } from "../words.js";

/** A drop zone with a button; `taken(file)` gets the file. @param {string} kind screen or bidders */
export function dropZone(kind, taken) {
  const input = el("input", {
    type: "file", id: "file", class: "file", accept: ".xlsx,.csv", tabindex: "-1", "aria-label": t("up.choose"), data: { testid: "file" },
    on: { change: () => { if (input.files.length) taken(input.files[0]); input.value = ""; } },
  });
  const zone = el("div", { class: "drop", data: { testid: "drop" } },
    el("p", { class: "big", text: t("up.drop") }),
    el("p", {}, el("span", { class: "soft", text: t("up.or") }), " ",
      el("button", { type: "button", class: "primary", text: t("up.choose"), data: { testid: "choose" }, on: { click: () => input.click() } }),
      " ", el("a", { class: "button", href: `/api/template?kind=${kind}&lang=${lang()}`, download: "", text: t("up.template"), data: { testid: "template" } })),
    input,
    el("p", { class: "soft small", text: t("up.limits") }));
  let depth = 0;
  const lit = (on) => zone.classList.toggle("over", on);
  zone.addEventListener("dragenter", (event) => { event.preventDefault(); depth += 1; lit(true); });
  zone.addEventListener("dragover", (event) => event.preventDefault());
  zone.addEventListener("dragleave", () => { depth -= 1; lit(depth > 0); });
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    depth = 0;
    lit(false);
    const files = event.dataTransfer.files;
    if (files.length > 1) toast(t("up.one"));
    if (files.length) taken(files[0]);
  });
  // A file that misses the zone must not open in place of the page.
  for (const name of ["dragover", "drop"]) window.addEventListener(name, (event) => event.preventDefault());
  return zone;
}
