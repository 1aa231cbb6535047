// The findings on a subject, by scenario: each consequence with its article, period, remedy and path.
// Associations stand apart, under the sentence that they are no ground for anything: they bind nobody, and name who is listed.

import { get } from "../api.js";
import { el, fill } from "../dom.js";
import { add, family, say, t } from "../words.js";
import { bandChip, caution, codeOf, effectChip, empty, facts, limits, listChip, load, nameButton, pathSteps, section } from "./pieces.js";
import { scenario, scenarioSelect } from "./scenarios.js";
import { whyNot } from "./whynot.js";

export const keep = true;
export const subjectOnly = true;

const GROUPS = ["LISTED_SELF", "STATUTORY", "STATUTORY_CONDITIONAL", "DISCRETIONARY", "LIABILITY"];
const DECISION_MARKS = { blocked: "✖", review: "▲", notice: "ℹ", clear: "✓", unmatched: "?" };

/** @param {import("./app.js").App} app */
export function render(app, { id }) {
  const answer = el("div");
  const why = el("div");
  const ask = () => load(answer, (signal) => get("/api/findings", { subject: id, scenario: scenario(), as_of: app.asOf }, { signal }), (found) => draw(app, found, (rule) => explain(app, why, id, rule)));
  ask();
  explain(app, why, id, null);
  return el("div", { class: "findings" }, el("label", { class: "field" }, t("scenario.label"), scenarioSelect(ask)), answer, why);
}

function explain(app, box, id, rule) {
  fill(box, whyNot(app, id, rule));
  if (rule) box.scrollIntoView({ block: "start" });
}

function draw(app, answer, why) {
  const groups = GROUPS.map((name) => [name, answer.findings.filter((one) => one.class === name)]).filter(([, all]) => all.length);
  // The nearest first, as under “what comes near”.
  const alerts = answer.findings.filter((one) => !GROUPS.includes(one.class)).sort((a, b) => (b.score ?? 0) - (a.score ?? 0));
  return [
    el("header", { class: "who" }, el("h2", { text: answer.subject.name }), el("p", { class: "mono small soft", text: codeOf(answer.subject) })),
    answer.decision ? el("p", { class: "decision" }, el("span", { class: `chip big ${answer.decision}`, data: { testid: "decision", decision: answer.decision } }, `${DECISION_MARKS[answer.decision] ?? ""} ${say("decisions", answer.decision)}`),
      el("span", { class: "soft small", text: t("findings.day", { day: answer.as_of, rules: answer.rules }) })) : null,
    ...(answer.flags ?? []).map((flag) => el("p", { class: "caution small", text: t(`flag.${flag}`) })),
    answer.findings.length ? null : empty(t("findings.none", { day: answer.as_of })),
    ...groups.map(([name, all]) => section(name === "LISTED_SELF" ? t("findings.own") : say("classes", name), all.length, ...all.map((one) => finding(app, one, why, answer.as_of)))),
    alerts.length ? section(say("classes", "ALERT"), alerts.length, caution(), ...alerts.map((one) => alert(app, one, answer.as_of))) : null,
    limits(answer),
  ];
}

function finding(app, one, why, day) {
  // To stand on a list that only informs binds nobody: then it is told who is listed and how long, and nothing else.
  const binds = one.effect !== "inform" || one.class !== "LISTED_SELF";
  return el("article", { class: `finding ${one.effect}`, data: { testid: "finding", class: one.class, rule: one.rule ?? "" } },
    el("header", {}, effectChip(one.effect), listChip(one.list), one.rule ? el("button", { type: "button", class: "tiny", title: t("findings.why"), data: { testid: "why" }, text: one.rule, on: { click: () => why(one.rule) } }) : null,
      one.disputed ? el("span", { class: "chip review", text: `? ${t("findings.disputed")}` }) : null),
    one.measure ? el("p", { class: "measure", text: one.measure }) : null,
    facts([
      [t(binds ? "findings.target" : "findings.listed"), nameButton(app, one.target)],
      [t("findings.basis"), (one.basis ?? []).map(article)],
      [t(binds ? "findings.period" : "findings.stands"), period(one)],
      [t("findings.conditions"), one.conditions?.length ? el("ul", { class: "plain" }, ...one.conditions.map((text) => el("li", { text: `? ${text}` }))) : null],
      [t("findings.reason"), one.reason],
      [t("findings.remedy"), one.remedy],
    ]),
    one.path.edges.length ? pathSteps(app, one.path) : null,
    entry(one),
    el("div", { class: "row" }, el("button", { type: "button", data: { testid: "show-path" }, text: t("findings.show"), on: { click: () => app.addPaths([one.path], t("findings.step", { rule: one.rule ?? say("lists", one.list) }), day) } })));
}

const period = ({ period: days }) => ([days?.from, days?.until].some(Boolean) ? `${days.from ?? "?"} — ${days.until ?? t("period.open")}` : "");

/** An association: somebody else is listed, and the subject is connected with them. Nothing here is about the subject itself. */
function alert(app, one, day) {
  const listed = one.path.nodes.at(-1);
  return el("article", { class: "association", data: { testid: "finding", class: one.class, rule: one.rule ?? "" } },
    el("header", {}, el("span", { class: "chip notice", text: `ℹ ${t("findings.other")}` }), one.band ? bandChip(one.band, one.score) : null,
      one.disputed ? el("span", { class: "chip review", text: `? ${t("findings.disputed.theirs")}` }) : null, one.possible ? el("span", { class: "chip review", text: `? ${t("exposure.possible")}` }) : null),
    facts([
      [t("findings.listed"), [listed ? nameButton(app, listed, { testid: "alert-listed" }) : "", listChip(one.list)]],
      [t("findings.theirs.reason"), one.reason],
      [t("findings.theirs.period"), period(one)],
      [t("findings.about"), nameButton(app, one.target)],
    ]),
    one.path.edges.length ? pathSteps(app, one.path) : null,
    entry(one),
    el("div", { class: "row" }, el("button", { type: "button", data: { testid: "show-path" }, text: t("findings.show"), on: { click: () => app.addPaths([one.path], t("findings.step", { rule: say("lists", one.list) }), day) } })));
}

/** Families whose entries are records and no lists that take something away. */
const MERE = new Set(["record", "status"]);

/** Whose entry it rests on, in one line. */
function entry({ listing, path }) {
  const listed = path.nodes.at(-1)?.name ?? "";
  const parts = [listing.authority, listing.doc_no, listing.listed_on, listing.record].filter(Boolean);
  return el("p", { class: "small soft", text: t(MERE.has(family(listing.list)) ? "findings.entry.record" : "findings.entry", { name: listed, list: say("lists", listing.list), parts: parts.join(" · ") }) });
}

const article = (one) => el("span", { class: "article" }, `${one.law}${one.article ?? ""} `, el("span", { class: `chip grade ${one.grade}`, text: say("grades", one.grade) }));

add({
  "findings.day": ["截至 {day} · 规则 {rules}", "as of {day} · rules {rules}"],
  "findings.none": ["{day}，在已核查的名单和有效的关系范围内没有后果，也没有关联提示。", "On {day}: no consequence and no association within the lists checked."],
  "findings.why": ["看这条规则为何适用", "Why this rule applies"],
  "findings.disputed": ["异议中", "disputed"],
  "findings.target": ["约束对象", "Binds"],
  "findings.listed": ["被列入者", "Listed"],
  "findings.stands": ["列入期间", "Listed for"],
  "findings.other": ["他人在列，仅提示", "another is listed; for attention only"],
  "findings.theirs.reason": ["其事由", "Their reason"],
  "findings.theirs.period": ["其列入期间", "Listed for"],
  "findings.disputed.theirs": ["该列入异议中", "that entry is disputed"],
  "findings.about": ["提示涉及", "Concerns"],
  "findings.basis": ["条文", "Article"],
  "findings.period": ["期限", "Period"],
  "findings.conditions": ["待核实", "To verify"],
  "findings.reason": ["事由", "Reason"],
  "findings.remedy": ["救济", "Remedy"],
  "findings.show": ["在图中显示", "Show in picture"],
  "findings.step": ["后果 {rule} 的路径", "path of {rule}"],
  "findings.entry.record": ["{name} 有记录（{list}）：{parts}", "{name} has a record ({list}): {parts}"],
  "findings.own": ["本人在列或有记录", "Listed or on record itself"],
  "findings.entry": ["{name} 列于{list}：{parts}", "{name} is listed ({list}): {parts}"],
  "period.open": ["未定", "open"],
  "flag.red_black": ["同时列入守信名单与失信名单，须人工核对。", "On a commending and on an adverse list at once: check by hand."],
});
