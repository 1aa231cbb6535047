// How near a listing comes along a lit path: what is left of the score at each of its subjects. It belongs to that path
// and goes out with its light, so that paths of different listings never mix on a card.

import { get } from "../api.js";

let asked = null;
const policy = () => (asked ??= get("/api/policy").catch((error) => { asked = null; throw error; }));

/** The band of a score: the highest whose floor it reaches, or null. */
const bandOf = (bands, score) => Object.entries(bands).sort((a, b) => b[1] - a[1]).find(([, floor]) => score >= floor)?.[0] ?? null;

/** Tell what arrives at each subject of the lit path, which starts with `start` at its last node. */
export async function learnPath(app, path, start) {
  const { lit } = app.model.view;
  const { bands } = await policy();
  // Another path, or another day, by now.
  if (!lit || app.model.view.lit !== lit) return;
  let left = start;
  const near = [];
  for (let at = path.edges.length - 1; at >= 0; at -= 1) {
    left *= path.edges[at].weight ?? 0;
    near.push([path.nodes[at].id, { score: +left.toFixed(9), band: bandOf(bands, left) }]);
  }
  app.model.light({ ...lit, near });
}
