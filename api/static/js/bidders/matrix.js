// The pairs of one lot as a matrix: every cell a mark, a letter and a colour; arrows walk, Enter opens.

import { el } from "../dom.js";
import { t } from "../words.js";
import { VERDICTS } from "./words.js";

export const ROOM = 60; // bidders of a lot up to which a matrix can be read

/** The matrix of a lot; `opened(cell)` is told which pair was chosen. */
export function matrix(lot, opened) {
  const known = new Map(lot.cells.flatMap((cell) => [[`${cell.a}-${cell.b}`, cell], [`${cell.b}-${cell.a}`, cell]]));
  const names = new Map(lot.members.map((member) => [member.number, member.name]));
  const table = el("table", { class: `matrix${lot.members.length > 14 ? " many" : ""}`, data: { testid: `matrix-${lot.number}` } },
    el("caption", { class: "hidden", text: t("bid.caption", { lot: lot.name }) }),
    el("thead", {}, el("tr", {}, el("td", { class: "corner" }), ...lot.members.map((member) => el("th", { scope: "col", title: member.name }, el("b", { text: member.number }), el("span", { text: short(member.name) }))))),
    el("tbody", {}, ...lot.members.map((one) => el("tr", {},
      el("th", { scope: "row", title: member(one) }, el("b", { text: one.number }), el("span", { text: short(one.name) }), one.consortium ? el("small", { text: one.consortium }) : null),
      ...lot.members.map((other) => (one.number === other.number ? el("td", { class: "self" }) : square(known.get(`${one.number}-${other.number}`), one, other, names, opened)))))));
  table.addEventListener("keydown", (event) => walk(table, event));
  const first = table.querySelector("button");
  if (first) first.tabIndex = 0;
  return el("div", { class: "scroll heat" }, table);
}

const member = (one) => [one.name, one.code, one.consortium].filter(Boolean).join(" · ");

/** A name without what all of them have, for the narrow head of a column. */
const short = (name) => name.replace(/(股份)?有限(责任)?公司$/, "");

function square(cell, one, other, names, opened) {
  if (!cell) return el("td", { class: "none", "aria-label": t("verdict.none") }, el("span", { "aria-hidden": "true", text: VERDICTS.none[0] }));
  const verdict = cell.partners ? "partners" : cell.verdict;
  const [mark, letter] = VERDICTS[verdict];
  const words = t("bid.cell", { a: names.get(one.number), b: names.get(other.number), verdict: t(`verdict.${verdict}`), rule: cell.rule, main: cell.main }).trim();
  if (cell.partners) return el("td", { class: verdict, title: words }, el("span", { text: mark }));
  return el("td", { class: verdict }, el("button", {
    type: "button", tabindex: "-1", title: words, data: { key: cell.key, testid: `cell-${one.number}-${other.number}` }, on: { click: () => opened(cell) },
  }, el("span", { class: "hidden", text: t("bid.pair", { a: names.get(one.number), b: names.get(other.number) }) }), el("span", { class: "mark", text: `${mark} ${letter}` }), el("small", { text: [cell.rule, cell.main].filter(Boolean).join(" ") })));
}

/** Arrows go to the next cell with something in it, in their direction; one cell at a time is a tab stop. */
function walk(table, event) {
  const step = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[event.key];
  const from = event.target.closest("td");
  if (!step || !from) return;
  event.preventDefault();
  const rows = [...table.tBodies[0].rows];
  let line = rows.indexOf(from.parentNode);
  let column = from.cellIndex;
  for (;;) {
    line += step[0];
    column += step[1];
    const next = rows[line]?.cells[column];
    if (!next || column < 1) return;
    const button = next.querySelector("button");
    if (button) {
      for (const other of table.querySelectorAll("button")) other.tabIndex = -1;
      button.tabIndex = 0;
      button.focus();
      return;
    }
  }
}
