// Relations and paths put into words: who, what, to whom, how much, from when to when, on which record.

import { add, percent, say, span, t } from "../words.js";

/** What a relation says, its ends by name. @param {(id: string) => string} nameOf */
export function reads(edge, nameOf) {
  const known = say("reads", edge.type);
  const text = edge.via ? t("reads.contact") : known === edge.type ? `{a} → ${say("relations", edge.type)} → {b}` : known;
  const values = { a: nameOf(edge.source), b: nameOf(edge.target), kind: say("contacts", edge.via?.kind), value: edge.via?.value ?? "" };
  return text.replace(/\{(a|b|kind|value)\}/g, (_, name) => values[name]);
}

/** The share of a holding as known: exact, or the bounds of it; "" where none is stated. */
export function shareOf(edge) {
  if (edge.ratio !== null && edge.ratio !== undefined) return percent(edge.ratio);
  const [low, high] = [edge.ratio_min ?? null, edge.ratio_max ?? null];
  if (low !== null && high !== null) return `${percent(low)}–${percent(high)}`;
  if (low !== null) return `≥ ${percent(low)}`;
  return high !== null ? `≤ ${percent(high)}` : "";
}

/** Share, title and dates of a relation as of a day, in the order they are read. */
export const details = (edge, asOf) => [
  shareOf(edge),
  edge.title && edge.title !== say("relations", edge.type) ? edge.title : "",
  edge.type === "CONTACT" && !edge.since && !edge.until ? "" : span(edge.since, edge.until, asOf),
].filter(Boolean);

/** The name of a subject in a path, by id. */
export const namesOf = (nodes) => {
  const names = new Map(nodes.map((node) => [node.id, node.name]));
  return (id) => names.get(id) ?? id;
};

add({ "reads.contact": ["{a} 与 {b} 登记了同一{kind} {value}", "{a} and {b} gave the same {kind} {value}"] });
