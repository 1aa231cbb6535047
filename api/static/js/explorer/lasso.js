// Selecting by drawing a line around nodes. (A box: hold Shift and drag; that is the canvas's own.)

import { byId, announce } from "../dom.js";
import { add, t } from "../words.js";
import { svg } from "./svg.js";

/** @param {import("./app.js").App} app */
export function mount(app) {
  app.flows.lasso = () => lasso(app);
}

function lasso(app) {
  const canvas = byId("canvas");
  const trail = svg("polygon", { points: "" });
  const cover = svg("svg", { class: "lasso" }, trail);
  const points = [];
  const end = () => { cover.remove(); document.removeEventListener("keydown", escape, true); };
  const escape = (event) => { if (event.key === "Escape") { event.stopPropagation(); end(); } };
  cover.addEventListener("pointermove", (event) => {
    if (!(event.buttons & 1)) return;
    const box = canvas.getBoundingClientRect();
    points.push([event.clientX - box.left, event.clientY - box.top]);
    trail.setAttribute("points", points.map((point) => point.join(",")).join(" "));
  });
  cover.addEventListener("pointerup", () => {
    const inside = app.scene.cy.nodes().filter((node) => app.model.has(node.id()) && within(node.renderedPosition(), points)).map((node) => node.id());
    end();
    app.model.select(inside);
    announce(t("told.chosen", { count: inside.length }));
  });
  document.addEventListener("keydown", escape, true);
  canvas.append(cover);
  announce(t("told.lasso"));
}

/** Whether a point lies inside a polygon: by the number of edges a ray to the right crosses. */
function within({ x, y }, points) {
  let inside = false;
  for (let i = 0, j = points.length - 1; i < points.length; j = i, i += 1) {
    const [ax, ay] = points[i];
    const [bx, by] = points[j];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

add({
  "told.chosen": ["已选 {count} 个节点。", "{count} nodes selected."],
  "told.lasso": ["按住左键圈出要选的节点，Esc 取消。", "Draw around the nodes with the left button held; Esc cancels."],
});
