// Why a rule applies to a subject or does not: every path that could carry it, each condition with the fact it was judged by.

import { get } from "../api.js";
import { el, fill } from "../dom.js";
import { add, lang, t } from "../words.js";
import { empty, load, pathSteps, section } from "./pieces.js";
import { spoken } from "./scenarios.js";

const MARKS = { met: "✓", failed: "✗", unknown: "?", pending: "…" };
let asked = null;
const rules = () => (asked ??= get("/api/rules").catch((error) => { asked = null; throw error; }));

/** A part with a rule to choose; `first` is explained at once. */
export function whyNot(app, id, first) {
  const answer = el("div", { data: { testid: "why-answer" } });
  const run = () => {
    if (!box.value) return fill(answer);
    const rule = box.value;
    load(answer, (signal) => get("/api/explain", { subject: id, rule, as_of: app.asOf }, { signal }), (found) => draw(app, found));
  };
  const box = el("select", { "aria-label": t("why.choose"), data: { testid: "why-rule" }, on: { change: run } }, el("option", { value: "", text: t("why.choose") }));
  rules().then(({ rules: all }) => {
    box.append(...all.map((one) => el("option", { value: one.id, text: `${one.id} ${spoken(one.name)}` })));
    if (first) { box.value = first; run(); }
  }, () => fill(answer, empty(t("why.norules"))));
  return section(t("why.title"), null, el("p", { class: "small soft", text: t("why.intro") }), box, answer);
}

function draw(app, answer) {
  const shown = answer.paths.slice(0, 5);
  return [
    el("p", { class: "verdict" }, el("span", { class: `chip ${answer.fired ? "block" : "clear"}`, data: { testid: "why-verdict", fired: String(answer.fired) } }, answer.fired ? `✓ ${t("why.fired")}` : `✗ ${t("why.not")}`),
      answer.outcome === "alert" ? el("span", { class: "chip notice", text: `ℹ ${t("why.alert")}` }) : null),
    el("p", { class: "small" }, `${spoken(answer.rule.name)} `, el("a", { href: `/basis#${answer.rule.id}`, target: "_blank", rel: "noopener", text: t("why.basis", { rule: answer.rule.id }) })),
    ...answer.missing.map((one) => el("p", { class: "condition failed", text: `✗ ${spoken(one)}` })),
    ...shown.map((one) => way(app, one, answer.as_of)),
    answer.more || answer.paths.length > shown.length ? el("p", { class: "small soft", text: t("why.more", { n: answer.more + answer.paths.length - shown.length }) }) : null,
  ];
}

function way(app, one, day) {
  const rank = { failed: 0, unknown: 1, pending: 2, met: 3 };
  const conditions = [...one.conditions].sort((a, b) => rank[a.status] - rank[b.status]);
  return el("article", { class: "way", data: { testid: "why-way", outcome: one.outcome } }, pathSteps(app, one.path),
    el("ul", { class: "conditions" }, ...conditions.map((condition) => el("li", { class: `condition ${condition.status}`, data: { testid: "condition", status: condition.status } },
      el("span", { class: "mark", title: t(`why.${condition.status}`), text: MARKS[condition.status] ?? "?" }),
      el("span", {}, el("span", { class: "sr", text: t(`why.${condition.status}`) }), lang() === "en" ? condition.asks_en ?? condition.asks : condition.asks, condition.fact ? el("span", { class: "small soft", text: ` ${condition.fact}` }) : null)))),
    el("div", { class: "row" }, el("button", { type: "button", text: t("findings.show"), on: { click: () => app.addPaths([one.path], t("findings.step", { rule: one.way }), day) } })));
}

add({
  "why.title": ["某条规则为何适用、为何不适用", "Why a rule applies or does not"],
  "why.intro": ["选一条规则，逐项列出条件与认定所依据的事实。", "Choose a rule: its conditions one by one, each with the fact it was judged by."],
  "why.choose": ["选择规则……", "Choose a rule …"],
  "why.norules": ["读不到规则，请刷新后再试。", "The rules cannot be read; reload the page."],
  "why.fired": ["适用", "applies"],
  "why.not": ["不适用", "does not apply"],
  "why.alert": ["仅作关联提示", "association only"],
  "why.met": ["满足", "met"], "why.failed": ["不满足", "failed"], "why.unknown": ["不明", "unknown"], "why.pending": ["待核实", "to be shown"],
  "why.basis": ["{rule} 全文", "{rule} in full"],
  "why.more": ["另有 {n} 条可能的路径未列出。", "{n} more possible paths are not shown."],
});
