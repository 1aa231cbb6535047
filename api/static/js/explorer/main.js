// The explorer's page put together: model, actions, canvas, panels. Modules know the app, never each other.

import { byId, fill } from "../dom.js";
import { open } from "../page.js";
import { add } from "../words.js";
import { App } from "./app.js";
import * as arrange from "./arrange.js";
import * as expand from "./expand.js";
import * as exports from "./exports.js";
import * as groups from "./groups.js";
import * as keyboard from "./keyboard.js";
import * as lasso from "./lasso.js";
import * as legend from "./legend.js";
import * as limits from "./limits.js";
import * as outline from "./outline.js";
import * as panels from "./panels.js";
import * as print from "./print.js";
import { Scene } from "./scene.js";
import * as search from "./search.js";
import * as start from "./start.js";
import { Model } from "./state.js";
import * as table from "./table.js";
import * as timeline from "./timeline.js";
import * as toolbar from "./toolbar.js";
import * as views from "./views.js";
import * as tree from "./tree.js";
import { visible } from "./visible.js";

const today = () => new Date(Date.now() - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 10);

/** Parts of the page in the order they are put up; the last one opens what the address asks for. */
const PARTS = [arrange, expand, groups, lasso, keyboard, toolbar, legend, timeline, outline, limits, search, panels, tree, table, exports, print, start, views];

async function main() {
  await open();
  const model = new Model(today());
  const app = new App(model);
  app.scene = new Scene(byId("canvas"), app);
  hook(app);
  for (const part of PARTS) part.mount(app);
}

/** What tests and support may read: the model as drawn, never more than the page shows. */
function hook(app) {
  const { model } = app;
  window.__explorer = {
    app,
    state: () => {
      const shown = visible(model);
      return {
        nodes: shown.nodes, edges: shown.edges.map((edge) => edge.key), selected: { nodes: [...model.view.nodes], edges: [...model.view.edges] },
        lit: model.view.lit && { nodes: [...model.view.lit.nodes], edges: [...model.view.lit.edges] }, mode: model.view.mode, asOf: app.asOf,
        past: model.past.map((step) => step.label), future: model.future.map((step) => step.label), hidden: shown.hidden, camera: app.scene.camera,
        places: Object.fromEntries(shown.nodes.map((id) => [id, { x: model.doc.nodes[id].x, y: model.doc.nodes[id].y }])),
      };
    },
  };
}

add({
  "skip": ["跳到图的列表", "Skip to the list of the picture"],
  "legend.label": ["图例与筛选", "Legend and filters"],
  "stage.label": ["关系图", "Picture"],
  "toolbar.label": ["图的工具", "Tools"],
  "panel.label": ["详情", "Details"],
});

main().catch((error) => {
  fill(byId("start"), Object.assign(document.createElement("p"), { className: "error", textContent: error.message }));
  byId("start").hidden = false;
});
