// The rules: what sets each off, whom it binds, over which way, with which effect, by which article, until when.

import { get } from "../api.js";
import { el } from "../dom.js";
import { add, say, t } from "../words.js";
import { article, bullets, effectChip, facts, item, listChip, sieve, spoken } from "./parts.js";

/** @returns {Promise<Node[]>} */
export async function rules() {
  const pack = await get("/api/rules");
  const items = pack.rules.map(one);
  return [el("p", { class: "soft small", text: t("rule.version", { version: pack.version }) }), sieve(items), el("div", {}, ...items)].flat();
}

/** Classes of rules that keep others from binding: told by the chip of their own. */
const GUARDS = new Set(["EXCEPTION", "FORBIDDEN"]);

function one(rule) {
  const classes = [...new Set(rule.classes ?? [])].filter((name) => !GUARDS.has(name)).map((name) => el("span", { class: "chip", text: say("classes", name) }));
  const made = item(rule.id, [
    el("span", { class: "id", text: rule.id }), el("span", { class: "grow", text: spoken(rule.name) }), ...classes,
    rule.guard ? el("span", { class: "chip", text: t(rule.exception ? "rule.exception" : "rule.guard") }) : null,
  ].filter(Boolean), () => [body(rule)]);
  made.dataset.words = [rule.name.zh, rule.name.en, ...rule.trigger.lists, ...rule.basis.map((basis) => `${basis.law} ${basis.article}`)].join(" ");
  return made;
}

function body(rule) {
  const { period, exceptions } = rule;
  const length = [period.years && t("rule.years", { n: period.years }), period.months && t("rule.months", { n: period.months }), period.by_decision && t("rule.by_decision"), spoken(period.note)].filter(Boolean).join("，");
  return facts([
    [t("rule.measure"), spoken(rule.measure)],
    [t("rule.lists"), el("span", {}, ...rule.trigger.lists.flatMap((code) => [listChip(code), " "]))],
    [t("rule.mode"), t(`rule.mode.${rule.trigger.mode}`)],
    [t("rule.ways"), bullets(rule.ways.map((way) => el("li", { text: spoken(way.words) })))],
    [t("rule.basis"), bullets(rule.basis.map(article))],
    [t("rule.period"), length],
    [t("rule.ends"), spoken(rule.ends)],
    [t("rule.exceptions"), spoken(exceptions?.text)],
    [t("rule.scenarios"), bullets(Object.entries(rule.scenarios).map(([code, effects]) => el("li", {}, `${say("scenarios", code)} `, ...Object.entries(effects).map(([role, effect]) => el("span", {}, t(`rule.role.${role}`) === `rule.role.${role}` ? `${role} ` : t(`rule.role.${role}`), effectChip(effect), " ")))))],
    [t("rule.valid"), [rule.valid_from && t("basis.from", { on: rule.valid_from }), rule.valid_to && t("basis.to", { on: rule.valid_to })].filter(Boolean).join("，")],
    [t("rule.review"), rule.review_status === "verified" ? t("rule.verified") : t("rule.unverified")],
  ]);
}

add({
  "rule.version": ["规则包 {version}", "law pack {version}"],
  "rule.guard": ["防误伤", "guard"], "rule.exception": ["例外", "exception"],
  "rule.measure": ["后果", "Consequence"], "rule.lists": ["由何名单引起", "Set off by"], "rule.mode": ["效力", "Lasts"],
  "rule.mode.listed": ["在列期间", "while the listing is in force"], "rule.mode.event": ["自决定之日起的期间，不因公示修复而提前结束", "for its period from the decision, whatever became of the publicity"],
  "rule.ways": ["条件与路径", "Conditions"], "rule.basis": ["条文", "Articles"], "rule.period": ["期间", "Period"], "rule.ends": ["终止", "Ends"],
  "rule.exceptions": ["例外", "Exceptions"], "rule.scenarios": ["各场景的效果", "Effect by scenario"], "rule.valid": ["施行", "In force"], "rule.review": ["核对", "Review"],
  "rule.years": ["{n} 年", "{n} years"], "rule.months": ["{n} 个月", "{n} months"], "rule.by_decision": ["以决定为准", "as the decision says"],
  "rule.verified": ["已核对", "verified"], "rule.unverified": ["未核实：不产生高于“仅提示”的效果", "unverified"],
  "rule.role.target": ["对其本人 ", "on the target "], "rule.role.applicant": ["对申请人 ", "on the applicant "], "rule.role.nominee": ["对拟任者 ", "on the nominee "], "rule.role.company": ["对任职单位 ", "on the company "],
});
