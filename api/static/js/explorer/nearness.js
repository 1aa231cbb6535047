// How near a listing comes, told to the model, so that the picture shows each subject of a lit path with what is left of the score.

import { get } from "../api.js";

let asked = null;
const policy = () => (asked ??= get("/api/policy").catch((error) => { asked = null; throw error; }));

/** The band of a score: the highest whose floor it reaches, or null. */
const bandOf = (bands, score) => Object.entries(bands).sort((a, b) => b[1] - a[1]).find(([, floor]) => score >= floor)?.[0] ?? null;

/** Learn what arrives at each subject of a path that starts with `start` at its last node; the strongest known stays. */
export async function learnPath(app, path, start) {
  const { bands } = await policy();
  let left = start;
  const nodes = [];
  for (let at = path.edges.length - 1; at >= 0; at -= 1) {
    left *= path.edges[at].weight ?? 0;
    const subject = path.nodes[at];
    const known = app.model.subjects.get(subject.id);
    if (known && app.model.has(subject.id) && left > (known.score ?? 0)) nodes.push({ subject: known.subject, score: +left.toFixed(9), band: bandOf(bands, left) });
  }
  if (nodes.length) app.model.learn({ nodes });
}
