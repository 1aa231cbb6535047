// The screening page: what is asked besides the list, and where its result is drawn.

import { upload } from "../api.js";
import { el, fill } from "../dom.js";
import { scenarioSelect } from "../explorer/scenarios.js";
import { open } from "../page.js";
import { t } from "../words.js";
import { today } from "./day.js";
import { flow } from "./flow.js";
import { result } from "./result.js";
import "./words.js";

function options() {
  const scenario = scenarioSelect(null, "scenario");
  scenario.id = "scenario";
  const day = el("input", { type: "date", id: "day", value: today(), required: true, data: { testid: "day" } });
  const replay = el("input", { type: "checkbox", id: "replay", data: { testid: "replay" } });
  const told = el("span", { class: "soft", data: { testid: "earlier-told" } });
  let before = null;
  const earlier = el("input", { type: "file", id: "earlier", class: "file", accept: ".json", tabindex: "-1", data: { testid: "earlier" }, on: { change: () => compare() } });
  const choose = el("button", { type: "button", text: t("opt.earlier.choose"), on: { click: () => earlier.click() } });
  async function compare() {
    before = null;
    told.textContent = "";
    told.className = "soft";
    told.removeAttribute("role");
    if (!earlier.files.length) return;
    try {
      const form = new FormData();
      form.append("file", earlier.files[0]);
      before = await upload("/api/earlier", form);
      told.textContent = t("opt.earlier.read", { name: before.name, rows: before.rows, day: before.as_of ?? "?" });
    } catch (error) {
      earlier.value = "";
      told.className = "error";
      told.setAttribute("role", "alert");
      told.textContent = t("opt.earlier.refused", { why: error.message });
    }
  }
  const field = (id, key, control, ...more) => el("p", { class: "field" }, el("label", { for: id, text: t(key) }), control, ...more);
  const node = el("div", { class: "options" },
    field("scenario", "opt.scenario", scenario),
    field("day", "opt.day", day),
    el("p", { class: "field check" }, replay, el("label", { for: "replay", text: t("opt.replay") })),
    field("earlier", "opt.earlier", el("span", { class: "line" }, choose, earlier, told)));
  const body = () => ({
    scenario: scenario.value, as_of: day.value || today(), replay: replay.checked, ...(before ? { since_last: before.id } : {}),
  });
  return { node, body };
}

const screening = { kind: "screen", options, show: result };

open().then(() => flow(screening)).catch((error) => {
  fill(document.getElementById("begin"), el("p", { class: "error", role: "alert", text: error.message }));
});
