// The ownership tree as an indented table, for the keyboard and for reading: arrows walk it, Enter opens the subject.

import { el } from "../dom.js";
import { add, percent, t } from "../words.js";
import { near } from "./branches.js";
import { kindMark, listChip } from "./pieces.js";
import { controlText, shareText } from "./ownership.js";

/** @param {any} answer @param {{nodes: any[], edges: any[], stubs: any[]}} shown @param {any} act @param {string|null} focus */
export function grid(answer, shown, act, focus) {
  const parts = ["up", "down"].map((side) => part(answer, shown, act, side, focus)).filter(Boolean);
  return el("div", { class: "tree-lists", data: { testid: "tree-grid" } }, ...parts);
}

function part(answer, shown, act, side, focus) {
  const standing = new Map(shown.nodes.map((one) => [one.subject.id, one]));
  const rows = [];
  const seen = new Set();
  const walk = (id, depth, edge) => {
    const node = standing.get(id);
    const again = seen.has(id);
    seen.add(id);
    const below = again ? [] : near(shown, id, side).filter((other) => standing.has(other));
    const stub = again ? null : shown.stubs.find((one) => one.parent === id && one.side === side);
    rows.push({ node, depth, edge, again, parent: below.length > 0 || Boolean(stub) });
    for (const other of below) walk(other, depth + 1, shown.edges.find((one) => (side === "up" ? one.source === other && one.target === id : one.source === id && one.target === other)));
    if (stub) rows.push({ stub, depth: depth + 1 });
  };
  walk(answer.subject.id, 1, null);
  if (rows.length < 2) return null;
  const lines = rows.map((row) => (row.stub ? stubLine(row, act) : line(row, answer.grips, act, focus)));
  (lines.find((one) => one.dataset.id === focus) ?? lines[0]).tabIndex = 0;
  const table = el("table", { role: "treegrid", class: "grid small", "aria-label": t(`tree.side.${side}`), data: { testid: `treegrid-${side}` } },
    el("thead", {}, el("tr", {}, ...["own.who", "own.direct", "own.integrated", "column.listed"].map((key, at) => el("th", { scope: "col", class: at === 1 || at === 2 ? "num" : "", text: t(key) })))), el("tbody", {}, ...lines));
  table.addEventListener("keydown", (event) => keys(event, lines));
  return el("section", { class: "part" }, el("h3", { text: t(`tree.side.${side}`) }), table);
}

function line({ node, depth, edge, again, parent }, grips, act, focus) {
  const share = !edge ? "" : edge.direct === null ? t("tree.declared") : edge.unknown ? t("tree.unknown") : shareText(edge.direct, edge.exact ? null : edge.direct_max);
  const row = el("tr", { role: "row", "aria-level": String(depth), "aria-expanded": parent ? "true" : null, tabindex: "-1", class: [edge?.control ? "controls" : "", node.subject.id === focus ? "focus" : ""].join(" ").trim(), data: { id: node.subject.id, testid: "treegrid-row" }, on: { click: () => act.pick(node.subject) } },
    el("td", { role: "gridcell", class: `depth-${Math.min(depth, 9)}` }, el("span", { class: "kind", "aria-hidden": "true", text: kindMark(node.subject) }), node.subject.name, again || edge?.cycle ? el("span", { class: "chip", text: `↻ ${t("tree.again")}` }) : null, node.controls ? el("span", { class: "chip", text: `◆ ${controlText(grips.get(node.subject.id))}` }) : null),
    el("td", { role: "gridcell", class: "num", text: share }), el("td", { role: "gridcell", class: "num", text: node.integrated === null ? "" : `${node.at_least ? "≥ " : ""}${percent(node.integrated)}` }),
    el("td", { role: "gridcell" }, ...node.listed.map((entry) => listChip(entry.list))));
  row.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); event.stopPropagation(); act.pick(node.subject); } });
  return row;
}

function stubLine({ stub, depth }, act) {
  const text = t(stub.side === "up" ? "tree.more.up" : "tree.more.down", { n: stub.count });
  const row = el("tr", { role: "row", "aria-level": String(depth), "aria-expanded": "false", tabindex: "-1", class: "stub", data: { id: stub.id, testid: "treegrid-stub" }, on: { click: () => act.toggle(stub) } }, el("td", { role: "gridcell", colspan: "4", class: `depth-${Math.min(depth, 9)}`, text: `＋ ${text}` }));
  row.addEventListener("keydown", (event) => { if (["Enter", "ArrowRight"].includes(event.key)) { event.preventDefault(); event.stopPropagation(); act.toggle(stub); } });
  return row;
}

function keys(event, lines) {
  const at = lines.indexOf(document.activeElement);
  const depth = Number(document.activeElement?.getAttribute("aria-level"));
  const to = {
    ArrowDown: () => at + 1, ArrowUp: () => at - 1, Home: () => 0, End: () => lines.length - 1,
    ArrowLeft: () => lines.slice(0, at).findLastIndex((one) => Number(one.getAttribute("aria-level")) < depth), ArrowRight: () => at + 1,
  }[event.key]?.();
  if (to === undefined || !lines[to]) return;
  event.preventDefault();
  event.stopPropagation();
  lines[at].tabIndex = -1;
  lines[to].tabIndex = 0;
  lines[to].focus();
}

add({
  "tree.side.up": ["谁持有它", "Who holds it"],
  "tree.side.down": ["它持有谁", "What it holds"],
  "tree.again": ["见上", "see above"],
});
