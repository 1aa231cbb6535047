// Relations and paths put into words: who, what, to whom, how much, from when to when, on which record.

import { add, lang, percent, say, span, t } from "../words.js";

const READS = {
  LEGAL_REP: ["{a} 是 {b} 的法定代表人", "{a} is the legal representative of {b}"],
  PRINCIPAL: ["{a} 是 {b} 的主要负责人", "{a} is the principal of {b}"],
  DIRECT_RESPONSIBLE: ["{a} 是 {b} 的直接责任人员", "{a} is directly responsible at {b}"],
  DIRECTOR: ["{a} 是 {b} 的董事", "{a} is a director of {b}"],
  SUPERVISOR: ["{a} 是 {b} 的监事", "{a} is a supervisor of {b}"],
  EXECUTIVE: ["{a} 是 {b} 的高级管理人员", "{a} is a senior manager of {b}"],
  EMPLOYEE: ["{a} 是 {b} 的从业人员", "{a} works for {b}"],
  FOUNDER: ["{a} 发起设立 {b}", "{a} founded {b}"],
  SHAREHOLDER: ["{a} 持有 {b} 的股权", "{a} holds shares of {b}"],
  ACTUAL_CONTROLLER: ["{a} 实际控制 {b}", "{a} actually controls {b}"],
  GENERAL_PARTNER: ["{a} 是 {b} 的普通合伙人", "{a} is a general partner of {b}"],
  LIMITED_PARTNER: ["{a} 是 {b} 的有限合伙人", "{a} is a limited partner of {b}"],
  BRANCH_OF: ["{a} 是 {b} 的分支机构", "{a} is a branch of {b}"],
  MANAGES: ["{a} 管理 {b}", "{a} manages {b}"],
  GUARANTEES: ["{a} 为 {b} 提供担保", "{a} guarantees debts of {b}"],
  CO_DEBTOR: ["{a} 与 {b} 为共同被执行人", "{a} and {b} are co-debtors"],
  SUPPLIES: ["{a} 是 {b} 的供应商", "{a} supplies {b}"],
  CONCERT: ["{a} 与 {b} 一致行动", "{a} and {b} act in concert"],
  KIN: ["{a} 与 {b} 为亲属", "{a} and {b} are relatives"],
  MAYBE_SAME: ["{a} 与 {b} 可能为同一主体", "{a} and {b} may be the same"],
  CONTACT: ["{a} 与 {b} 登记了同一{kind} {value}", "{a} and {b} gave the same {kind} {value}"],
};

/** What a relation says, its ends by name. @param {(id: string) => string} nameOf */
export function reads(edge, nameOf) {
  const pair = READS[edge.type];
  const text = pair ? pair[lang() === "en" ? 1 : 0] : `{a} → ${say("relations", edge.type)} → {b}`;
  const values = { a: nameOf(edge.source), b: nameOf(edge.target), kind: contactKind(edge.via_kind), value: edge.via ?? "" };
  return text.replace(/\{(a|b|kind|value)\}/g, (_, name) => values[name]);
}

const CONTACTS = ["address", "phone", "email", "agent", "website"];
/** A contact's kind in words. */
export const contactKind = (kind) => (CONTACTS.includes(kind) ? t(`contact.${kind}`) : kind ?? "");

/** The share of a holding as known: exact, or the bounds of it; "" where none is stated. */
export function shareOf(edge) {
  if (edge.ratio !== null && edge.ratio !== undefined) return percent(edge.ratio);
  const [low, high] = [edge.ratio_min ?? null, edge.ratio_max ?? null];
  if (low !== null && high !== null) return `${percent(low)}–${percent(high)}`;
  if (low !== null) return `≥ ${percent(low)}`;
  return high !== null ? `≤ ${percent(high)}` : "";
}

/** Share, title and dates of a relation, in the order they are read. */
export const details = (edge) => [
  shareOf(edge),
  edge.title && edge.title !== say("relations", edge.type) ? edge.title : "",
  edge.type === "CONTACT" && !edge.since && !edge.until ? "" : span(edge.since, edge.until),
].filter(Boolean);

/** The name of a subject in a path, by id. */
export const namesOf = (nodes) => {
  const names = new Map(nodes.map((node) => [node.id, node.name]));
  return (id) => names.get(id) ?? id;
};

add({
  "contact.address": ["地址", "address"],
  "contact.phone": ["电话", "phone"],
  "contact.email": ["邮箱", "e-mail"],
  "contact.agent": ["代理人", "agent"],
  "contact.website": ["网站", "website"],
});
