// Which part of an ownership tree is open. The server gives levels; the user opens one subject after the other.

/**
 * @typedef {{subject: any, level: number, integrated: number|null, at_least: boolean, controls: boolean, stop: boolean, circle: boolean, listed: any[]}} Standing
 * @typedef {{id: string, parent: string, side: "up"|"down", count: number, level: number}} Stub
 */

/** Holders of a subject (up) or what it holds (down), in the order of the answer. */
export const near = (tree, id, side) =>
  side === "up" ? tree.edges.filter((edge) => edge.target === id).map((edge) => edge.source) : tree.edges.filter((edge) => edge.source === id).map((edge) => edge.target);

/**
 * What is drawn: the asked subject, and step by step what hangs on subjects that are open.
 * @param {any} tree answer of /api/ownership/tree @param {Set<string>} open "up|id", "down|id"
 * @returns {{nodes: Standing[], edges: any[], stubs: Stub[]}}
 */
export function opened(tree, open) {
  const standing = new Map(tree.nodes.map((node) => [node.subject.id, node]));
  const seen = new Set([tree.subject.id]);
  for (const side of ["up", "down"]) {
    let edge = [tree.subject.id];
    while (edge.length) edge = edge.filter((id) => open.has(`${side}|${id}`)).flatMap((id) => beyond(tree, standing, id, side).filter((other) => !seen.has(other) && seen.add(other)));
  }
  const stubs = [...seen].flatMap((id) => ["up", "down"].map((side) => stub(tree, standing, seen, id, side))).filter((one) => one.count > 0);
  return { nodes: tree.nodes.filter((node) => seen.has(node.subject.id)), edges: tree.edges.filter((edge) => seen.has(edge.source) && seen.has(edge.target)), stubs };
}

/** Those one level further out than `id` on that side. */
function beyond(tree, standing, id, side) {
  const step = side === "up" ? -1 : 1;
  const level = standing.get(id).level;
  if (level * step < 0) return [];
  return near(tree, id, side).filter((other) => standing.has(other) && standing.get(other).level * step > level * step);
}

function stub(tree, standing, seen, id, side) {
  const level = standing.get(id).level;
  const step = side === "up" ? -1 : 1;
  if (level * step < 0) return { count: 0 };
  const closed = beyond(tree, standing, id, side).filter((other) => !seen.has(other)).length;
  const outside = tree.stubs.find((one) => one.parent === id && one.side === side)?.count ?? 0;
  return { id: `${side}|${id}`, parent: id, side, count: closed + outside, outside, level: level + step };
}
