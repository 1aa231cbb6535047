// The ownership tree as SVG: cards by level, direct share on each line, what it comes to in the end on the card, control bold.

import { add, family, percent, t } from "../words.js";
import { el } from "../dom.js";
import { GRAVEST, kindText, listText } from "./pieces.js";
import { controlText, shareText } from "./ownership.js";

const NS = "http://www.w3.org/2000/svg";
const WIDE = 176;
const HIGH = 66;
const LINE = 11;
const BREADTH = 7;
const STUB = 34;
const BULGE = 130;
/** What a card is flagged with: the gravest family first. */
const gravest = (listed) => [...listed].sort((a, b) => GRAVEST.indexOf(family(a.list)) - GRAVEST.indexOf(family(b.list)))[0];

/** An SVG element; text is set as text. */
function svg(name, attributes = {}, ...children) {
  const made = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) if (value !== null && value !== undefined) made.setAttribute(key, String(value));
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** @param {any} answer @param {{nodes: any[], edges: any[], stubs: any[]}} shown @param {any} act @param {string|null} focus */
export function drawing(answer, shown, act, focus) {
  const places = placed(shown);
  const xs = [...places.values()].map((at) => at.x);
  const ys = [...places.values()].map((at) => at.y);
  const back = shown.edges.some((edge) => { const [a, b] = [places.get(edge.source), places.get(edge.target)]; return a.broad ? b.x < a.x : b.y < a.y; }) ? BULGE : 0;
  const [left, top] = [Math.min(...xs) - WIDE / 2 - 24, Math.min(...ys) - HIGH / 2 - 24];
  const [width, height] = [Math.max(...xs) + WIDE / 2 + 24 + back - left, Math.max(...ys) + HIGH / 2 + 24 + back - top];
  const picture = svg("svg", { viewBox: `${left} ${top} ${width} ${height}`, width, height, class: "tree-svg", role: "group", "aria-label": t("tree.title", { name: answer.subject.name }), "data-testid": "tree-svg" },
    svg("defs", {}, arrowHead("arrow"), arrowHead("arrow-bold")),
    ...shown.edges.map((edge) => branch(edge, places)),
    ...shown.stubs.map((stub) => hook(stub, places)),
    ...shown.nodes.map((node) => card(answer, node, places.get(node.subject.id), act, focus)),
    ...shown.stubs.map((stub) => more(stub, places.get(stub.id), act)));
  return el("div", { class: "tree-scroll", tabindex: "0", role: "region", "aria-label": t("tree.scroll") }, picture);
}

const arrowHead = (id) => svg("marker", { id, viewBox: "0 0 8 8", refX: 7, refY: 4, markerUnits: "userSpaceOnUse", markerWidth: id === "arrow" ? 9 : 13, markerHeight: id === "arrow" ? 9 : 13, orient: "auto", class: id }, svg("path", { d: "M0 0 L8 4 L0 8 z" }));

/** Places by dagre, holders above holdings; left to right where a level is broad. */
function placed({ nodes, edges, stubs }) {
  const breadth = new Map();
  for (const one of [...nodes, ...stubs]) breadth.set(one.level, (breadth.get(one.level) ?? 0) + 1);
  const closed = new Set(stubs.map((stub) => stub.id));
  const broad = Math.max(...breadth.values()) > BREADTH;
  const elements = [
    ...nodes.map((node) => ({ data: { id: node.subject.id } })), ...stubs.map((stub) => ({ data: { id: stub.id } })),
    ...edges.map((edge, at) => ({ data: { id: `e${at}`, source: edge.source, target: edge.target } })),
    ...stubs.map((stub) => ({ data: { id: `s${stub.id}`, source: stub.side === "up" ? stub.id : stub.parent, target: stub.side === "up" ? stub.parent : stub.id } })),
  ];
  const graph = window.cytoscape({ headless: true, styleEnabled: true, elements, style: [{ selector: "node", style: { width: WIDE, height: HIGH, shape: "rectangle" } }] });
  graph.layout({ name: "dagre", rankDir: broad ? "LR" : "TB", nodeSep: broad ? 14 : 26, rankSep: broad ? 96 : 62, animate: false, fit: false }).run();
  const places = new Map(graph.nodes().map((node) => [node.id(), { ...node.position(), broad, half: (closed.has(node.id()) ? STUB : HIGH) / 2 }]));
  graph.destroy();
  return places;
}

/** The line from one card to another, bent midway; what runs against the levels goes round the side. */
function line(from, to) {
  const { broad } = from;
  if (broad ? to.x < from.x : to.y < from.y) return round(from, to);
  const a = broad ? { x: from.x + WIDE / 2, y: from.y } : { x: from.x, y: from.y + from.half };
  const b = broad ? { x: to.x - WIDE / 2, y: to.y } : { x: to.x, y: to.y - to.half };
  const mid = broad ? (a.x + b.x) / 2 : (a.y + b.y) / 2;
  const d = broad ? `M${a.x} ${a.y} C${mid} ${a.y} ${mid} ${b.y} ${b.x} ${b.y}` : `M${a.x} ${a.y} C${a.x} ${mid} ${b.x} ${mid} ${b.x} ${b.y}`;
  return { d, x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

function round(from, to) {
  if (from.broad) {
    const y = Math.max(from.y, to.y) + HIGH / 2 + BULGE;
    return { d: `M${from.x} ${from.y + HIGH / 2} C${from.x} ${y} ${to.x} ${y} ${to.x} ${to.y + HIGH / 2}`, x: (from.x + to.x) / 2, y: y - BULGE / 4 };
  }
  const x = Math.max(from.x, to.x) + WIDE / 2 + BULGE;
  return { d: `M${from.x + WIDE / 2} ${from.y} C${x} ${from.y} ${x} ${to.y} ${to.x + WIDE / 2} ${to.y}`, x: x - BULGE / 4, y: (from.y + to.y) / 2 };
}

function branch(edge, places) {
  const { d, x, y } = line(places.get(edge.source), places.get(edge.target));
  const text = edge.direct === null ? t("tree.declared") : edge.unknown ? t("tree.unknown") : shareText(edge.direct, edge.exact ? null : edge.direct_max);
  const look = ["branch", edge.control ? "control" : "", edge.cycle ? "cycle" : "", edge.direct === null ? "declared" : ""].join(" ").trim();
  return svg("g", { class: look, "data-testid": "branch" }, svg("path", { d, "marker-end": `url(#arrow${edge.control ? "-bold" : ""})` }),
    label(x, y, `${edge.cycle ? "↻ " : ""}${text}`));
}

function label(x, y, text) {
  const width = [...text].reduce((sum, letter) => sum + (letter.charCodeAt(0) > 255 ? 12 : 7), 8);
  return svg("g", { class: "branch-label" }, svg("rect", { x: x - width / 2, y: y - 9, width, height: 18, rx: 3 }), svg("text", { x, y: y + 4, "text-anchor": "middle" }, text));
}

function hook(stub, places) {
  const [from, to] = stub.side === "up" ? [stub.id, stub.parent] : [stub.parent, stub.id];
  return svg("g", { class: "branch stub-line" }, svg("path", { d: line(places.get(from), places.get(to)).d }));
}

/** Square for organisations, round for persons, six-sided for foreign bodies. */
function outline(subject, at) {
  const [x, y] = [at.x - WIDE / 2, at.y - HIGH / 2];
  if (subject.form === "foreign") return svg("polygon", { class: "outline", points: [[x + 16, y], [x + WIDE - 16, y], [x + WIDE, at.y], [x + WIDE - 16, y + HIGH], [x + 16, y + HIGH], [x, at.y]].map((point) => point.join(",")).join(" ") });
  return svg("rect", { class: "outline", x, y, width: WIDE, height: HIGH, rx: subject.kind === "person" ? HIGH / 2 : 2 });
}

/** A name in at most two lines. */
function wrapped(name) {
  const letters = [...name];
  if (letters.length <= LINE) return [name];
  const second = letters.slice(LINE);
  return [letters.slice(0, LINE).join(""), second.length > LINE ? `${second.slice(0, LINE - 1).join("")}…` : second.join("")];
}

function card(answer, node, at, act, focus) {
  const { subject } = node;
  const names = wrapped(subject.name);
  const asked = subject.id === answer.subject.id;
  const share = node.integrated === null ? "" : `${t("own.integrated")} ${node.at_least ? "≥ " : ""}${percent(node.integrated)}`;
  const under = asked ? t("tree.asked") : [share, node.controls ? `◆ ${controlText(answer.grips.get(subject.id))}` : "", node.circle ? "↻" : ""].filter(Boolean).join(" ");
  // What is read aloud begins with what is seen.
  const said = [`${names.join("")}${under}`, kindText(subject), ...node.listed.map((entry) => listText(entry.list))].join("，");
  const worst = node.listed.length ? gravest(node.listed) : null;
  const adverse = worst && !["red", "permit"].includes(family(worst.list));
  const look = ["tree-card", subject.kind, asked ? "asked" : "", node.controls ? "controls" : "", adverse ? "listed" : "", subject.id === focus ? "focus" : ""].join(" ").trim();
  const group = svg("g", { class: look, tabindex: 0, role: "button", "aria-label": said, "data-id": subject.id, "data-testid": "tree-card" },
    outline(subject, at),
    ...names.map((text, n) => svg("text", { class: "tree-name", x: at.x, y: at.y - (names.length > 1 ? 12 : 4) + n * 16, "text-anchor": "middle" }, text)),
    svg("text", { class: "tree-under", x: at.x, y: at.y + 23, "text-anchor": "middle" }, under),
    worst ? svg("g", { class: `tree-flag ${adverse ? "" : "good"}` }, svg("rect", { x: at.x + WIDE / 2 - 24, y: at.y - HIGH / 2 - 9, width: 28, height: 18, rx: 9 }), svg("text", { x: at.x + WIDE / 2 - 10, y: at.y - HIGH / 2 + 4, "text-anchor": "middle" }, listText(worst.list).slice(0, 1))) : null);
  group.addEventListener("click", () => act.pick(subject));
  group.addEventListener("dblclick", () => act.root(subject));
  onKeys(group, () => act.pick(subject));
  return group;
}

function more(stub, at, act) {
  const text = t(stub.side === "up" ? "tree.more.up" : "tree.more.down", { n: stub.count });
  const group = svg("g", { class: "tree-card stub", tabindex: 0, role: "button", "aria-label": text, "data-testid": "tree-stub", "data-side": stub.side }, svg("rect", { class: "outline", x: at.x - WIDE / 2 + 16, y: at.y - STUB / 2, width: WIDE - 32, height: STUB, rx: STUB / 2 }), svg("text", { class: "tree-name", x: at.x, y: at.y + 5, "text-anchor": "middle" }, `＋ ${text}`));
  group.addEventListener("click", () => act.toggle(stub));
  onKeys(group, () => act.toggle(stub));
  return group;
}

function onKeys(group, run) {
  group.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    event.stopPropagation();
    run();
  });
}

add({
  "tree.scroll": ["股权树，可滚动", "Ownership tree, scrolls"],
  "tree.asked": ["查询主体", "asked"],
  "tree.declared": ["登记控制", "declared"],
  "tree.unknown": ["比例未载", "not stated"],
  "tree.more.up": ["其余 {n} 家持有人", "{n} more holders"],
  "tree.more.down": ["其余 {n} 家下属", "{n} more held"],
});
