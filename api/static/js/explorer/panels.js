// The right side: tabs about what is selected. Each panel is drawn once for a subject and a day and kept, so that going
// back to a subject shows it as it was left.

import { byId, el, fill } from "../dom.js";
import { add, t } from "../words.js";
import { empty } from "./pieces.js";
import * as evidence from "./evidence.js";
import * as exposure from "./exposure.js";
import * as findings from "./findings.js";
import * as notes from "./notes.js";
import * as ownership from "./ownership.js";
import * as paths from "./paths.js";
import * as subject from "./subject.js";

/** Every panel: `render(app, {id, args})` makes an element; `keep` says whether it may be shown again as it is. */
const PANELS = { subject, evidence, findings, paths, exposure, ownership, notes };
const TABS = Object.keys(PANELS);
const KEPT = 40;

const state = { tab: "subject", id: null, args: null, drawn: new Map(), app: null };

/** Build the tabs and listen to the selection. */
export function mount(app) {
  state.app = app;
  const tabs = el("div", { role: "tablist", "aria-label": t("panels.label"), class: "tabs" }, ...TABS.map((name) => el("button", {
    type: "button", role: "tab", id: `tab-${name}`, "aria-controls": `pane-${name}`, data: { testid: `tab-${name}`, tab: name },
    text: t(`panel.${name}`), on: { click: () => open(name) },
  })));
  tabs.addEventListener("keydown", walk);
  fill(byId("panel"), tabs, ...TABS.map((name) => el("div", { role: "tabpanel", id: `pane-${name}`, "aria-labelledby": `tab-${name}`, class: "pane", hidden: true, tabindex: "0", data: { testid: `pane-${name}` } })));
  for (const name of TABS) app.offer(name, (args) => open(name, args ?? {}));
  app.model.on("view", (change) => { if (change?.selected) followed(); });
  app.model.on("doc", dayChanged);
  redraw();
}

/** Put something else into a panel, under a title of its own. */
export function show(name, node, title) {
  open(name);
  fill(byId(`pane-${name}`), title ? el("h2", { text: title }) : null, node);
}

function walk(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  event.stopPropagation();
  open(TABS[(TABS.indexOf(event.target.dataset.tab) + step + TABS.length) % TABS.length]);
  byId(`tab-${state.tab}`).focus();
}

/** Open a tab; with arguments it is about them, else about what is selected. */
function open(name, args = null) {
  state.tab = name;
  state.args = args && Object.keys(args).length ? args : null;
  if (args?.id) state.id = args.id;
  redraw();
}

let day = null;
function dayChanged() {
  if (day === state.app.asOf) return;
  day = state.app.asOf;
  redraw();
}

/** What is selected decides what the panel is about: a relation opens its evidence, a subject the tab in use. */
function followed() {
  const { nodes, edges } = state.app.model.view;
  state.args = null;
  if (nodes.size) {
    state.id = [...nodes].at(-1);
    if (state.tab === "evidence") state.tab = "subject";
  } else if (edges.size) state.tab = "evidence";
  else if (state.id && !state.app.model.has(state.id)) state.id = null;
  soon();
}

/** Draw once the present step is over: selecting and opening a panel often come together. */
let due = false;
function soon() {
  if (due) return;
  due = true;
  queueMicrotask(() => { if (due) redraw(); });
}

function redraw() {
  due = false;
  const { app, tab, id, args } = state;
  for (const name of TABS) {
    const chosen = name === tab;
    const button = byId(`tab-${name}`);
    button.setAttribute("aria-selected", String(chosen));
    button.tabIndex = chosen ? 0 : -1;
    const other = byId(`pane-${name}`);
    remember(other);
    if (!chosen) fill(other);
    other.hidden = !chosen;
  }
  const pane = byId(`pane-${tab}`);
  const panel = PANELS[tab];
  if (panel.subjectOnly && !id) return fill(pane, empty(t(`panel.${tab}.empty`)));
  const key = panel.keep && !(args && args.again) ? `${tab}|${id}|${app.asOf}` : null;
  const kept = key && state.drawn.get(key);
  if (kept) {
    if (pane.firstChild !== kept.node) { fill(pane, kept.node); pane.scrollTop = kept.top; }
    return;
  }
  const node = panel.render(app, { id, args });
  fill(pane, node);
  pane.scrollTop = 0;
  if (!key) return;
  state.drawn.set(key, { node, top: 0 });
  if (state.drawn.size > KEPT) state.drawn.delete(state.drawn.keys().next().value);
}

function remember(pane) {
  for (const kept of state.drawn.values()) if (kept.node === pane.firstChild) kept.top = pane.scrollTop;
}

add({
  "panels.label": ["关于所选", "About the selection"],
  "panel.subject": ["主体", "Subject"],
  "panel.evidence": ["证据", "Proof"],
  "panel.findings": ["后果", "Findings"],
  "panel.paths": ["路径", "Paths"],
  "panel.exposure": ["接近", "Near"],
  "panel.ownership": ["股权", "Owners"],
  "panel.notes": ["记事", "Notes"],
  "panel.subject.empty": ["先搜索一个主体，或者在图中点选一个。", "Search for a subject, or select one in the picture."],
  "panel.findings.empty": ["选中一个主体，看名单对它有什么后果。", "Select a subject to see what follows for it from the lists."],
  "panel.exposure.empty": ["选中一个主体，看哪些列入记录经由关系接近它。", "Select a subject to see which listings come near it."],
  "panel.ownership.empty": ["选中一个单位，看谁持有它、它持有谁。", "Select an organisation to see who holds it and what it holds."],
});
