// The mode "tree": who holds a subject and what it holds, level by level, drawn or as an indented list; with what must
// be said of it: whose capital could not be traced, which control is registered and which presumed.

import { get } from "../api.js";
import { announce, byId, el, fill } from "../dom.js";
import { add, t } from "../words.js";
import { opened } from "./branches.js";
import { gripsOf, othersPossible } from "./ownership.js";
import { empty, load } from "./pieces.js";
import { drawing } from "./treedraw.js";
import { grid } from "./treegrid.js";

const LEVELS = 2;
const MOST_LEVELS = 8;
const PER = 12;
const MOST_PER = 100;
const MOST_GRIPS = 500;

const state = { id: null, day: "", levels: { up: LEVELS, down: LEVELS }, per: PER, open: new Set(), form: "drawn", answer: null, focus: null };

/** Show #tree when the mode asks for it; about the selected subject, or the one a panel gives. */
export function mount(app) {
  app.offer("tree", ({ id }) => { about(id); app.model.setMode("tree"); });
  const refresh = () => { if (app.model.view.mode === "tree") show(app); };
  app.model.on("view", (change) => {
    if (!change?.mode) return;
    const selected = [...app.model.view.nodes].at(-1) ?? app.model.doc.seed;
    if (app.model.view.mode === "tree" && selected && !state.id) about(selected);
    refresh();
  });
  app.model.on("view", (change) => { if (change?.selected && app.model.view.mode === "tree" && app.model.view.nodes.size === 1) mark(app); });
  app.model.on("doc", () => { if (state.day !== app.asOf) refresh(); });
  document.addEventListener("theme", refresh);
}

/** The tree of another subject, closed but for the first levels. */
function about(id) {
  if (!id || id === state.id) return;
  Object.assign(state, { id, levels: { up: LEVELS, down: LEVELS }, per: PER, open: new Set(), answer: null, focus: id });
}

function show(app) {
  const box = byId("tree");
  if (!state.id) return fill(box, empty(t("tree.choose")));
  if (state.answer && state.day === app.asOf) return fill(box, page(app, state.answer));
  return ask(app, box);
}

function ask(app, box) {
  state.day = app.asOf;
  const asked = { subject: state.id, as_of: app.asOf };
  const both = (signal) => Promise.all([
    get("/api/ownership/tree", { ...asked, up: state.levels.up, down: state.levels.down, per: state.per }, { signal }),
    get("/api/ownership", { ...asked, limit: MOST_GRIPS }, { signal }),
  ]);
  return load(box, both, ([tree, owned]) => {
    const answer = { ...tree, beneficial_rule: owned.beneficial_rule, grips: gripsOf(owned) };
    if (!state.answer) firstLevels(answer);
    state.answer = answer;
    return page(app, answer);
  });
}

/** Open the asked subject and those next to it. */
function firstLevels(answer) {
  for (const { subject, level } of answer.nodes) {
    if (level > -LEVELS && level <= 0) state.open.add(`up|${subject.id}`);
    if (level < LEVELS && level >= 0) state.open.add(`down|${subject.id}`);
  }
}

function page(app, answer) {
  const shown = opened(answer, state.open);
  const act = {
    toggle: (stub) => toggle(app, answer, stub),
    pick: (subject) => { state.focus = subject.id; if (app.model.has(subject.id)) app.model.select([subject.id]); app.show("subject", { id: subject.id }); },
    root: (subject) => { about(subject.id); show(app); },
  };
  const body = state.form === "drawn" ? drawing(answer, shown, act, state.focus) : grid(answer, shown, act, state.focus);
  return el("div", { class: "tree-page" }, bar(app, answer, shown), othersPossible(answer), remarks(answer), body);
}

function bar(app, answer, shown) {
  const forms = ["drawn", "listed"].map((form) => el("button", { type: "button", "aria-pressed": String(state.form === form), data: { testid: `tree-${form}` }, text: t(`tree.${form}`), on: { click: () => { state.form = form; show(app); } } }));
  const ids = shown.nodes.map((one) => one.subject.id);
  return el("div", { class: "table-bar" }, el("h2", { text: t("tree.title", { name: answer.subject.name }) }), el("div", { class: "segmented", role: "group", "aria-label": t("tree.form") }, ...forms),
    el("button", { type: "button", data: { testid: "tree-owners" }, text: t("tree.owners"), on: { click: () => app.show("ownership", { id: state.id }) } }),
    el("button", { type: "button", data: { testid: "tree-add" }, text: t("tree.add"), on: { click: () => intoPicture(app, ids, shown) } }),
    state.open.size > 2 * LEVELS ? el("button", { type: "button", class: "quiet", data: { testid: "tree-close" }, text: t("tree.close"), on: { click: () => { state.open.clear(); firstLevels(answer); show(app); } } }) : null);
}

async function intoPicture(app, ids, shown) {
  await app.addSubjects(ids, { label: t("tree.step"), edges: shown.edges.flatMap((edge) => edge.relations), select: false });
  app.model.setMode("network");
}

function remarks(answer) {
  const circles = answer.nodes.filter((one) => one.circle).map((one) => one.subject.name);
  const lines = [circles.length ? `↻ ${t("tree.cycle", { names: circles.join("、") })}` : "", answer.complete ? "" : `⚠ ${answer.cut ?? t("own.cut")}`].filter(Boolean);
  return lines.length ? el("p", { class: "caution small", data: { testid: "tree-remarks" }, text: lines.join(" ") }) : null;
}

/** Open what a stub stands for; what the answer does not hold is asked for, a level or a width more. */
function toggle(app, answer, stub) {
  state.open.add(stub.id);
  state.focus = stub.parent;
  announce(t("tree.opened", { n: stub.count }));
  if (!stub.outside) return show(app);
  const reach = stub.side === "up" ? state.levels.up : state.levels.down;
  if (Math.abs(stub.level) > reach) state.levels[stub.side] = Math.min(MOST_LEVELS, reach + 1);
  else state.per = MOST_PER;
  return ask(app, byId("tree"));
}

function mark(app) {
  const [id] = app.model.view.nodes;
  for (const one of byId("tree").querySelectorAll("[data-id]")) one.classList.toggle("focus", one.dataset.id === id);
}

add({
  "tree.choose": ["先选中一个单位，再看它的股权树。", "Select an organisation first."],
  "tree.title": ["股权树：{name}", "Ownership of {name}"],
  "tree.form": ["画法", "Form"],
  "tree.drawn": ["图", "Drawn"], "tree.listed": ["列表", "List"],
  "tree.owners": ["控制人与受益人", "Controllers and beneficiaries"],
  "tree.add": ["加入关系图", "Add to the network"],
  "tree.close": ["收回", "Close up"],
  "tree.step": ["加入股权树", "add the ownership tree"],
  "tree.cycle": ["循环持股：{names} 最终持有自身。", "Circular holding: {names} own themselves in the end."],
  "tree.opened": ["展开 {n} 家", "{n} opened"],
});
