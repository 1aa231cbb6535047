// What the explorer can do: every action of the mouse, the keyboard, the panels and the hash ends in one of these.

import { get } from "../api.js";
import { announce, toast } from "../dom.js";
import { t } from "../words.js";
import { around } from "./busy.js";
import { nothing, viewed } from "./facts.js";
import { places } from "./layout.js";
import { Limits } from "./limits.js";
import { MOST_NODES, emptyDoc, isDay, keyOf, own, patched, renamedIn, withNodes, without } from "./state.js";
import { visible } from "./visible.js";

export class App {
  /** @param {import("./state.js").Model} model */
  constructor(model) {
    this.model = model;
    /** The canvas; set by main.js. @type {import("./scene.js").Scene} */
    this.scene = null;
    this.flows = {};
    this.panels = new Map();
    /** For which subjects, day and choice of ended relations the facts are complete. */
    this.known = nothing();
    this.limits = new Limits();
    /** How many questions for facts are under way. */
    this.asking = 0;
    this.line = Promise.resolve();
    model.on("doc", (change) => { if (change.stepped) this.catchUp(); });
  }

  get asOf() {
    return this.model.doc.asOf;
  }

  /** A panel offers itself under a name; show() opens it. @param {(args: any) => void} handler */
  offer(name, handler) {
    this.panels.set(name, handler);
  }

  show(name, args = {}) {
    this.panels.get(name)?.(args);
  }

  /** Run a task (a function of an AbortSignal, or a promise) with progress and a cancel button; undefined if cancelled. */
  busy(task, words) {
    return around(task, words);
  }

  /** Tell the user of an error; cancelling is none. */
  fail(error) {
    if (error?.name === "AbortError") return;
    if (typeof error?.status !== "number") console.error(error);
    toast(error?.message ?? String(error), "error");
  }

  /** Actions on the picture one after the other, so that no answer meets a picture it was not asked for. */
  inTurn(task) {
    const turn = this.line.then(task).catch((error) => this.fail(error));
    this.line = turn;
    return turn;
  }

  /** A new picture around a subject. */
  start(id) {
    return this.inTurn(() => this.grow([id], { label: t("did.start"), fresh: true }));
  }

  /**
   * Subjects into the picture: facts and places are asked, and it is one step to undo.
   * @param {string[]} ids
   * @param {{label?: string, near?: string|null, select?: boolean, edges?: any[], total?: number|null}} [how] `edges`: relations
   *   known already, of an answer of `day`; `total`: how many relations `near` has that day.
   * @returns {Promise<string[]|undefined>} those that are new in the picture
   */
  addSubjects(ids, how = {}) {
    return this.inTurn(() => this.grow(ids, how));
  }

  async grow(ids, { label = t("did.add"), near = null, select = true, edges = [], day = null, total = null, fresh = false } = {}) {
    const here = fresh ? [] : this.model.ids;
    const wanted = [...new Set(ids)].filter((id) => !here.includes(id));
    const added = wanted.slice(0, Math.max(0, MOST_NODES - here.length));
    const facts = await this.facts(added, fresh);
    if (!facts) return undefined;
    const gone = new Set(facts.missing);
    const kept = [...new Set(added.filter((id) => !gone.has(id)).map((id) => own(facts.renamed, id) ?? id))].filter((id) => !here.includes(id));
    if (!fresh) this.take(facts, day === facts.as_of ? edges : []);
    const [from, among] = fresh ? [emptyDoc(facts.as_of), new Map()] : [this.model.doc, this.model.edges];
    const at = kept.length ? await this.busy((signal) => places({ doc: from, edges: among }, [...here, ...kept], { signal, near }), t("busy.layout")) : {};
    if (!at) return undefined;
    // The doc as it is by now: what was changed while the answers were under way stays changed, the day above all.
    this.model.change(label, (now) => {
      const base = fresh ? { ...emptyDoc(now.asOf), seed: kept[0] ?? null } : now;
      const doc = patched(withNodes(base, kept), Object.fromEntries(kept.filter((id) => own(at, id)).map((id) => [id, at[id]])));
      return near && total !== null ? patched(doc, { [near]: { total, on: day } }) : doc;
    });
    if (fresh) {
      this.flows.unsaved?.();
      this.take(facts);
    }
    if (select && kept.length) this.model.select(kept.length === 1 ? kept : [near ?? kept[0]]);
    if (fresh || here.length <= 1) this.scene?.fit();
    else this.scene?.reveal(kept);
    this.tellAdded(kept.length, wanted.length - added.length, facts.missing.length);
    return kept;
  }

  tellAdded(count, over, missing) {
    const told = [t("told.added", { count })];
    if (over > 0) told.push(t("told.over", { over, most: MOST_NODES }));
    if (missing > 0) told.push(t("told.missing", { missing }));
    announce(told.join(""));
    if (told.length > 1) toast(told.join(""), over > 0 ? "error" : "info");
  }

  /** Whether what is known is of the doc's day, and of every subject in it. */
  get current() {
    const { doc, ids } = this.model;
    return !ids.length || (this.known.day === doc.asOf && this.known.ended === doc.filters.ended && ids.every((id) => this.known.ids.has(id)));
  }

  /**
   * What the server says of the picture with `added`: all of it where the day or the choice of ended relations is new, else
   * what touches subjects not known yet. Asked again when the day was changed meanwhile: an answer is of the doc's day.
   */
  async facts(added, fresh = false) {
    this.asking += 1;
    try {
      for (;;) {
        const { asOf, filters } = this.model.doc;
        const ended = !fresh && filters.ended;
        const ids = [...new Set([...(fresh ? [] : this.model.ids), ...added])];
        const whole = fresh || this.known.day !== asOf || this.known.ended !== ended;
        const wanted = whole ? ids : ids.filter((id) => added.includes(id) || !this.known.ids.has(id));
        const answer = await this.busy((signal) => viewed(ids, whole ? null : wanted, { asOf, ended }, signal), t("busy.view"));
        if (!answer) return undefined;
        if (asOf === this.asOf && (fresh || ended === this.model.doc.filters.ended)) return { ...answer, ids, whole, ended };
      }
    } finally {
      this.asking -= 1;
      this.model.tell("gaps");
    }
  }

  /** An answer of facts() becomes what is known, with what was cut of it. @param {any[]} edges relations known besides */
  take(facts, edges = []) {
    const { as_of: day, ids, whole, ended } = facts;
    if (day !== this.asOf) return;
    if (whole) this.model.forget();
    this.learn({ nodes: facts.nodes, edges: [...facts.edges, ...edges] }, day);
    this.known = { ids: new Set(ids.map((id) => own(facts.renamed, id) ?? id)), day, ended };
    this.limits.view(facts);
    this.model.tell("gaps");
  }

  /** What an answer of that day said goes into the model, each relation under its key. */
  learn({ nodes = [], edges = [] }, day) {
    this.model.learn({ nodes, edges: edges.map((edge) => ({ ...edge, key: edge.key ?? keyOf(edge) })) }, day);
  }

  /** After undo, redo, another day or opening a saved picture: ask for what is not known yet. */
  catchUp() {
    return this.inTurn(() => (this.current ? undefined : this.refresh()));
  }

  /** Ask for all of it again, where it was refused, cancelled or cut. */
  retry() {
    this.known = nothing();
    return this.catchUp();
  }

  async refresh() {
    const facts = await this.facts([]);
    if (!facts) return;
    // Ids given up since the picture was kept stand for their present ones.
    const renamed = Object.entries(facts.renamed ?? {}).filter(([old, now]) => this.model.has(old) && !this.model.has(now));
    if (renamed.length) this.model.settle((doc) => renamedIn(doc, Object.fromEntries(renamed)));
    this.take(facts);
    if (facts.missing.length) toast(t("told.missing", { missing: facts.missing.length }));
  }

  /** Another day of evaluation: the same subjects with the relations and listings of that day. */
  setAsOf(day) {
    if (!isDay(day) || day === this.asOf) return Promise.resolve();
    this.model.change(t("did.day", { day }), (doc) => ({ ...doc, asOf: day }));
    return this.catchUp().then(() => { if (this.current && day === this.asOf) announce(t("told.day", { day })); });
  }

  /** Change the filters; what was switched is one step to undo. */
  filter(label, change) {
    this.model.change(label, (doc) => ({ ...doc, filters: { ...doc.filters, ...change } }));
    return this.catchUp();
  }

  /** Paths into the picture, the first of them lit. @param {any[]} paths PATH objects @param {string|null} day of the answer they are from */
  async addPaths(paths, label = t("did.paths"), day = null) {
    if (!paths.length) return;
    const other = () => day && day !== this.asOf;
    if (!other()) {
      const ids = paths.flatMap((path) => path.nodes.map((node) => node.id));
      await this.addSubjects(ids, { label, select: false, edges: paths.flatMap((path) => path.edges), day });
    }
    if (other()) toast(t("told.otherday", { day }));
    else this.light(paths[0], day);
  }

  /** Light up a PATH, which is dimmed around; null for none. Relations the picture lacks are drawn from it, where it is of the day. */
  light(path, day = null) {
    if (!path) return this.model.light(null);
    const strange = path.edges.filter((edge) => !this.keyIn(edge));
    if (strange.length) this.learn({ edges: strange }, day);
    this.model.light({ nodes: path.nodes.map((node) => node.id), edges: path.edges.map((edge) => this.keyIn(edge)) });
    return this.scene?.reveal(path.nodes.map((node) => node.id));
  }

  /** The key under which a relation of some answer stands in the picture. */
  keyIn(edge) {
    const key = keyOf(edge);
    if (this.model.edges.has(key)) return key;
    const turned = keyOf({ ...edge, source: edge.target, target: edge.source });
    return this.model.edges.has(turned) ? turned : null;
  }

  /** Select a subject, bring it into sight and open its panel. */
  select(id) {
    if (!this.model.has(id)) return;
    this.model.select([id]);
    this.scene?.reveal([id]);
    this.show("subject", { id });
  }

  /** Choose what to add around a subject. */
  expand(id) {
    return this.flows.expand?.(id);
  }

  remove(ids) {
    const gone = ids.filter((id) => this.model.has(id));
    if (!gone.length) return;
    this.model.change(t("did.remove", { count: gone.length }), (doc) => without(doc, gone));
    this.model.select();
    announce(t("did.remove", { count: gone.length }));
  }

  hide(ids) {
    this.mark(ids, { hidden: true }, t("did.hide", { count: ids.length }));
    this.model.select();
  }

  /** Show again what was hidden by hand. */
  unhide() {
    const ids = this.model.ids.filter((id) => this.model.doc.nodes[id].hidden);
    this.mark(ids, { hidden: undefined }, t("did.unhide", { count: ids.length }));
  }

  pin(ids, on) {
    this.mark(ids, { pinned: on || undefined }, t(on ? "did.pin" : "did.unpin", { count: ids.length }));
  }

  /** A note on a subject; "" takes it off. */
  note(id, text) {
    this.mark([id], { note: text || undefined }, t("did.note"));
  }

  mark(ids, change, label) {
    const here = ids.filter((id) => this.model.has(id));
    if (!here.length) return;
    this.model.change(label, (doc) => patched(doc, Object.fromEntries(here.map((id) => [id, change]))));
    announce(label);
  }

  undo() {
    const label = this.model.undo();
    announce(label ? t("told.undone", { label }) : t("told.nothing"));
  }

  redo() {
    const label = this.model.redo();
    announce(label ? t("told.redone", { label }) : t("told.nothing"));
  }

  /** Another doc in the place of this one: opened, shared or loaded. */
  async open(doc) {
    this.known = nothing();
    this.model.replace(doc);
    await this.catchUp();
    this.scene?.fit();
  }

  /** Ids drawn now, in the order of the picture. */
  get shown() {
    return visible(this.model).nodes;
  }

  /** The subject's card, asked anew: the counts of its relations by type and direction. */
  card(id, signal) {
    return get(`/api/subject/${encodeURIComponent(id)}`, { as_of: this.asOf, most: 1 }, { signal });
  }
}
