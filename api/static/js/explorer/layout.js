// Where subjects stand: asked of the server, so that the same picture always comes out the same. What stands stays.

import { send } from "../api.js";
import { contacts } from "./lines.js";
import { visible } from "./visible.js";

/**
 * Places for subjects, by id. Those that have a place keep it, unless `anew`.
 * @param {import("./state.js").Model} model
 * @param {string[]} ids all subjects of the picture @param {{anew?: boolean, kind?: "force"|"layered", signal?: AbortSignal, near?: string|null}} [how]
 * @returns {Promise<Record<string, {x: number, y: number}>>}
 */
export async function places(model, ids, { anew = false, kind = "force", signal, near = null } = {}) {
  const placed = model.doc.nodes;
  const wanted = new Set(ids);
  // One subject alone says nothing of where the others go: all are placed, then moved so that it stays.
  const standing = ids.filter((id) => (placed[id]?.x ?? null) !== null);
  const sole = !anew && standing.length === 1 ? standing[0] : null;
  const nodes = ids.map((id) => {
    const at = placed[id];
    if (!at || at.x === null || id === sole || (anew && !at.pinned)) return { id };
    return { id, x: at.x, y: at.y, fixed: true };
  });
  const among = [...model.edges.values()].filter((edge) => wanted.has(edge.source) && wanted.has(edge.target));
  const { hubs, rest } = contacts(among);
  const edges = [...rest.map((edge) => [edge.source, edge.target]), ...hubs.flatMap((hub) => hub.members.map((one) => [one, hub.id]))];
  const tags = hubs.map((hub) => ({ id: hub.id }));
  try {
    const { positions } = await send("POST", "/api/layout", { nodes: [...nodes, ...tags], edges, kind }, { signal });
    if (standing.length > 1 && !anew) offLines(positions, new Set(standing), edges);
    const [dx, dy] = sole ? [placed[sole].x - positions[sole][0], placed[sole].y - positions[sole][1]] : [0, 0];
    return Object.fromEntries(Object.entries(positions).filter(([id]) => wanted.has(id)).map(([id, [x, y]]) => [id, { x: Math.round(x + dx), y: Math.round(y + dy) }]));
  } catch (error) {
    if (error.name === "AbortError" || error.status !== 0 && error.status < 500 && error.status !== 404) throw error;
    return rings(nodes, placed[near]);
  }
}

const HALF = [92, 40];

const MOST_MOVED = 40;

/** A newcomer does not stand on a line between two others, where it would look like a stop on their way. */
function offLines(positions, standing, edges) {
  const fresh = Object.keys(positions).filter((id) => !standing.has(id));
  if (fresh.length > MOST_MOVED) return;
  for (const id of fresh) {
    const others = Object.entries(positions).filter(([one]) => one !== id).map(([, at]) => at);
    const lines = edges.filter(([one, other]) => one !== id && other !== id && positions[one] && positions[other]);
    const covers = (at) => lines.some(([one, other]) => onLine(at, positions[one], positions[other]));
    const free = ([x, y]) => others.every(([ox, oy]) => Math.abs(ox - x) > HALF[0] * 1.9 || Math.abs(oy - y) > HALF[1] * 1.9);
    if (!covers(positions[id])) continue;
    const [x, y] = positions[id];
    const around = [140, 200, 260, 330, 400].flatMap((far) => Array.from({ length: 12 }, (_, i) => [x + Math.cos((i * Math.PI) / 6) * far, y + Math.sin((i * Math.PI) / 6) * far * 0.75]));
    positions[id] = around.find((at) => free(at) && !covers(at)) ?? around.find(free) ?? positions[id];
  }
}

/** Whether a card at a point covers the line between two others. */
function onLine([x, y], from, to) {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const along = ((x - from[0]) * dx + (y - from[1]) * dy) / (dx * dx + dy * dy || 1);
  return along > 0 && along < 1 && Math.abs(from[0] + along * dx - x) < HALF[0] && Math.abs(from[1] + along * dy - y) < HALF[1];
}

/** Without the server's layout: rings around a place, so that nothing that was found is lost. */
function rings(nodes, centre) {
  const found = {};
  const loose = nodes.filter((node) => node.x === undefined);
  loose.forEach((node, index) => {
    const ring = Math.floor(index / 12) + 1;
    const angle = ((index % 12) / Math.min(12, loose.length)) * 2 * Math.PI;
    found[node.id] = { x: (centre?.x ?? 0) + Math.cos(angle) * ring * 220, y: (centre?.y ?? 0) + Math.sin(angle) * ring * 150 };
  });
  return found;
}

/** A tree of what is drawn, worked out here by dagre. @returns {Record<string, {x: number, y: number}>} */
export function layered(cy, model, direction = "TB") {
  const { nodes } = visible(model);
  const drawn = cy.collection(nodes.map((id) => cy.getElementById(id)).filter((node) => node.nonempty()));
  const found = {};
  drawn.union(drawn.edgesWith(drawn)).layout({
    name: "dagre", rankDir: direction, nodeSep: 26, rankSep: 74, animate: false, fit: false,
    transform: (node, at) => { found[node.id()] = { x: at.x, y: at.y }; return node.position(); },
  }).run();
  return wrapped(found, direction);
}

const ROW = { TB: [8, 190, 84], LR: [14, 250, 84] };

/** A rank with more cards than can be read side by side goes on in further lines; the ranks behind make room. */
function wrapped(found, direction) {
  const [most, wide, high] = ROW[direction] ?? ROW.TB;
  const [along, across, step, line] = direction === "LR" ? ["y", "x", high, wide] : ["x", "y", wide, high];
  const ranks = new Map();
  for (const [id, at] of Object.entries(found)) {
    const rank = Math.round(at[across]);
    ranks.set(rank, [...(ranks.get(rank) ?? []), id]);
  }
  if ([...ranks.values()].every((ids) => ids.length <= most)) return found;
  const made = [];
  const all = Object.values(found).map((at) => at[along]);
  const [middle, half] = [(Math.min(...all) + Math.max(...all)) / 2, (Math.max(...all) - Math.min(...all)) / 2 || 1];
  // The other ranks come together by as much as the widest one does.
  const closer = ((most - 1) * step) / 2 / half;
  let shift = 0;
  for (const rank of [...ranks.keys()].sort((a, b) => a - b)) {
    const ids = ranks.get(rank).sort((a, b) => found[a][along] - found[b][along]);
    const lines = Math.ceil(ids.length / most);
    const each = Math.ceil(ids.length / lines);
    const wishes = spaced(ids.map((id) => (found[id][along] - middle) * closer), step);
    ids.forEach((id, index) => {
      const row = Math.floor(index / each);
      const inRow = Math.min(each, ids.length - row * each);
      made.push([id, { [along]: lines === 1 ? wishes[index] : ((index % each) - (inRow - 1) / 2) * step, [across]: rank + shift + row * line }]);
    });
    shift += (lines - 1) * line;
  }
  return Object.fromEntries(made);
}

/** Places near the wishes, in their order, a step apart. */
function spaced(wishes, step) {
  const placed = [];
  for (const wish of wishes) placed.push(placed.length ? Math.max(wish, placed.at(-1) + step) : wish);
  const over = placed.reduce((sum, at, index) => sum + at - wishes[index], 0) / placed.length;
  return placed.map((at) => at - over);
}
