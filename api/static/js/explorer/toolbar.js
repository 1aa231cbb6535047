// The tools over the canvas. Everything here has a key as well (keyboard.js tells which).

import { byId, el, fill } from "../dom.js";
import { add, t } from "../words.js";
import { menu } from "./menu.js";
import { icon } from "./svg.js";
import { visible } from "./visible.js";

/** @param {import("./app.js").App} app */
export function mount(app) {
  const { model } = app;
  const tool = (name, run, { picture = null, testid = name } = {}) => {
    const button = el("button", { type: "button", class: "quiet", title: t(`tool.${name}`), "aria-label": picture ? t(`tool.${name}`) : null, data: { testid }, on: { click: run } }, picture ? icon(picture) : t(`tool.${name}`));
    return button;
  };
  const undo = tool("undo", () => app.undo(), { picture: "undo" });
  const redo = tool("redo", () => app.redo(), { picture: "redo" });
  const chosen = () => [...model.view.nodes];
  const onChosen = [
    tool("expand", () => app.expand(chosen()[0]), { testid: "toolbar-expand" }),
    tool("pin", () => app.pin(chosen(), !chosen().every((id) => model.doc.nodes[id].pinned)), { testid: "toolbar-pin" }),
    tool("hide", () => app.hide(chosen()), { testid: "toolbar-hide" }),
    tool("remove", () => app.remove(chosen()), { testid: "toolbar-remove" }),
  ];
  const score = tool("score", () => app.flows.score?.());
  const modes = ["network", "tree", "table"].map((mode) => el("button", { type: "button", class: "quiet", "aria-pressed": "false", text: t(`mode.${mode}`), data: { testid: `mode-${mode}`, mode }, on: { click: () => model.setMode(mode) } }));
  const drawing = [
    tool("fit", () => app.scene.fit(), { picture: "fit" }), tool("minus", () => app.scene.zoom(1 / 1.3), { picture: "minus", testid: "zoom-out" }),
    tool("plus", () => app.scene.zoom(1.3), { picture: "plus", testid: "zoom-in" }),
  ];
  fill(byId("toolbar"),
    group(...modes), group(undo, redo), group(...onChosen),
    group(
      menu(t("tool.place"), "place", () => placing(app)), menu(t("tool.choose"), "choose", () => choosing(app)),
      menu(t("tool.view"), "views", () => app.flows.viewItems?.() ?? []), score,
    ),
    el("span", { id: "tools-more", class: "tools" }),
    el("span", { class: "push" }), el("span", { id: "saved", class: "soft small" }));
  const camera = el("div", { id: "camera" }, ...drawing, tool("help", () => app.flows.help(), { picture: "help" }));
  byId("toolbar").after(camera);

  const refresh = () => {
    undo.disabled = !model.past.length;
    redo.disabled = !model.future.length;
    undo.title = model.past.length ? t("tool.undo.of", { label: model.past.at(-1).label }) : t("tool.undo");
    redo.title = model.future.length ? t("tool.redo.of", { label: model.future.at(-1).label }) : t("tool.redo");
    const some = model.view.nodes.size > 0;
    for (const button of onChosen) button.disabled = !some;
    for (const button of modes) button.setAttribute("aria-pressed", String(button.dataset.mode === model.view.mode));
    const network = model.view.mode === "network";
    byId("canvas").hidden = !network;
    camera.hidden = !network;
    byId("tree").hidden = model.view.mode !== "tree";
    byId("table").hidden = model.view.mode !== "table";
    byId("outline").hidden = !network;
    document.body.classList.toggle("blank", model.ids.length === 0);
    byId("start").hidden = model.ids.length > 0;
    if (network) app.scene.cy.resize();
  };
  for (const what of ["doc", "view"]) model.on(what, refresh);
  refresh();
}

const group = (...children) => el("span", { class: "tools" }, ...children);

function placing(app) {
  const { flows } = app;
  return [
    { label: t("place.tidy"), run: () => flows.tidy("force"), testid: "tidy" },
    { label: t("place.down"), run: () => flows.layered("TB"), testid: "layered" },
    { label: t("place.right"), run: () => flows.layered("LR"), testid: "layered-right" },
    { label: t("place.groups"), run: () => flows.group?.(), testid: "group" },
    { label: t("place.ungroup"), run: () => flows.ungroup?.(), testid: "ungroup", disabled: !Object.keys(app.model.doc.groups).length },
  ];
}

function choosing(app) {
  const { model } = app;
  const shown = visible(model).nodes;
  return [
    { label: t("choose.all"), key: "Ctrl+A", run: () => model.select(shown), testid: "select-all" },
    { label: t("choose.invert"), key: "I", run: () => app.flows.invert(), testid: "invert" },
    { label: t("choose.beside"), run: () => app.flows.beside(), testid: "beside", disabled: !model.view.nodes.size },
    { label: t("choose.lasso"), key: "L", run: () => app.flows.lasso?.(), testid: "lasso" },
    { label: t("choose.none"), key: "Esc", run: () => model.select(), testid: "select-none" },
    { label: t("choose.collapse"), key: "C", run: () => app.flows.collapse([...model.view.nodes][0]), testid: "collapse", disabled: !model.view.nodes.size },
    { label: t("choose.unhide"), run: () => app.unhide(), testid: "unhide", disabled: !model.ids.some((id) => model.doc.nodes[id].hidden) },
  ];
}

add({
  "mode.network": ["关系图", "Network"], "mode.tree": ["股权树", "Ownership"], "mode.table": ["列表", "Table"],
  "tool.undo": ["撤销", "Undo"], "tool.redo": ["重做", "Redo"], "tool.undo.of": ["撤销：{label}（Ctrl+Z）", "Undo: {label} (Ctrl+Z)"], "tool.redo.of": ["重做：{label}（Ctrl+Y）", "Redo: {label} (Ctrl+Y)"],
  "tool.fit": ["适应窗口（0）", "Fit (0)"], "tool.plus": ["放大（+）", "Zoom in (+)"], "tool.minus": ["缩小（-）", "Zoom out (-)"],
  "tool.expand": ["展开", "Expand"], "tool.pin": ["固定", "Pin"], "tool.hide": ["隐藏", "Hide"], "tool.remove": ["移除", "Remove"],
  "tool.place": ["排布", "Arrange"], "tool.choose": ["选择", "Select"], "tool.view": ["存取", "Save"], "tool.score": ["接近程度", "Nearness"], "tool.help": ["快捷键（?）", "Keys (?)"],
  "place.tidy": ["全部重新排布", "Tidy all"], "place.down": ["分层，自上而下", "Layers, top down"], "place.right": ["分层，自左而右", "Layers, left to right"],
  "place.groups": ["按集团分组", "Group by company group"], "place.ungroup": ["解除分组", "Ungroup"],
  "choose.all": ["全选", "All"], "choose.invert": ["反选", "Invert"], "choose.beside": ["加选相邻", "Add neighbours"], "choose.lasso": ["套索圈选", "Lasso"], "choose.none": ["取消选择", "None"],
  "choose.collapse": ["收起所选的邻居", "Collapse its neighbours"], "choose.unhide": ["显示已隐藏的", "Show hidden ones"],
});
