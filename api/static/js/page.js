// What every page has: the bar with navigation, the theme switch and the language switch.

import { byId } from "./dom.js";
import { lang, loadVocabulary, speak, translate } from "./words.js";

const KEPT = "xinmai.theme";

/** The theme in force: what was chosen here, else what the system prefers. */
export function theme() {
  const chosen = localStorage.getItem(KEPT);
  return chosen ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
}

function wear(name) {
  document.documentElement.dataset.theme = name;
  document.dispatchEvent(new CustomEvent("theme", { detail: name }));
}

/** Make the page's frame work; resolves when the vocabulary is there and all words stand in their places. */
export async function open() {
  wear(theme());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => wear(theme()));
  byId("theme")?.addEventListener("click", () => {
    localStorage.setItem(KEPT, theme() === "dark" ? "light" : "dark");
    wear(theme());
  });
  byId("language")?.addEventListener("click", () => speak(lang() === "en" ? "zh-CN" : "en"));
  const vocabulary = loadVocabulary();
  translate();
  await vocabulary;
}
