// The regimes of related parties: clause by clause, what is exempt, what no register can tell.

import { get } from "../api.js";
import { el } from "../dom.js";
import { add, t } from "../words.js";
import { article, bullets, facts, gradeChip, item, sieve, spoken } from "./parts.js";

/** @returns {Promise<Node[]>} */
export async function regimes() {
  const { regimes: all } = await get("/api/regimes");
  const items = all.map(one);
  return [sieve(items), el("div", {}, ...items)];
}

function one(regime) {
  const { basis } = regime;
  const made = item(regime.id, [
    el("span", { class: "id", text: regime.id }), el("span", { class: "grow", text: spoken(regime.name) }), el("span", { class: "soft small", text: `${basis.law}${basis.article ?? ""}` }), gradeChip(basis.grade),
    regime.by_default ? null : el("span", { class: "chip", text: t("regime.asked") }),
  ].filter(Boolean), () => [facts([
    [t("regime.premise"), spoken(regime.premise)],
    [t("regime.clauses"), bullets(regime.clauses.map((clause) => el("li", {}, spoken(clause.text), " ", el("span", { class: "soft small", text: `${clause.basis.law}${clause.basis.article ?? ""}` }), clause.numbers?.length ? el("span", { class: "chip", text: clause.numbers.join(" ") }) : null)))],
    [t("regime.exempt"), bullets((regime.exemptions ?? []).map(said))],
    [t("regime.not_related"), bullets((regime.not_related ?? []).map(said))],
    [t("regime.not_computable"), bullets((regime.not_computable ?? []).map((gap) => el("li", {}, spoken(gap.text), el("span", { class: "soft small", text: ` — ${spoken(gap.why)}` }))))],
    [t("regime.basis"), bullets([article(basis)])],
    [t("regime.note"), spoken(regime.note)],
  ])]);
  made.dataset.words = [regime.name.zh, regime.name.en].join(" ");
  return made;
}

const said = (one) => el("li", { text: spoken(one.text ?? one.why ?? one) });

add({
  "regime.asked": ["须指定才算", "only when asked for"],
  "regime.premise": ["前提", "Premise"], "regime.clauses": ["谁是关联方", "Who is related"], "regime.exempt": ["除外", "Exempt"], "regime.not_related": ["不因此关联", "Not related by"],
  "regime.not_computable": ["须人工认定", "For a person to judge"], "regime.basis": ["条文", "Article"], "regime.note": ["说明", "Note"],
});
