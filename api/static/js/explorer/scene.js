// The canvas. It draws what the model shows and tells the model what was touched; it keeps nothing of its own.

import { byId } from "../dom.js";
import { theme } from "../page.js";
import { elementsOf } from "./elements.js";
import { patched } from "./state.js";
import { sheet } from "./style.js";
import { t } from "../words.js";

const CLOSEST = 1.15;

export class Scene {
  /** @param {HTMLElement} box @param {import("./app.js").App} app */
  constructor(box, app) {
    this.app = app;
    this.model = app.model;
    this.size = "small";
    this.quiet = false;
    this.waiting = null;
    this.cy = cytoscape({
      container: box, style: sheet(theme(), "small"), layout: { name: "preset" }, minZoom: 0.03, maxZoom: 3,
      boxSelectionEnabled: true, selectionType: "single", hideEdgesOnViewport: false, textureOnViewport: false,
    });
    this.listen();
    this.model.on("doc", () => this.draw());
    this.model.on("facts", () => this.draw());
    this.model.on("view", (what) => (what.selected ? this.showSelection() : this.showLit()));
    document.addEventListener("theme", () => this.restyle());
    new ResizeObserver(() => this.cy.resize()).observe(box);
  }

  listen() {
    const { cy, app } = this;
    cy.on("select unselect", () => this.later());
    cy.on("tap", (event) => { if (event.target === cy && this.model.view.lit) this.model.light(null); });
    // The canvas takes two quick clicks on different things for a double one.
    let taps = [null, null];
    cy.on("tap", ({ target }) => { taps = [taps[1], target]; });
    cy.on("dbltap", "node", ({ target }) => { if (taps.every((one) => one === target)) this.opened(target); });
    cy.on("tap", "node.stub", ({ target }) => app.expand(target.data("of")));
    cy.on("dragfreeon", "node", () => this.moved());
    cy.on("mouseover", "node, edge", ({ target }) => { byId("canvas").title = target.data("title") ?? ""; });
    cy.on("mouseout", "node, edge", () => { byId("canvas").title = ""; });
  }

  opened(node) {
    if (node.hasClass("group")) this.app.flows.toggleGroup?.(node.id());
    else if (!node.hasClass("stub")) this.app.expand(node.id());
  }

  /** Dragging ended: one step for all nodes that were dragged together. */
  moved() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => {
      const { nodes } = this.model.doc;
      const changes = {};
      this.cy.nodes().forEach((node) => {
        const at = nodes[node.id()];
        const { x, y } = node.position();
        if (at && (Math.abs(at.x - x) > 0.5 || Math.abs(at.y - y) > 0.5)) changes[node.id()] = { x: Math.round(x), y: Math.round(y) };
      });
      for (const id of Object.keys(changes)) this.cy.getElementById(id).scratch("as", null);
      if (Object.keys(changes).length) this.model.change(t("did.move"), (doc) => patched(doc, changes));
    }, 0);
  }

  /** The selection made on the canvas goes to the model, once for a whole box. */
  later() {
    if (this.quiet || this.soon) return;
    this.soon = true;
    queueMicrotask(() => {
      this.soon = false;
      const chosen = this.cy.$(":selected");
      const ids = chosen.nodes().map((node) => node.id()).filter((id) => this.model.has(id));
      this.model.select(ids, chosen.edges().map((edge) => edge.data("keys") ?? []).flat());
    });
  }

  /** Make the canvas what the model shows. */
  draw() {
    const wanted = elementsOf(this.model);
    const { cy } = this;
    this.quiet = true;
    cy.batch(() => {
      cy.elements().filter((element) => !wanted.has(element.id())).remove();
      // Groups first: who moves into one must find it there.
      cy.add([...wanted.values()].filter(({ classes, data }) => classes.includes("group") && cy.getElementById(data.id).empty()));
      const fresh = [];
      const asDrawn = new Map();
      for (const element of wanted.values()) {
        const there = cy.getElementById(element.data.id);
        // What is drawn as before costs nothing: most steps change a few elements of many.
        const as = JSON.stringify(element);
        if (there.empty()) fresh.push(element);
        else if (there.scratch("as") !== as) this.renew(there, element);
        asDrawn.set(element.data.id, as);
      }
      cy.add(fresh.filter(({ group }) => group === "nodes"));
      cy.add(fresh.filter(({ group }) => group === "edges"));
      cy.elements().forEach((element) => { element.scratch("as", asDrawn.get(element.id())); });
    });
    this.quiet = false;
    this.scale(wanted.size);
    this.showSelection();
    this.showLit();
  }

  renew(there, { data, classes, position }) {
    there.data(data);
    const kept = ["lit", "dim", "focus"].filter((name) => there.hasClass(name));
    there.classes([...classes, ...kept]);
    if (position && !there.isParent()) there.position(position);
    if (there.isNode() && (there.parent().id() ?? null) !== (data.parent ?? null)) there.move({ parent: data.parent ?? null });
  }

  /** Large pictures are drawn with less, so that they still move smoothly without a graphics card. */
  scale(count) {
    const nodes = this.cy.nodes().length;
    const size = nodes > 500 || count > 2500 ? "large" : nodes > 150 ? "medium" : "small";
    if (size === this.size) return;
    this.size = size;
    const renderer = this.cy.renderer();
    renderer.textureOnViewport = size === "large";
    renderer.hideEdgesOnViewport = size === "large";
    this.restyle();
  }

  restyle() {
    this.cy.style(sheet(theme(), this.size));
  }

  showSelection() {
    const { nodes, edges } = this.model.view;
    this.quiet = true;
    this.cy.batch(() => {
      this.cy.nodes().forEach((node) => { if (node.selected() !== nodes.has(node.id())) nodes.has(node.id()) ? node.select() : node.unselect(); });
      this.cy.edges().forEach((line) => {
        const on = (line.data("keys") ?? []).some((key) => edges.has(key));
        if (line.selected() !== on) on ? line.select() : line.unselect();
      });
    });
    this.quiet = false;
  }

  showLit() {
    const { lit } = this.model.view;
    this.cy.batch(() => {
      this.cy.elements().removeClass("lit dim");
      if (!lit) return;
      const isLit = (element) => (element.isNode() ? lit.nodes.has(element.id()) : (element.data("keys") ?? []).some((key) => lit.edges.has(key)));
      this.cy.elements().forEach((element) => { element.addClass(isLit(element) || element.isParent() ? "lit" : "dim"); });
    });
  }

  /** The whole picture in sight, never larger than life. */
  fit(elements = this.cy.elements()) {
    this.cy.resize();
    if (elements.empty()) return;
    this.cy.fit(elements, 56);
    if (this.cy.zoom() > CLOSEST) { this.cy.zoom(CLOSEST); this.cy.center(elements); }
  }

  zoom(factor) {
    const { cy } = this;
    cy.zoom({ level: cy.zoom() * factor, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
  }

  /** Bring these into sight, if they are not; nothing moves but the camera. */
  reveal(ids) {
    const found = this.cy.collection(ids.map((id) => this.cy.getElementById(id)).filter((one) => one.nonempty()));
    if (found.empty()) return;
    const box = found.boundingBox();
    const seen = this.cy.extent();
    if (box.x1 >= seen.x1 && box.x2 <= seen.x2 && box.y1 >= seen.y1 && box.y2 <= seen.y2 && this.cy.zoom() > 0.4) return;
    if (found.length === 1) { this.cy.zoom(Math.max(this.cy.zoom(), 0.7)); this.cy.center(found); } else this.fit(found.union(this.cy.elements()).length > 80 ? found : this.cy.elements());
  }

  get camera() {
    return { zoom: +this.cy.zoom().toFixed(3), x: Math.round(this.cy.pan().x), y: Math.round(this.cy.pan().y) };
  }
}
