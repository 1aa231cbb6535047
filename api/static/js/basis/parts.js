// What the parts of the page are built of: facts, articles, foldable items, tables.

import { el } from "../dom.js";
import { add, family, lang, say, t } from "../words.js";

const FAMILY_MARKS = { negative: "✖", cn_foreign: "✖", record: "■", status: "■", foreign: "◇", red: "★", permit: "▤" };
const EFFECT_MARKS = { block: "✖", review: "▲", inform: "ℹ" };

/** Words given as {zh, en} or as one text. */
export const spoken = (pair) => (pair && typeof pair === "object" ? pair[lang() === "en" ? "en" : "zh"] ?? pair.zh ?? "" : pair ?? "");

export const effectChip = (effect) => el("span", { class: `chip ${effect}` }, `${EFFECT_MARKS[effect] ?? ""} ${say("effects", effect)}`);

/** A list by its name with the mark of its family. */
export const listChip = (code, name = say("lists", code)) => el("span", { class: `chip ${family(code)}`, title: code }, `${FAMILY_MARKS[family(code)] ?? "■"} ${name}`);

/** How well a provision was read. */
export const gradeChip = (grade) => el("span", { class: `chip grade ${grade}`, text: say("grades", grade) });

/** An article with how well it was read, and since or until when it holds. */
export function article(one) {
  const dates = [one.valid_from && t("basis.from", { on: one.valid_from }), one.valid_to && t("basis.to", { on: one.valid_to })].filter(Boolean).join("，");
  return el("li", {}, `${one.law}${one.article ?? ""} `, gradeChip(one.grade), dates ? el("span", { class: "soft small", text: ` ${dates}` }) : null);
}

/** Labelled facts; those without a value are left out. */
export function facts(rows) {
  const list = el("dl", { class: "facts" });
  for (const [label, value] of rows) {
    if (value === null || value === undefined || value === "" || value === false) continue;
    list.append(el("dt", { text: label }), el("dd", {}, value));
  }
  return list;
}

export const bullets = (children) => (children.length ? el("ul", {}, ...children) : "");

/** A foldable item; its body is made when it is first opened. @param {() => Node[]} body */
export function item(id, head, body) {
  const inner = el("div", { class: "body" });
  const found = el("details", { class: "item", data: { id, testid: "basis-item" }, on: { toggle: () => { if (found.open && !inner.firstChild) inner.append(...body()); } } }, el("summary", {}, ...head), inner);
  return found;
}

/** A table in a frame. @param {string[]} heads keys of words; "#key" for numbers @param {any[][]} rows cells: text or nodes */
export function sheet(heads, rows, testid = "") {
  const number = heads.map((head) => head.startsWith("#"));
  return el("div", { class: "sheet", tabindex: "0", role: "region", "aria-label": heads.map((head) => t(head.replace("#", ""))).join("、"), data: { testid } }, el("table", {},
    el("thead", {}, el("tr", {}, ...heads.map((head, at) => el("th", { scope: "col", class: number[at] ? "num" : "", text: t(head.replace("#", "")) })))),
    el("tbody", {}, ...rows.map((cells) => el("tr", {}, ...cells.map((cell, at) => el("td", { class: number[at] ? "num" : "" }, ...(Array.isArray(cell) ? cell : [cell ?? ""]).map((one) => (typeof one === "number" ? String(one) : one)))))))));
}

/** A search box that hides the items without the words, and says how many are left. @param {HTMLElement[]} items */
export function sieve(items) {
  const left = el("span", { class: "soft small", role: "status" });
  const texts = items.map((one) => `${one.dataset.words ?? ""} ${one.textContent}`.toLowerCase());
  const run = () => {
    const words = box.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    items.forEach((one, at) => { one.hidden = !words.every((word) => texts[at].includes(word)); count += one.hidden ? 0 : 1; });
    left.textContent = t("basis.left", { n: count, all: items.length });
  };
  const box = el("input", { type: "search", placeholder: t("basis.find"), "aria-label": t("basis.find"), data: { testid: "basis-find" }, on: { input: run } });
  run();
  return el("div", { class: "tools" }, box, left);
}

add({
  "basis.from": ["自 {on}", "from {on}"], "basis.to": ["至 {on}", "to {on}"],
  "basis.find": ["按编号、名称、条文筛选", "Filter by number, name or article"],
  "basis.left": ["{n} / {all} 项", "{n} of {all}"],
});
