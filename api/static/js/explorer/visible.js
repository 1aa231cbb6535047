// Which of the model is drawn: what is hidden by hand or switched off in the legend is left out, and counted.

import { family } from "../words.js";

/** The ways a subject can stand, strongest first; what each looks like is told by style.js and the legend. */
export const STANDINGS = ["negative", "record", "foreign", "high", "medium", "low", "red", "none", "unknown"];
const OF_FAMILY = { negative: "negative", cn_foreign: "negative", status: "record", record: "record", foreign: "foreign", red: "red" };

/** The one standing of a subject: its own adverse listings first, then how near others come, then commendation;
 * `unknown` where nothing was heard of the day yet. */
export function standing(fact) {
  if (!fact?.asked) return "unknown";
  const own = new Set((fact.listed ?? []).map((listing) => OF_FAMILY[family(listing.list)]));
  if (own.has("negative")) return "negative";
  if (own.has("record")) return "record";
  if (fact.band) return fact.band;
  if (own.has("foreign")) return "foreign";
  return own.has("red") ? "red" : "none";
}

/** The kind a subject is drawn as: foreign bodies have an outline of their own. */
export const kindOf = (fact) => (fact?.subject.form === "foreign" ? "foreign" : fact?.subject.kind ?? "enterprise");

/** Whether a relation is not in force on that day: over, or not begun. */
export const ended = (edge, asOf) => edge.active === false || Boolean(edge.until && edge.until <= asOf) || Boolean(edge.since && edge.since > asOf);

/**
 * What is drawn now.
 * @param {import("./state.js").Model} model
 * @returns {{nodes: string[], edges: any[], loose: Set<string>, hidden: {byHand: number, nodes: number, edges: number}}}
 *   `loose`: nodes without any relation in the picture on that day; `hidden`: what is left out and why.
 */
export function visible(model) {
  const { nodes, filters, asOf } = model.doc;
  const shown = new Set();
  const hidden = { byHand: 0, nodes: 0, edges: 0 };
  for (const [id, placed] of Object.entries(nodes)) {
    if (placed.hidden) hidden.byHand += 1;
    else if (filteredNode(model.fact(id), filters)) hidden.nodes += 1;
    else shown.add(id);
  }
  const edges = [];
  const joined = new Set();
  for (const edge of model.edges.values()) {
    if (!shown.has(edge.source) || !shown.has(edge.target)) continue;
    joined.add(edge.source).add(edge.target);
    if (filteredEdge(edge, filters, asOf)) hidden.edges += 1;
    else edges.push(edge);
  }
  const loose = new Set(shown.size > 1 ? [...shown].filter((id) => !joined.has(id) && model.subjects.get(id)?.asked) : []);
  return { nodes: [...shown], edges, loose, hidden };
}

function filteredNode(fact, filters) {
  return Boolean(fact) && (filters.kinds.includes(kindOf(fact)) || filters.bands.includes(standing(fact)));
}

function filteredEdge(edge, filters, asOf) {
  if (filters.types.includes(edge.type)) return true;
  if (!filters.ended && ended(edge, asOf)) return true;
  // A relation whose start is not stated stays: not knowing is no reason to leave it out.
  if (filters.since && edge.since && edge.since < filters.since) return true;
  return Boolean(filters.until && edge.since && edge.since > filters.until);
}

/** How many relations of subjects that were expanded are not in the picture, where there are any. */
export function rests(model) {
  const { nodes, asOf } = model.doc;
  const left = new Map(Object.entries(nodes).filter(([, placed]) => placed.total && placed.on === asOf).map(([id, placed]) => [id, placed.total]));
  if (!left.size || ![...left.keys()].every((id) => model.subjects.get(id)?.asked)) return new Map();
  for (const edge of model.edges.values()) {
    if (!model.has(edge.source) || !model.has(edge.target) || ended(edge, asOf)) continue;
    for (const id of [edge.source, edge.target]) if (left.has(id)) left.set(id, left.get(id) - 1);
  }
  return new Map([...left].filter(([, count]) => count > 0));
}
