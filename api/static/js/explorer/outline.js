// The picture as a list for the keyboard and for readers of the screen: subjects, and below each its relations.
// One item takes the focus (roving tabindex); what has the focus is ringed on the canvas.

import { announce, byId, el, fill } from "../dom.js";
import { add, span, t } from "../words.js";
import { kindWord, nameOf } from "./elements.js";
import { relationText, remark } from "./label.js";
import { gaps } from "./limits.js";
import { kindOf, rests, standing, visible } from "./visible.js";

/** @param {import("./app.js").App} app */
export function mount(app) {
  const { model, flows } = app;
  const tree = el("ul", { role: "tree", "aria-label": t("outline.label"), "aria-multiselectable": "true", data: { testid: "outline-tree" } });
  const missing = el("p", { class: "small", data: { testid: "outline-gaps" } });
  fill(byId("outline"), el("h2", { class: "small", text: t("outline.label") }), el("p", { class: "small soft", text: t("outline.keys") }), missing, tree);
  const state = { at: null, open: new Set(), edges: new Map(), rests: new Map() };
  let waiting = 0;

  const draw = () => {
    waiting = 0;
    const shown = visible(model);
    state.rests = rests(model);
    state.edges = new Map(shown.nodes.map((id) => [id, []]));
    for (const edge of shown.edges) for (const id of new Set([edge.source, edge.target])) state.edges.get(id)?.push(edge);
    if (!shown.nodes.includes(nodeOf(state.at))) state.at = shown.nodes[0] ?? null;
    missing.textContent = gaps(app).map((text) => `⚠ ${text}`).join(" ");
    const focused = tree.contains(document.activeElement);
    fill(tree, shown.nodes.map((id) => nodeItem(app, id, state)));
    mark();
    if (focused) item(state.at)?.focus();
  };
  const soon = () => { if (!waiting) waiting = requestAnimationFrame(draw); };
  const item = (key) => tree.querySelector(`[data-key="${CSS.escape(key ?? "")}"]`) ?? tree.querySelector(`[data-key="${CSS.escape(nodeOf(key) ?? "")}"]`);
  const mark = () => {
    for (const one of tree.querySelectorAll("[role=treeitem]")) {
      one.tabIndex = one.dataset.key === state.at ? 0 : -1;
      one.setAttribute("aria-selected", String(model.view.nodes.has(one.dataset.key) || model.view.edges.has(one.dataset.edge)));
    }
    if (!tree.querySelector("[tabindex='0']")) tree.querySelector("[role=treeitem]")?.setAttribute("tabindex", "0");
  };
  const go = (key) => {
    state.at = key;
    mark();
    item(key)?.focus();
  };
  const items = () => [...tree.querySelectorAll("[role=treeitem]")];

  tree.addEventListener("focusin", ({ target }) => {
    const key = target.dataset.key;
    state.at = key;
    mark();
    app.scene.cy.elements().removeClass("focus");
    const id = nodeOf(key);
    const edge = target.dataset.edge;
    if (edge) app.scene.cy.edges().filter((line) => (line.data("keys") ?? []).includes(edge)).addClass("focus");
    else app.scene.cy.getElementById(id).addClass("focus");
    app.scene.reveal([id]);
  });
  tree.addEventListener("focusout", () => app.scene.cy.elements().removeClass("focus"));
  tree.addEventListener("click", ({ target }) => { const one = target.closest("[role=treeitem]"); if (one) { go(one.dataset.key); enter(app, one); } });
  tree.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const one = document.activeElement;
    const all = items();
    const at = all.indexOf(one);
    const id = nodeOf(state.at);
    const edge = one.dataset.edge;
    const done = () => { event.preventDefault(); event.stopPropagation(); };
    switch (event.key) {
      case "ArrowDown": done(); if (all[at + 1]) go(all[at + 1].dataset.key); break;
      case "ArrowUp": done(); if (all[at - 1]) go(all[at - 1].dataset.key); break;
      case "Home": done(); go(all[0].dataset.key); break;
      case "End": done(); go(all.at(-1).dataset.key); break;
      case "ArrowRight":
        done();
        if (edge) go(otherEnd(model.edges.get(edge), id));
        else if (!state.open.has(id)) { state.open.add(id); draw(); item(id)?.focus(); } else if (all[at + 1]?.dataset.edge) go(all[at + 1].dataset.key);
        break;
      case "ArrowLeft":
        done();
        if (edge) go(id);
        else if (state.open.delete(id)) { draw(); item(id)?.focus(); }
        break;
      case "Enter": done(); enter(app, one); break;
      case " ": done(); if (!edge) toggle(model, id); break;
      default: if (!flows.key?.(event.key, event, [id])) return; done();
    }
  });
  model.on("doc", soon);
  model.on("facts", soon);
  model.on("gaps", soon);
  model.on("view", () => mark());
  flows.outline = () => { if (waiting) { cancelAnimationFrame(waiting); draw(); } item([...model.view.nodes][0] ?? state.at)?.focus(); };
  byId("outline").addEventListener("focus", () => flows.outline());
  draw();
}

const SEPARATOR = "\u001e";
const nodeOf = (key) => key?.split(SEPARATOR)[0] ?? null;
const otherEnd = (edge, id) => (edge.source === id ? edge.target : edge.source);

function toggle(model, id) {
  const chosen = new Set(model.view.nodes);
  if (!chosen.delete(id)) chosen.add(id);
  model.select([...chosen]);
  announce(t("told.chosen", { count: chosen.size }));
}

/** Enter on a subject opens its panel, on a relation its evidence. */
function enter(app, one) {
  const { model } = app;
  const edge = model.edges.get(one.dataset.edge);
  if (!edge) { app.select(one.dataset.key); return; }
  model.select([], [edge.key]);
  app.show("evidence", { edge, nodes: [edge.source, edge.target].map((id) => model.subjects.get(id)?.subject).filter(Boolean) });
}

function nodeItem(app, id, state) {
  const { model } = app;
  const fact = model.fact(id);
  const placed = model.doc.nodes[id];
  const open = state.open.has(id);
  const edges = state.edges.get(id) ?? [];
  const told = [kindWord(kindOf(fact)), remark(fact, standing(fact)), placed.pinned && t("mark.pinned"), placed.note && t("mark.note"), state.rests.get(id) && t("outline.rest", { count: state.rests.get(id) }), t("outline.count", { count: edges.length })].filter(Boolean).join("，");
  return el("li", { role: "treeitem", "aria-expanded": String(open), "aria-label": `${nameOf(model, id)}，${told}`, tabindex: "-1", data: { key: id, testid: "outline-node" } },
    el("span", { text: nameOf(model, id) }), el("span", { class: "soft small", text: ` ${told}` }),
    open && el("ul", { role: "group" }, ...edges.map((edge) => edgeItem(model, id, edge))));
}

function edgeItem(model, id, edge) {
  const out = edge.source === id;
  const text = `${out ? "→" : "←"} ${relationText(edge)} ${nameOf(model, otherEnd(edge, id))}`;
  return el("li", { role: "treeitem", "aria-label": `${text}，${span(edge.since, edge.until, model.doc.asOf)}`, tabindex: "-1", data: { key: id + SEPARATOR + edge.key, edge: edge.key, testid: "outline-edge" } },
    el("span", { text }), el("span", { class: "soft small", text: ` ${span(edge.since, edge.until, model.doc.asOf)}` }));
}

add({
  "outline.label": ["图的列表", "List of the picture"],
  "outline.keys": ["↑↓ 走动，→ 看关系、走到对方，← 返回，回车打开，E 展开，P 固定，H 隐藏，N 记事，Del 移除", "↑↓ move, → relations and the other end, ← back, Enter opens, E expands, P pins, H hides, N note, Del removes"],
  "outline.count": ["图中 {count} 条关系", "{count} relations in the picture"], "outline.rest": ["还有 {count} 条未展开", "{count} not expanded"],
});
