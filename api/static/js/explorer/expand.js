// Expanding a subject: first how many relations of which kind there are, then those that are wanted.

import { get } from "../api.js";
import { announce } from "../dom.js";
import { add, codesOf, t } from "../words.js";
import { nameOf } from "./elements.js";
import { without } from "./state.js";
import { choice, picks, usual } from "./supernode.js";
import { rests } from "./visible.js";

/** Above so many neighbours the user says which ones first. */
export const MANY = 50;

/** @param {import("./app.js").App} app */
export function mount(app) {
  app.flows.expand = (id) => expand(app, id).catch((error) => app.fail(error));
  app.flows.expandAll = (id) => expandAll(app, id).catch((error) => app.fail(error));
  app.flows.collapse = (id) => collapse(app, id);
}

/** The counts of a subject's relations in force, contacts among them, by type and direction. */
async function counted(app, id) {
  const day = app.asOf;
  const found = await app.busy((signal) => Promise.all([app.card(id, signal), get("/api/expand", { subject: id, type: "CONTACT", limit: 1, as_of: day }, { signal })]), t("busy.counts"));
  if (!found || day !== app.asOf) return null;
  const [card, shared] = found;
  const order = codesOf("relations");
  const rows = [...card.counts, { type: "CONTACT", direction: "both", active: shared.active }].filter((row) => row.active > 0)
    .sort((a, b) => order.indexOf(a.type) - order.indexOf(b.type));
  return { day, rows, total: rows.reduce((sum, row) => sum + row.active, 0) };
}

async function expand(app, id) {
  const found = await counted(app, id);
  if (!found) return;
  const wanted = await choice(app, id, found, found.total > MANY);
  if (wanted) await bring(app, id, wanted, found);
}

/** All of it at once, unless there is too much. */
async function expandAll(app, id) {
  const found = await counted(app, id);
  if (!found) return;
  const rows = found.rows.filter(usual);
  if (rows.reduce((sum, row) => sum + row.active, 0) > MANY || !rows.length) { await expand(app, id); return; }
  await bring(app, id, { picks: picks(rows, found.rows), order: "risk", limit: 100 }, found);
}

/**
 * Fetch the wanted neighbours and bring them in.
 * @param {{picks: {types: string[], direction: string}[], order: string, limit: number}} wanted
 */
async function bring(app, id, { picks, order, limit }, { day, total }) {
  const parts = await app.busy((signal) => Promise.all(picks.map(({ types, direction }) =>
    get("/api/expand", { subject: id, type: types, direction, order, limit, as_of: day }, { signal }))), t("busy.expand"));
  if (!parts || day !== app.asOf) return;
  const relations = parts.flatMap((part) => part.relations).slice(0, limit);
  const others = [...new Set(relations.map((edge) => edge.other.id))].filter((other) => other !== id);
  const fresh = others.filter((other) => !app.model.has(other));
  const edges = relations.map(({ other: _other, listed: _listed, ...edge }) => edge);
  const kept = await app.addSubjects(fresh, { label: t("did.expand", { name: nameOf(app.model, id), count: fresh.length }), near: id, edges, day, total, select: false });
  if (!kept) return;
  app.limits.expand(id, parts, day);
  app.model.tell("gaps");
  app.model.select([id]);
  const rest = rests(app.model).get(id) ?? 0;
  announce(t(rest ? "told.expanded.rest" : "told.expanded", { count: kept.length, rest }));
}

/** Take back what hangs on this subject alone; what is pinned or has a note stays. */
function collapse(app, id) {
  const beside = new Map();
  for (const edge of app.model.edges.values()) {
    if (!app.model.has(edge.source) || !app.model.has(edge.target)) continue;
    for (const [one, other] of [[edge.source, edge.target], [edge.target, edge.source]]) beside.set(one, (beside.get(one) ?? new Set()).add(other));
  }
  const { nodes, seed } = app.model.doc;
  const leaves = [...(beside.get(id) ?? [])].filter((one) => one !== seed && !nodes[one].pinned && !nodes[one].note && [...beside.get(one)].every((other) => other === id));
  if (!leaves.length) { announce(t("told.nothing.collapse")); return; }
  app.model.change(t("did.collapse", { name: nameOf(app.model, id), count: leaves.length }), (doc) => {
    const less = without(doc, leaves);
    return { ...less, nodes: { ...less.nodes, [id]: { ...less.nodes[id], total: undefined } } };
  });
  announce(t("told.collapsed", { count: leaves.length }));
}

add({
  "busy.counts": ["正在清点关系……", "Counting relations …"],
  "busy.expand": ["正在展开……", "Expanding …"],
  "did.expand": ["展开 {name}（{count} 个节点）", "expand {name} ({count} nodes)"],
  "did.collapse": ["收起 {name}（{count} 个节点）", "collapse {name} ({count} nodes)"],
  "told.expanded": ["已展开 {count} 个节点。", "{count} nodes expanded."],
  "told.expanded.rest": ["已展开 {count} 个节点，还有 {rest} 条关系未展开。", "{count} nodes expanded; {rest} relations are not."],
  "told.collapsed": ["已收起 {count} 个节点。", "{count} nodes collapsed."],
  "told.nothing.collapse": ["没有只挂在这个主体上的节点可收。", "Nothing hangs on this subject alone."],
});
