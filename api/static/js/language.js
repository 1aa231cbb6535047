// The language of the pages: what was chosen in this browser, else Chinese. Questions to the server say it too.

const KEPT = "xinmai.lang";
const language = localStorage.getItem(KEPT) ?? "zh-CN";

export const lang = () => language;

/** Switch the language for this browser; the page is made anew. */
export function speak(wanted) {
  localStorage.setItem(KEPT, wanted);
  location.reload();
}

/** Sentences in a row; those that are empty are left out. */
export const inARow = (sentences) => sentences.filter(Boolean).join(language === "en" ? "; " : "；");
