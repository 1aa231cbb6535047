// Are two who look alike one? What is known of each, side by side; and the decision of a person, with its reason, which
// stays through reloads and can be taken back. Until somebody decides, they are two.

import { get, send } from "../api.js";
import { announce, el, toast } from "../dom.js";
import { add, say, t } from "../words.js";
import { ask } from "./dialog.js";
import { codeOf, kindText, listChip, load } from "./pieces.js";

const ROLES = 6;

/** @param {import("./app.js").App} app @param {{source: string, target: string}} edge a MAYBE_SAME relation */
export function sameness(app, edge) {
  const box = el("div", { data: { testid: "sameness" } });
  load(box, (signal) => Promise.all([edge.source, edge.target].map((id) => get(`/api/subject/${encodeURIComponent(id)}`, { as_of: app.asOf, most: ROLES }, { signal }))), (cards) => compared(app, cards));
  return box;
}

function compared(app, cards) {
  const row = (name, cell) => el("tr", {}, el("th", { scope: "row", text: name }), ...cards.map((card) => el("td", {}, cell(card))));
  return [
    el("p", { class: "caution", text: t("same.caution") }),
    el("table", { class: "sameness" }, el("tbody", {},
      row(t("same.name"), (card) => card.subject.name),
      row(t("same.code"), (card) => el("span", { class: "mono", text: codeOf(card.subject) })),
      row(t("same.kind"), (card) => kindText(card.subject)),
      row(t("same.roles"), (card) => roles(card)),
      row(t("same.listed"), (card) => el("span", {}, ...(card.listed.length ? card.listed.map((entry) => listChip(entry.list)) : [t("same.unlisted")]))))),
    el("p", { class: "buttons" },
      el("button", { type: "button", text: t("same.no"), data: { testid: "same-no" }, on: { click: () => decide(app, cards, false) } }),
      el("button", { type: "button", text: t("same.yes"), data: { testid: "same-yes" }, on: { click: () => decide(app, cards, true) } })),
  ];
}

function roles(card) {
  if (!card.relations.length) return t("same.none");
  const all = card.counts.reduce((sum, count) => sum + count.total, 0);
  const told = card.relations.slice(0, ROLES);
  return el("ul", { class: "plain" }, ...told.map((one) => el("li", { text: `${say("relations", one.type)}：${one.other.name}` })),
    all > told.length ? el("li", { class: "soft", text: t("same.more", { n: all - told.length }) }) : null);
}

/** Ask for the reason, record, and offer to take it back. */
async function decide(app, cards, same) {
  const [a, b] = cards.map((card) => card.subject);
  const why = el("textarea", { id: "same-reason", rows: "3", maxlength: "1000", class: "wide", data: { testid: "same-reason" } });
  const wanted = el("p", { class: "error", hidden: true, text: t("same.reason.wanted") });
  const reason = await ask(t(same ? "same.yes" : "same.no"), [
    el("p", { text: t(same ? "same.yes.means" : "same.no.means", { a: `${a.name}（${codeOf(a)}）`, b: `${b.name}（${codeOf(b)}）` }) }),
    el("p", {}, el("label", { for: "same-reason", text: t("same.reason") })), el("p", {}, why), wanted,
  ], [
    { label: t("cancel"), value: null, testid: "no" },
    { label: t("same.record"), testid: "yes", value: () => { wanted.hidden = Boolean(why.value.trim()); return why.value.trim() || undefined; } },
  ]);
  if (!reason) return;
  try {
    await send("POST", "/api/same", { a: a.id, b: b.id, same, reason });
    await app.retry();
    app.model.select(app.model.has(a.id) ? [a.id] : []);
    announce(t("same.done"));
    toast(t("same.done"), "info", { label: t("same.undo"), run: () => takeBack(app, a, b) });
  } catch (error) {
    app.fail(error);
  }
}

async function takeBack(app, a, b) {
  try {
    await send("POST", "/api/same/undo", { a: a.id, b: b.id });
    await app.addSubjects([a.id, b.id].filter((id) => !app.model.has(id)), { label: t("same.undone"), near: a.id });
    await app.retry();
    announce(t("same.undone"));
    toast(t("same.undone"));
  } catch (error) {
    app.fail(error);
  }
}

add({
  "same.caution": ["姓名、名称相同不等于同一主体。未经判断，两者分别对待，一方的名单记录不及于另一方。", "The same name is not the same subject. Until somebody decides they are two, and what is listed of one does not reach the other."],
  "same.name": ["名称", "Name"], "same.code": ["代码或号码", "Code or number"], "same.kind": ["类别", "Kind"], "same.roles": ["关系", "Relations"], "same.listed": ["名单记录", "Listings"],
  "same.unlisted": ["无", "none"], "same.none": ["没有登记的关系", "no relations"], "same.more": ["另有 {n} 条", "{n} more"],
  "same.yes": ["判定为同一主体", "They are one"], "same.no": ["判定不是同一主体", "They are two"],
  "same.yes.means": ["{b} 的关系、名单记录将并入 {a}，立即生效，重新装入数据后仍然有效，可以撤销。", "Relations and listings of {b} join {a}: at once, through reloads, until taken back."],
  "same.no.means": ["{a} 与 {b} 之间的“可能为同一主体”将去除，重新装入数据后也不再出现，可以撤销。", "The link between {a} and {b} goes and does not come back, until the decision is taken back."],
  "same.reason": ["判断依据（必填，留存备查）", "Reason (kept for review)"], "same.reason.wanted": ["请写明判断依据，例如证件号码一致、出生日期不同。", "Say why: equal numbers, different birth dates …"],
  "same.record": ["记录判断", "Record"], "same.done": ["身份判断已记录。", "Decision recorded."], "same.undo": ["撤销判断", "Take back"], "same.undone": ["身份判断已撤销。", "Decision taken back."],
});
