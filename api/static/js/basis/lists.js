// The kinds of lists: keeper, basis, term, exit, and whether they are loaded here.

import { get } from "../api.js";
import { el } from "../dom.js";
import { add, lang, say, t } from "../words.js";
import { facts, gradeChip, item, listChip, sieve } from "./parts.js";

/** @returns {Promise<Node[]>} */
export async function lists() {
  const { lists: all } = await get("/api/lists", { lang: lang() });
  const items = all.map(one);
  return [sieve(items), el("div", {}, ...items)];
}

function one(kind) {
  const loaded = kind.loaded ? t("list.loaded", { on: kind.snapshot ?? "?" }) : t("list.missing");
  const made = item(kind.code, [
    listChip(kind.code, kind.name), el("span", { class: "grow soft small", text: kind.authority }), el("span", { class: `chip ${kind.loaded ? "clear" : "unmatched"}`, data: { testid: `list-${kind.code}` } }, `${kind.loaded ? "✓" : "—"} ${loaded}`),
  ], () => [
    kind.family === "foreign" ? el("p", { class: "caution", text: t("foreign") }) : "",
    facts([
      [t("list.code"), kind.code], [t("list.family"), say("family_names", kind.family)], [t("list.basis"), el("span", {}, `${kind.basis} `, gradeChip(kind.grade))],
      [t("list.listed"), kind.listed], [t("list.term"), kind.term], [t("list.exit"), kind.exit],
    ])]);
  made.dataset.words = [kind.code, kind.basis].join(" ");
  return made;
}

add({
  "list.loaded": ["已接入，截至 {on}", "loaded, as of {on}"], "list.missing": ["未接入", "not loaded"],
  "list.code": ["代码", "Code"], "list.family": ["性质", "Kind"], "list.basis": ["依据", "Basis"], "list.listed": ["列入对象", "Who is listed"], "list.term": ["期限", "Term"], "list.exit": ["退出", "Exit"],
});
