// Relations become lines: those of one pair that run the same way and look the same share one line, so that a
// director who is also manager and shareholder does not cover the name of the firm with arrows.

import { relationText, width } from "./label.js";
import { viaOf } from "./state.js";
import { ended } from "./visible.js";

/** Types without a direction, and those that are inferred rather than registered. */
export const BOTH_WAYS = new Set(["CONCERT", "KIN", "MAYBE_SAME", "CO_DEBTOR", "CONTACT"]);
export const INFERRED = new Set(["MAYBE_SAME", "CONTACT"]);

/** How a relation is drawn. @returns {"ended"|"possible"|"current"} `ended`: not in force */
export const look = (edge, asOf) => (ended(edge, asOf) ? "ended" : INFERRED.has(edge.type) ? "possible" : "current");

/** Thickness in three steps: what holds a majority, what holds a quarter, the rest. */
const weight = (edge) => (edge.ratio > 0.5 || edge.type === "ACTUAL_CONTROLLER" ? 3 : edge.ratio >= 0.25 ? 2 : 1);

/** From so many subjects on, a contact they share is drawn as a tag of its own: else everybody is joined to everybody. */
const MANY_SHARE = 3;

/**
 * Contacts shared by many of those shown, and the relations that are left.
 * @returns {{hubs: {id: string, via: {kind: string, value: string}, members: string[], keys: Map<string, string[]>}[], rest: any[]}}
 */
export function contacts(edges) {
  const found = new Map();
  for (const edge of edges) {
    if (edge.type !== "CONTACT" || !edge.via) continue;
    const id = `via\u001f${viaOf(edge)}`;
    const hub = found.get(id) ?? { id, via: edge.via, members: [], keys: new Map() };
    for (const one of [edge.source, edge.target]) hub.keys.set(one, [...(hub.keys.get(one) ?? []), edge.key]);
    found.set(id, hub);
  }
  const hubs = [...found.values()].map((hub) => ({ ...hub, members: [...hub.keys.keys()] })).filter((hub) => hub.members.length >= MANY_SHARE);
  const taken = new Set(hubs.map((hub) => hub.id));
  return { hubs, rest: edges.filter((edge) => !edge.via || !taken.has(`via\u001f${viaOf(edge)}`)) };
}

/**
 * The lines of these relations.
 * @param {any[]} edges @param {string} asOf @param {(id: string) => string} end where a subject is drawn (its closed group)
 * @returns {{id: string, source: string, target: string, look: string, both: boolean, weight: number, label: string, keys: string[]}[]}
 */
export function lines(edges, asOf, end = (id) => id) {
  const found = new Map();
  for (const edge of edges) {
    const both = BOTH_WAYS.has(edge.type);
    let [source, target] = [end(edge.source), end(edge.target)];
    if (source === target) continue;
    if (both && source > target) [source, target] = [target, source];
    const id = ["line", source, target, look(edge, asOf), both].join("\u001f");
    const line = found.get(id) ?? { id, source, target, look: look(edge, asOf), both, weight: 1, keys: [], texts: [] };
    line.weight = Math.max(line.weight, weight(edge));
    line.keys.push(edge.key);
    const text = relationText(edge);
    if (!line.texts.includes(text)) line.texts.push(text);
    found.set(id, line);
  }
  return [...found.values()].map(({ texts, ...line }) => ({ ...line, label: short(texts) }));
}

/** At most three, below each other where a row would be long. */
function short(texts) {
  const some = texts.length > 3 ? [...texts.slice(0, 2), `+${texts.length - 2}`] : texts;
  return some.join(width(some.join("")) > 9 ? "\n" : "、");
}
