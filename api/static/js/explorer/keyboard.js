// Every key of the explorer, in one table: what is told in the help is what is done.

import { byId, el } from "../dom.js";
import { add, t } from "../words.js";
import { ask } from "./dialog.js";
import { visible } from "./visible.js";

/** Keys on what is chosen, or on what has the focus in the list. `ids` is never empty. */
const ON_NODES = {
  e: (app, ids) => app.expand(ids[0]), E: (app, ids) => app.flows.expandAll(ids[0]), c: (app, ids) => app.flows.collapse(ids[0]),
  p: (app, ids) => app.pin(ids, !ids.every((id) => app.model.doc.nodes[id].pinned)), h: (app, ids) => app.hide(ids),
  n: (app, ids) => { app.model.select(ids); app.show("notes", { id: ids[0] }); }, Delete: (app, ids) => app.remove(ids),
  Enter: (app, ids) => app.select(ids[0]),
};
/** Keys anywhere but in a field. */
const ANYWHERE = {
  "/": () => [byId("search"), byId("start")].map((part) => part.querySelector("input")).find((input) => input?.offsetParent)?.focus(), "?": (app) => app.flows.help(), i: (app) => app.flows.invert(), l: (app) => app.flows.lasso(),
  o: (app) => app.flows.outline(), "+": (app) => app.scene.zoom(1.3), "=": (app) => app.scene.zoom(1.3), "-": (app) => app.scene.zoom(1 / 1.3), 0: (app) => app.scene.fit(),
  1: (app) => app.model.setMode("network"), 2: (app) => app.model.setMode("tree"), 3: (app) => app.model.setMode("table"),
  t: (app) => app.flows.tidy("force"), s: (app) => app.flows.save(),
  Escape: (app) => (app.model.view.lit ? app.light(null) : app.model.select()),
};
/** Keys with Ctrl (or ⌘). */
const WITH_CONTROL = {
  z: (app, event) => (event.shiftKey ? app.redo() : app.undo()), y: (app) => app.redo(), a: (app) => app.model.select(visible(app.model).nodes),
  s: (app) => app.flows.save(),
};
/** Regions F6 goes round. */
const REGIONS = ["search", "legend", "toolbar", "outline", "timeline", "panel"];

const HELP = [
  ["/", "key.search"], ["O", "key.outline"], ["↑ ↓ → ←", "key.walk"], ["Enter", "key.enter"], ["E", "key.expand"], ["Shift+E", "key.all"], ["C", "key.collapse"],
  ["P", "key.pin"], ["H", "key.hide"], ["N", "key.note"], ["Delete", "key.remove"], ["Space", "key.toggle"], ["Ctrl+A", "key.select"], ["I", "key.invert"], ["L", "key.lasso"],
  ["Ctrl+Z", "key.undo"], ["Ctrl+Y", "key.redo"], ["+ −", "key.zoom"], ["0", "key.fit"], ["T", "key.tidy"], ["1 2 3", "key.modes"], ["S", "key.save"], ["F6", "key.region"], ["Esc", "key.escape"], ["?", "key.help"],
];

const typing = (target) => target.isContentEditable || target.tagName === "TEXTAREA" || target.tagName === "SELECT" || (target.tagName === "INPUT" && !["checkbox", "radio", "range", "button"].includes(target.type));

/** @param {import("./app.js").App} app */
export function mount(app) {
  /** One key on subjects; whether it meant anything. */
  app.flows.key = (key, event, ids) => {
    const act = ON_NODES[key] ?? ON_NODES[event.shiftKey ? key : key.toLowerCase()];
    if (!act || !ids.length || ids[0] === null) return false;
    act(app, ids);
    return true;
  };
  app.flows.help = () => help();
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey || byId("dialog").open) return;
    if (event.key === "F6") { event.preventDefault(); nextRegion(event.shiftKey ? -1 : 1); return; }
    if (typing(event.target)) return;
    const control = event.ctrlKey || event.metaKey;
    if (control) {
      const act = WITH_CONTROL[event.key.toLowerCase()];
      if (act) { event.preventDefault(); act(app, event); }
      return;
    }
    // On a button Enter presses it; elsewhere keys act on what is chosen.
    const onControl = event.target.closest("button, a, input, summary, [role=tab]");
    const ids = [...app.model.view.nodes];
    if (!(onControl && event.key === "Enter") && app.flows.key(event.key, event, ids)) { event.preventDefault(); return; }
    const act = ANYWHERE[event.key] ?? ANYWHERE[event.key.toLowerCase()];
    if (act) { event.preventDefault(); act(app); }
  });
}

function nextRegion(by) {
  const here = REGIONS.findIndex((id) => byId(id)?.contains(document.activeElement));
  for (let i = 1; i <= REGIONS.length; i += 1) {
    const region = byId(REGIONS.at((here + by * i + REGIONS.length * 2) % REGIONS.length));
    if (!region || region.hidden || region.offsetParent === null) continue;
    const first = region.querySelector("[tabindex='0'], input:not(:disabled), button:not(:disabled), select");
    if (first) { first.focus(); return; }
  }
}

function help() {
  return ask(t("help.title"), [
    el("p", { class: "soft", text: t("help.lead") }),
    el("table", { class: "keys" }, el("tbody", {}, ...HELP.map(([keys, word]) => el("tr", {}, el("th", { scope: "row" }, ...keys.split(" ").map((key) => el("kbd", { text: key }))), el("td", { text: t(word) }))))),
    el("p", { class: "small", text: t("help.mouse") }),
  ], [{ label: t("close"), value: null, primary: true, testid: "help-close" }]);
}

add({
  "help.title": ["快捷键", "Keys"], "help.lead": ["不用鼠标也能完成全部操作：图的内容在“图的列表”里逐项可达。", "Everything works without a mouse: the list of the picture reaches every item."],
  "help.mouse": ["鼠标：单击看详情，双击展开，拖动移动节点，按住 Shift 拖动框选，滚轮缩放。", "Mouse: click for details, double-click to expand, drag to move, Shift and drag for a box, wheel to zoom."],
  "key.search": ["搜索", "search"], "key.outline": ["到图的列表", "to the list of the picture"], "key.walk": ["走动；→ 看关系、走到对方", "move; → relations, the other end"], "key.enter": ["打开详情或证据", "open details or evidence"],
  "key.expand": ["选择要展开的关系", "choose what to expand"], "key.all": ["全部展开", "expand all"], "key.collapse": ["收起", "collapse"], "key.pin": ["固定、取消固定", "pin, unpin"], "key.hide": ["隐藏", "hide"], "key.note": ["写记事", "note"],
  "key.remove": ["从图中移除", "remove from the picture"], "key.toggle": ["选中、取消选中", "select, unselect"], "key.select": ["全选", "select all"], "key.invert": ["反选", "invert"], "key.lasso": ["套索圈选（鼠标）", "lasso (mouse)"],
  "key.undo": ["撤销", "undo"], "key.redo": ["重做", "redo"], "key.zoom": ["缩放", "zoom"], "key.fit": ["适应窗口", "fit"], "key.tidy": ["全部重新排布", "tidy all"], "key.modes": ["关系图、股权树、列表", "network, ownership, table"],
  "key.save": ["保存调查", "save"], "key.region": ["到下一个区域", "next region"], "key.escape": ["退出点亮、取消选择", "end lighting, unselect"], "key.help": ["本帮助", "this help"],
});
