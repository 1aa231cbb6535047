// The model of the explorer. Two things, kept apart:
//   doc    what the user made: which subjects stand where, pins, hidden ones, notes, groups, filters, the day.
//          Plain JSON, never changed in place: undo and redo, saving and sharing are just earlier or stored docs.
//   facts  what the server said about the subjects and relations in the doc, on the doc's day. Never saved. Facts of
//          another day are never kept: when the day changes they go, and an answer of another day is not taken in.
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
    /** Subjects by id: {subject: SUBJECT, listed: LISTING[], degree: number, asked: boolean}; asked: what is said is of the doc's day. */
    this.subjects = new Map();
    /** How near listings come, by id, as asked on the doc's day for this picture: {band: string|null, score: number|null}. */
    this.near = new Map();
    /** Relations by key: EDGE + {key}. */
    this.edges = new Map();
    /** selected: keys of nodes and edges; lit: {nodes:Set, edges:Set, near:Map}|null (an evidence path); mode: network|tree|table. */
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
    this.put(next);
    this.tell("doc", { label });
  }

  /** Another doc: what was said of another day, and how near things came in another picture, goes. */
  put(doc) {
    const { asOf, seed } = this.doc;
    this.doc = doc;
    if (doc.asOf !== asOf) {
      this.forget();
      this.view = { ...this.view, lit: null };
    }
    if (doc.asOf !== asOf || doc.seed !== seed) this.near.clear();
  }

  /** A change without a step of its own: where the layout put things. */
  settle(make) {
    this.put(make(this.doc));
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
    this.put(taken.doc);
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
    this.near.clear();
    this.view = { ...this.view, nodes: new Set(), edges: new Set(), lit: null };
    this.tell("doc", { label: null, replaced: true });
  }

  /** What the server said of a day, merged into what is known; of another day than the doc's nothing is taken in. */
  learn({ nodes = [], edges = [] }, day) {
    if (day !== this.doc.asOf) return;
    for (const node of nodes) this.subjects.set(node.subject.id, { ...this.subjects.get(node.subject.id), ...node, asked: true });
    for (const edge of edges) this.edges.set(edge.key, edge);
    this.tell("facts");
  }

  /** How near listings come to subjects on a day; of another day than the doc's nothing is taken in. @param {[string, {band: string|null, score: number|null}][]} found */
  learnNear(found, day) {
    if (day !== this.doc.asOf) return;
    for (const [id, { band, score }] of found) this.near.set(id, { band, score });
    this.tell("facts");
  }

  /** Forget all that was said of a day: relations and listings. Names stay, so that cards can be told apart. */
  forget() {
    this.edges.clear();
    for (const [id, { subject }] of this.subjects) this.subjects.set(id, { subject, listed: [], asked: false });
  }

  /** What is known of a subject on the doc's day, with how near listings come where that was asked or is lit. */
  fact(id) {
    const known = this.subjects.get(id);
    const near = this.near.get(id) ?? this.view.lit?.near.get(id);
    return known && near ? { ...known, ...near } : known;
  }

  /** Ids in the doc, hidden ones too. */
  get ids() {
    return Object.keys(this.doc.nodes);
  }

  has(id) {
    return Object.hasOwn(this.doc.nodes, id);
  }

  select(nodes = [], edges = []) {
    this.view = { ...this.view, nodes: new Set(nodes), edges: new Set(edges) };
    this.tell("view", { selected: true });
  }

  /** Light up a path: its ids and keys, and what arrives at each; null for none. */
  light(lit) {
    const before = this.view.lit?.near.size;
    this.view = { ...this.view, lit: lit && { nodes: new Set(lit.nodes), edges: new Set(lit.edges), near: new Map(lit.near ?? []) } };
    this.tell("view", { lit: true });
    if (before || lit?.near) this.tell("facts");
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
  const more = ids.filter((id) => !Object.hasOwn(doc.nodes, id));
  if (!more.length) return doc;
  const at = near && own(doc.nodes, near);
  const placed = Object.fromEntries(more.map((id) => [id, { x: null, y: null, ...(at ? { near } : {}) }]));
  return { ...doc, nodes: { ...doc.nodes, ...placed } };
};

/** The doc with changes to single nodes: {id: {…}}. */
export const patched = (doc, changes) => {
  const made = new Map(Object.entries(changes));
  return { ...doc, nodes: Object.fromEntries(Object.entries(doc.nodes).map(([id, placed]) => [id, made.has(id) ? { ...placed, ...made.get(id) } : placed])) };
};

/** The doc without these subjects. */
export const without = (doc, ids) => {
  const gone = new Set(ids);
  return { ...doc, nodes: Object.fromEntries(Object.entries(doc.nodes).filter(([id]) => !gone.has(id))) };
};

/** The doc with other ids for some subjects. */
export const renamedIn = (doc, now) => ({
  ...doc, seed: own(now, doc.seed) ?? doc.seed, nodes: Object.fromEntries(Object.entries(doc.nodes).map(([id, placed]) => [own(now, id) ?? id, placed])),
});

/** What an object holds itself under a key that came from outside: never what every object has, like `constructor`. */
export const own = (object, key) => (object && Object.hasOwn(object, key) ? object[key] : undefined);

/** Whether a text is a day of the calendar, YYYY-MM-DD. */
export const isDay = (text) => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < "0001") return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
};
