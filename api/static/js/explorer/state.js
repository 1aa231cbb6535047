// The model of the explorer. Two things, kept apart:
//   doc    what the user made: which subjects stand where, pins, hidden ones, notes, groups, filters, the day.
//          Plain JSON, never changed in place: undo and redo, saving and sharing are just earlier or stored docs.
//   facts  what the server said about the subjects and relations in the doc, on the doc's day. Never saved.
// Selection, lit paths and the camera are neither: they are `view`, without history.

export const VERSION = 1;
export const MOST_NODES = 1500;
const DEPTH = 200;

/**
 * @typedef {{x: number|null, y: number|null, pinned?: boolean, hidden?: boolean, note?: string, group?: string, total?: number, on?: string}} Placed
 * @typedef {{v: number, asOf: string, seed: string|null, nodes: Record<string, Placed>, groups: Record<string, {name: string, closed: boolean}>, filters: Filters}} Doc
 * @typedef {{types: string[], kinds: string[], bands: string[], since: string, until: string, ended: boolean}} Filters
 *   `types`, `kinds`, `bands` name what is switched OFF; `ended` shows relations that are not in force.
 */

/** @returns {Doc} */
export const emptyDoc = (asOf) => ({
  v: VERSION, asOf, seed: null, nodes: {}, groups: {},
  filters: { types: [], kinds: [], bands: [], since: "", until: "", ended: false },
});

export class Model extends EventTarget {
  /** @param {string} asOf the day of evaluation, YYYY-MM-DD */
  constructor(asOf) {
    super();
    this.doc = emptyDoc(asOf);
    /** Subjects by id: {subject: SUBJECT, listed: LISTING[], degree: number, band: string|null, score: number|null}. */
    this.subjects = new Map();
    /** Relations by key: EDGE + {key}. */
    this.edges = new Map();
    /** selected: keys of nodes and edges; lit: {nodes:Set, edges:Set}|null (an evidence path); mode: network|tree|table. */
    this.view = { nodes: new Set(), edges: new Set(), lit: null, mode: "network" };
    this.past = [];
    this.future = [];
  }

  /** Tell listeners of `doc`, `facts`, `view`. */
  tell(what, detail = null) {
    this.dispatchEvent(new CustomEvent(what, { detail }));
  }

  on(what, handler) {
    this.addEventListener(what, (event) => handler(event.detail));
  }

  /**
   * One step that can be undone. `make` takes the doc and returns the next one; `label` names the step to the user.
   * @param {string} label @param {(doc: Doc) => Doc} make
   */
  change(label, make) {
    const next = make(this.doc);
    if (next === this.doc) return;
    this.past.push({ label, doc: this.doc });
    if (this.past.length > DEPTH) this.past.shift();
    this.future = [];
    this.doc = next;
    this.tell("doc", { label });
  }

  /** A change without a step of its own: where the layout put things. */
  settle(make) {
    this.doc = make(this.doc);
    this.tell("doc", { label: null });
  }

  undo() {
    return this.step(this.past, this.future);
  }

  redo() {
    return this.step(this.future, this.past);
  }

  /** The label of the step taken back or made again, or null. */
  step(from, to) {
    const taken = from.pop();
    if (!taken) return null;
    to.push({ label: taken.label, doc: this.doc });
    const day = this.doc.asOf;
    this.doc = taken.doc;
    this.tell("doc", { label: taken.label, stepped: true, redate: day !== this.doc.asOf });
    return taken.label;
  }

  /** Another doc in the place of this one (opening a saved view); the history starts anew. */
  replace(doc) {
    this.doc = doc;
    this.past = [];
    this.future = [];
    this.subjects.clear();
    this.edges.clear();
    this.view = { ...this.view, nodes: new Set(), edges: new Set(), lit: null };
    this.tell("doc", { label: null, replaced: true });
  }

  /** What the server said, merged into what is known. */
  learn({ nodes = [], edges = [] }) {
    for (const node of nodes) this.subjects.set(node.subject.id, { ...this.subjects.get(node.subject.id), ...node });
    for (const edge of edges) this.edges.set(edge.key, edge);
    this.tell("facts");
  }

  /** Forget all relations: the day changed. */
  forget() {
    this.edges.clear();
  }

  /** Ids in the doc, hidden ones too. */
  get ids() {
    return Object.keys(this.doc.nodes);
  }

  has(id) {
    return id in this.doc.nodes;
  }

  select(nodes = [], edges = []) {
    this.view = { ...this.view, nodes: new Set(nodes), edges: new Set(edges) };
    this.tell("view", { selected: true });
  }

  /** Light up a path: its ids and keys; null for none. */
  light(lit) {
    this.view = { ...this.view, lit: lit && { nodes: new Set(lit.nodes), edges: new Set(lit.edges) } };
    this.tell("view", { lit: true });
  }

  setMode(mode) {
    this.view = { ...this.view, mode };
    this.tell("view", { mode: true });
  }
}

/** The key of a relation: what makes it one, so that the same relation of two answers is drawn once. */
export const keyOf = (edge) =>
  [edge.type, edge.source, edge.target, viaOf(edge), edge.since ?? "", edge.record ?? ""].join("\u001f");

/** What a relation goes over, a shared contact, as text; "" where there is none. */
export const viaOf = ({ via }) => (via ? `${via.kind}:${via.value}` : "");

/** The doc with these subjects in it; those already there keep their places. */
export const withNodes = (doc, ids, near = null) => {
  const more = ids.filter((id) => !(id in doc.nodes));
  if (!more.length) return doc;
  const at = near && doc.nodes[near];
  const placed = Object.fromEntries(more.map((id) => [id, { x: null, y: null, ...(at ? { near } : {}) }]));
  return { ...doc, nodes: { ...doc.nodes, ...placed } };
};

/** The doc with changes to single nodes: {id: {…}}. */
export const patched = (doc, changes) => {
  const nodes = { ...doc.nodes };
  for (const [id, change] of Object.entries(changes)) if (nodes[id]) nodes[id] = { ...nodes[id], ...change };
  return { ...doc, nodes };
};

/** The doc without these subjects. */
export const without = (doc, ids) => {
  const gone = new Set(ids);
  return { ...doc, nodes: Object.fromEntries(Object.entries(doc.nodes).filter(([id]) => !gone.has(id))) };
};

/** The doc with other ids for some subjects. */
export const renamedIn = (doc, now) => ({
  ...doc, seed: now[doc.seed] ?? doc.seed, nodes: Object.fromEntries(Object.entries(doc.nodes).map(([id, placed]) => [now[id] ?? id, placed])),
});
