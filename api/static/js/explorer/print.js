// On paper: the whole picture as an image, with whose it is, the day and the caution. The canvas itself would be cut.

import { byId, el, fill } from "../dom.js";
import { theme } from "../page.js";
import { add, t } from "../words.js";
import { nameOf } from "./elements.js";
import { gaps } from "./limits.js";
import { sheet } from "./style.js";

/** @param {import("./app.js").App} app */
export function mount(app) {
  const box = el("figure", { id: "printed" });
  byId("canvas").after(box);
  window.addEventListener("beforeprint", () => {
    const { cy, size } = app.scene;
    document.documentElement.dataset.theme = "light";
    if (cy.elements().empty()) { fill(box); return; }
    // Paper is white, whatever the screen is.
    cy.style(sheet("light", size));
    const picture = cy.png({ full: true, scale: 2, bg: "#ffffff", maxWidth: 4000, maxHeight: 4000 });
    cy.style(sheet(theme(), size));
    const { seed } = app.model.doc;
    const words = [seed && nameOf(app.model, seed), t("print.day", { day: app.asOf }), t("caution")].filter(Boolean).join("　");
    fill(box, el("figcaption", {}, el("p", { text: words }), ...gaps(app).map((text) => el("p", { text: `⚠ ${text}` }))), el("img", { src: picture, alt: words }));
  });
  window.addEventListener("afterprint", () => {
    fill(box);
    document.documentElement.dataset.theme = theme();
  });
}

add({ "print.day": ["基准日 {day}", "as of {day}"] });
