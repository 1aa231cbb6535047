// Who owns and controls the subject in the end, who benefits, what it holds; the tree is drawn in a mode of its own.

import { get } from "../api.js";
import { el } from "../dom.js";
import { add, lang, percent, say, t } from "../words.js";
import { empty, load, nameButton, section } from "./pieces.js";

export const keep = true;
export const subjectOnly = true;
const FIRST = 12;

/** @param {import("./app.js").App} app */
export function render(app, { id }) {
  const box = el("div", { class: "ownership" });
  load(box, (signal) => get("/api/ownership", { subject: id, as_of: app.asOf, limit: 200 }, { signal }), (answer) => draw(app, answer));
  return box;
}

function draw(app, answer) {
  const { subject } = answer;
  const nothing = !answer.owners.length && !answer.holdings.length && !answer.beneficial_owners.length;
  return [
    el("header", { class: "who" }, el("h2", { text: subject.name })),
    el("div", { class: "actions" }, el("button", { type: "button", class: "primary", data: { testid: "tree-open" }, text: t("own.tree"), disabled: nothing, on: { click: () => app.show("tree", { id: subject.id }) } })),
    nothing ? empty(t("own.none", { day: answer.as_of })) : null,
    controllers(app, answer),
    beneficial(app, answer),
    answer.owners.length ? section(t("own.owners"), answer.owners.length, stakes(app, answer.owners, subject)) : null,
    answer.holdings.length ? section(t("own.holdings"), answer.holdings.length, stakes(app, answer.holdings, subject)) : null,
    remarks(answer),
  ];
}

function controllers(app, answer) {
  const grips = gripsOf(answer);
  const rows = [
    ...answer.ultimate_controllers.map((one) => [one, t(grips.get((one.subject ?? one).id)?.declared ? "own.ultimate.declared" : "own.ultimate")]),
    ...answer.state_controllers.map((one) => [one, t("own.state")]),
  ];
  if (!rows.length) return null;
  return section(t("own.controllers"), rows.length, el("ul", { class: "plain" }, ...rows.map(([one, role]) => el("li", { data: { testid: "controller" } }, nameButton(app, one.subject ?? one, { near: answer.subject.id }), el("span", { class: "chip", text: role })))));
}

function beneficial(app, answer) {
  const all = [...answer.beneficial_owners.map((one) => [one, ""]), ...(answer.possible_beneficial_owners ?? []).map((one) => [one, t("own.possible")])];
  const rule = answer.beneficial_rule;
  if (!all.length && !rule?.others_possible) return null;
  return section(t("own.beneficial"), all.length, el("ul", { class: "plain" }, ...all.map(([one, note]) => el("li", { data: { testid: "beneficial" } },
    nameButton(app, one.subject, { near: answer.subject.id }), one.share ? el("span", { class: "chip", text: percent(one.share) }) : null, one.presumed ? el("span", { class: "chip review", text: `? ${t("own.by.role")}` }) : null, note ? el("span", { class: "chip review", text: `? ${note}` }) : null,
    el("p", { class: "small soft", text: why(one) })))),
  othersPossible(answer),
  rule?.exemption ? el("p", { class: "small soft", text: rule.exemption }) : null,
  rule?.basis?.length ? el("p", { class: "small soft", text: rule.basis.map((one) => `${one.law}${one.article ?? ""}（${say("grades", one.grade)}）`).join("；") }) : null);
}

/** By which standards somebody is taken for a beneficial owner. */
const why = ({ text, bases }) => (lang() === "en" ? (bases ?? []).map((code) => t(`own.by.${code}`)).join("; ") : text ?? "");

/** Whose capital was not traced to the end may have owners nobody has named: told wherever owners are. */
export function othersPossible({ beneficial_rule: rule }) {
  if (!rule?.others_possible) return null;
  return el("p", { class: "caution small", data: { testid: "untraced" }, text: `⚠ ${t("own.untraced", { share: percent(rule.untraced) })}` });
}

/** How each holder or held one controls, by id: {declared, text …}. */
export const gripsOf = (answer) => new Map([...answer.owners, ...answer.holdings].filter((one) => one.control).map((one) => [one.subject.id, one.control]));

/** Whether control is registered or presumed, in words; of what is not known it is said that it is either. */
export const controlText = (grip) => t(grip ? (grip.declared ? "own.control.declared" : "own.control.presumed") : "own.control.either");

function stakes(app, all, subject) {
  const table = el("table", { class: "stakes small" }, el("thead", {}, el("tr", {}, el("th", { scope: "col", text: t("own.who") }), el("th", { scope: "col", class: "num", text: t("own.direct") }), el("th", { scope: "col", class: "num", text: t("own.integrated") }))));
  const body = el("tbody");
  const put = (rows) => body.append(...rows.map((one) => el("tr", { class: one.controls ? "controls" : "", data: { testid: "stake" } },
    el("td", {}, nameButton(app, one.subject, { near: subject.id }), one.controls ? el("span", { class: "chip", title: one.control?.text ?? "", text: `◆ ${controlText(one.control)}` }) : null),
    el("td", { class: "num", text: one.direct ? shareText(one.direct, one.direct_max) : "—" }),
    el("td", { class: "num", text: `${one.at_least ? "≥ " : ""}${percent(one.integrated)}` }))));
  put(all.slice(0, FIRST));
  table.append(body);
  if (all.length <= FIRST) return table;
  const more = el("button", { type: "button", text: t("exposure.more", { n: all.length - FIRST }), on: { click: () => { put(all.slice(FIRST)); more.remove(); } } });
  return el("div", {}, table, more);
}

/** A direct share, or the bounds of it. */
export const shareText = (low, high) => (high === null || high === undefined || high === low ? percent(low) : `${percent(low)}–${percent(high)}`);

function remarks(answer) {
  const lines = [
    ...(answer.cycle_names ?? []).map((names) => t("own.cycle", { names: (Array.isArray(names) ? names : [names]).join(" → ") })),
    ...(answer.scaled ?? []).map((one) => t("own.scaled", { name: one.subject?.name ?? one.subject, sum: percent(one.sum) })),
    ...(answer.unknown ?? []).length ? [t("own.unknown", { n: answer.unknown.length })] : [],
    ...(answer.conflicts ?? []).length ? [t("own.conflicts", { n: answer.conflicts.length })] : [],
    ...(answer.warnings ?? []).map((one) => t(`own.warned.${one.code}`, one)),
    answer.left_out ? t("own.left_out", { n: answer.left_out }) : "",
    answer.complete ? "" : answer.cut ?? t("own.cut"),
  ].filter(Boolean);
  return lines.length ? section(t("own.remarks"), null, el("ul", { class: "small" }, ...lines.map((text) => el("li", { text })))) : null;
}

add({
  "own.tree": ["画成股权树", "Draw the tree"],
  "own.none": ["{day} 没有登记的持有人，也没有对外持股。", "No holder and no holding recorded on {day}."],
  "own.controllers": ["控制人", "Controllers"],
  "own.ultimate": ["实际控制（推定）", "ultimate (presumed)"],
  "own.state": ["国家出资", "state"],
  "own.beneficial": ["受益所有人（推定）", "Beneficial owners (presumed)"],
  "own.possible": ["可能", "possible"],
  "own.owners": ["持有人", "Holders"],
  "own.holdings": ["对外持股", "Holdings"],
  "own.who": ["名称", "Name"], "own.direct": ["直接", "Direct"], "own.integrated": ["穿透", "In the end"],
  "own.control.declared": ["登记控制", "declared control"], "own.control.presumed": ["推定控制", "presumed control"], "own.control.either": ["控制（登记或推定）", "control (declared or presumed)"],
  "own.ultimate.declared": ["实际控制（登记）", "ultimate (declared)"],
  "own.by.shares": ["直接或者间接最终拥有25%以上股权、股份或者合伙权益", "25 % or more of the shares or partnership interest in the end"], "own.by.rights": ["单独或者联合拥有25%以上收益权、表决权", "25 % or more of the income or voting rights"],
  "own.by.control": ["单独或者联合实际控制", "actual control, alone or jointly"], "own.by.manager": ["不存在前三种情形的，负责日常经营管理的人员", "none of these: who runs it from day to day"],
  "own.by.role": ["职务推定，须核实", "presumed from the role, to be verified"],
  "own.untraced": ["{share} 的股权未能追溯到自然人或者国家，不能排除另有受益所有人。", "{share} of the capital could not be traced to people or the state: there may be other beneficial owners."],
  "own.conflicts": ["{n} 项持股各来源说法不一，采用最近一次登记。", "{n} holdings are told differently by their sources; the latest counts."],
  "own.warned.not_yet": ["该主体 {on} 才设立：没有起始日期的关系也计入，结果不是当时的情况。", "Founded on {on} only: relations without a beginning count, so this is not how it was."],
  "own.remarks": ["说明", "Remarks"],
  "own.cycle": ["循环持股：{names}", "They hold each other: {names}"],
  "own.scaled": ["{name} 的登记比例合计 {sum}，已折算为 100%。", "The shares of {name} add up to {sum}; scaled to 100%."],
  "own.unknown": ["{n} 条持股没有比例，按 0 计，结果为下限。", "{n} holdings without a share count 0: figures are lower bounds."],
  "own.left_out": ["另有 {n} 个未列出。", "{n} more are not listed."],
  "own.cut": ["查询不完整。", "Not complete."],
});
