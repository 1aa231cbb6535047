// The scenario answers are given for: one choice for all panels, kept in this browser.

import { get } from "../api.js";
import { el } from "../dom.js";
import { add, lang, t } from "../words.js";

const KEPT = "xinmai.scenario";
let asked = null;

/** All scenarios, asked once. */
export const scenarios = () => (asked ??= get("/api/scenarios").catch((error) => { asked = null; throw error; }));

/** The chosen scenario's code. */
export const scenario = () => localStorage.getItem(KEPT) ?? "procurement";

/** Words given as {zh, en} or as one text. */
export const spoken = (pair) => (pair && typeof pair === "object" ? pair[lang() === "en" ? "en" : "zh"] ?? pair.zh : pair ?? "");

/** A box to choose the scenario with; `changed` runs after the choice is kept. */
export function scenarioSelect(changed, testid = "scenario") {
  const box = el("select", { "aria-label": t("scenario.label"), data: { testid }, on: { change: () => { localStorage.setItem(KEPT, box.value); changed?.(box.value); } } },
    el("option", { value: scenario(), text: scenario() }));
  scenarios().then(({ scenarios: all }) => {
    box.replaceChildren(...all.map((one) => el("option", { value: one.code, text: spoken(one.name) })));
    box.value = scenario();
  }, () => {});
  return box;
}

add({ "scenario.label": ["用途（场景）", "Purpose (scenario)"] });
