// The scenarios: for which purpose which lists and rules count, and with what effect.

import { get } from "../api.js";
import { el } from "../dom.js";
import { add, t } from "../words.js";
import { article, bullets, effectChip, item, listChip, sheet, sieve, spoken } from "./parts.js";

const RANK = { block: 0, review: 1, inform: 2 };

/** @returns {Promise<Node[]>} */
export async function scenarios() {
  const { scenarios: all } = await get("/api/scenarios");
  const items = all.map(one);
  return [sieve(items), el("div", {}, ...items)];
}

function one(scenario) {
  const counts = ["block", "review"].map((effect) => [effect, scenario.lists.filter((list) => list.effect === effect).length]).filter(([, n]) => n);
  return item(scenario.code, [
    el("span", { class: "grow", text: spoken(scenario.name) }), ...counts.map(([effect, n]) => el("span", { class: "small" }, effectChip(effect), ` ${n}`)),
  ], () => body(scenario));
}

function body(scenario) {
  const lists = [...scenario.lists].sort((a, b) => RANK[a.effect] - RANK[b.effect]);
  return [
    el("p", { text: spoken(scenario.note) }),
    scenario.rules.length ? el("h3", { text: t("basis.rules") }) : "",
    scenario.rules.length ? sheet(["scenario.rule", "scenario.name", "scenario.effect"], scenario.rules.map((rule) => [
      el("a", { href: `#${rule.rule}`, text: rule.rule }), spoken(rule.name), Object.values(rule.effects).map((effect) => effectChip(effect)),
    ])) : "",
    el("h3", { text: t("basis.lists") }),
    sheet(["scenario.list", "scenario.effect", "scenario.limits", "scenario.basis"], lists.map((list) => [
      listChip(list.list, spoken(list.name)), effectChip(list.effect),
      [list.hard && t("scenario.hard"), list.within_years && t("scenario.within", { n: list.within_years }), list.min_amount && t("scenario.amount", { n: list.min_amount })].filter(Boolean).join("；"),
      bullets(list.basis.map(article)),
    ])),
  ];
}

add({
  "scenario.rule": ["规则", "Rule"], "scenario.name": ["名称", "Name"], "scenario.effect": ["效果", "Effect"], "scenario.list": ["名单", "List"],
  "scenario.limits": ["限定", "Limits"], "scenario.basis": ["条文", "Articles"],
  "scenario.hard": ["必查：未接入则不得判为无", "must be checked"], "scenario.within": ["{n} 年内", "within {n} years"], "scenario.amount": ["金额 {n} 元以上", "from {n} yuan"],
});
