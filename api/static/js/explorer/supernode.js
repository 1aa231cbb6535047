// The dialog of expanding: every type and direction with its count; at hubs also in which order and how many.

import { el } from "../dom.js";
import { add, say, t } from "../words.js";
import { ask } from "./dialog.js";
import { nameOf } from "./elements.js";
import { BOTH_WAYS } from "./lines.js";

const ORDERS = ["risk", "share", "since", "name"];
const LIMITS = [25, 50, 100];
const FEW_CONTACTS = 10;

/**
 * @param {{rows: {type: string, direction: "in"|"out", active: number}[], total: number}} found @param {boolean} hub
 * @returns {Promise<{picks: {types: string[], direction: string}[], order: string, limit: number}|null>}
 */
export function choice(app, id, { rows, total }, hub) {
  const name = nameOf(app.model, id);
  if (!total) {
    return ask(t("expand.title", { name }), [el("p", { text: t("expand.none", { day: app.asOf }) })], [{ label: t("close"), value: null, primary: true, testid: "expand-close" }]);
  }
  const boxes = rows.map((row, index) => ({ row, box: el("input", { type: "checkbox", checked: usual(row), id: `pick${index}`, data: { testid: `pick-${row.type}-${row.direction}` } }) }));
  const order = select("expand-order", ORDERS.map((code) => [code, t(`order.${code}`)]));
  const limit = select("expand-limit", LIMITS.map((count) => [String(count), String(count)]));
  const all = el("button", { type: "button", class: "quiet small", text: t("expand.all"), data: { testid: "expand-all" }, on: { click: () => boxes.forEach(({ box }) => { box.checked = true; }) } });
  const none = el("button", { type: "button", class: "quiet small", text: t("expand.clear"), data: { testid: "expand-clear" }, on: { click: () => boxes.forEach(({ box }) => { box.checked = false; }) } });
  const table = el("table", { class: "picks" }, el("tbody", {}, ...boxes.map(({ row, box }) => el("tr", {},
    el("td", {}, box, " ", el("label", { for: box.id, text: `${say("relations", row.type)}` })),
    el("td", { class: "soft", text: t(BOTH_WAYS.has(row.type) ? "direction.both" : `direction.${row.direction}`) }),
    el("td", { class: "num", text: row.active.toLocaleString("en-US") })))));
  const value = () => {
    const wanted = boxes.filter(({ box }) => box.checked).map(({ row }) => row);
    return wanted.length ? { picks: picks(wanted, rows), order: hub ? order.value : "risk", limit: hub ? Number(limit.value) : 100 } : undefined;
  };
  return ask(t("expand.title", { name }), [
    el("p", { class: hub ? "caution" : "soft", text: t(hub ? "expand.hub" : "expand.lead", { count: total.toLocaleString("en-US") }) }),
    el("p", {}, all, none), table,
    hub && el("p", { class: "fields" }, el("label", { for: order.id, text: t("expand.order") }), order, el("label", { for: limit.id, text: t("expand.limit") }), limit),
  ].filter(Boolean), [{ label: t("cancel"), value: null, testid: "expand-cancel" }, { label: t("expand.do"), value, primary: true, testid: "expand-do" }]);
}

const select = (id, options) => el("select", { id, data: { testid: id } }, ...options.map(([value, text]) => el("option", { value, text })));

/** Whether relations are taken without being asked for: contacts that many others gave are not, they say little. */
export const usual = (row) => row.type !== "CONTACT" || row.active <= FEW_CONTACTS;

/** As few questions as the choice allows: everything is one, else one a direction. */
export function picks(wanted, rows) {
  if (wanted.length === rows.length) return [{ types: [], direction: "both" }];
  const of = (direction) => wanted.filter((row) => row.direction === direction).map((row) => row.type);
  return [{ types: of("out"), direction: "out" }, { types: of("in"), direction: "in" }, { types: of("both"), direction: "both" }].filter(({ types }) => types.length);
}

add({
  "expand.title": ["展开：{name}", "Expand: {name}"],
  "expand.none": ["{day} 没有有效的关系。换一个基准日，或在图例里打开“已终止的关系”。", "No relation in force on {day}. Try another day, or switch on ended relations in the legend."],
  "expand.lead": ["共 {count} 条有效关系，选要展开的：", "{count} relations in force; choose what to expand:"],
  "expand.hub": ["关系很多（{count} 条），先选类型、次序和数量，其余留作“+N”节点。", "Many relations ({count}): choose types, order and number; the rest stays behind as “+N”."],
  "expand.order": ["次序", "Order"], "expand.limit": ["最多", "At most"], "expand.do": ["展开", "Expand"],
  "expand.all": ["全选", "All"], "expand.clear": ["全不选", "None"],
  "order.risk": ["接近名单者先", "nearest to lists first"], "order.share": ["持股比例", "share"], "order.since": ["起始日期，新的先", "start, newest first"], "order.name": ["名称", "name"],
  "direction.out": ["由此指出 →", "outgoing →"], "direction.in": ["← 指向此处", "← incoming"], "direction.both": ["双向 —", "both —"],
});
