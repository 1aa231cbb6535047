// Commands on the whole picture: tidy, layers, invert, neighbours, and how near listings come to what is drawn.

import { get } from "../api.js";
import { announce, toast } from "../dom.js";
import { add, t } from "../words.js";
import { layered, places } from "./layout.js";
import { patched } from "./state.js";
import { visible } from "./visible.js";

/** Questions of exposure a picture may ask at once: more would take minutes. */
const MOST_SCORED = 120;

/** @param {import("./app.js").App} app */
export function mount(app) {
  const { model, flows } = app;
  flows.tidy = (kind) => app.inTurn(async () => {
    const at = await app.busy((signal) => places(model, model.ids, { anew: true, kind, signal }), t("busy.layout"));
    if (at) move(app, t("did.tidy"), at);
  });
  flows.layered = (direction) => move(app, t("did.layered"), layered(app.scene.cy, model, direction));
  flows.invert = () => model.select(visible(model).nodes.filter((id) => !model.view.nodes.has(id)));
  flows.beside = () => model.select([...model.view.nodes, ...beside(model)]);
  flows.score = () => app.inTurn(() => score(app));
}

/** Everything but what is pinned goes to its new place, in one step. */
function move(app, label, at) {
  app.model.change(label, (doc) => patched(doc, Object.fromEntries(
    Object.entries(at).filter(([id]) => doc.nodes[id] && !doc.nodes[id].pinned).map(([id, { x, y }]) => [id, { x: Math.round(x), y: Math.round(y) }]))));
  app.scene.fit();
  announce(label);
}

function beside(model) {
  const chosen = model.view.nodes;
  return visible(model).edges.flatMap((edge) => (chosen.has(edge.source) ? [edge.target] : chosen.has(edge.target) ? [edge.source] : []));
}

/** How near listings come: of the chosen subjects, or of all that are drawn. Two questions at a time. */
async function score(app) {
  const { model } = app;
  const wanted = model.view.nodes.size > 1 ? [...model.view.nodes] : visible(model).nodes;
  const ids = wanted.slice(0, MOST_SCORED);
  const day = app.asOf;
  const found = [];
  const queue = [...ids];
  const done = await app.busy(async (signal) => {
    const work = async () => {
      for (let id = queue.shift(); id; id = queue.shift()) {
        const answer = await get("/api/exposure", { subject: id, as_of: day, limit: 1 }, { signal });
        const best = answer.exposures[0];
        found.push([answer.subject.id, { band: best?.band ?? null, score: best?.score ?? null }]);
      }
    };
    await Promise.all([work(), work()]);
    return true;
  }, t("busy.score", { count: ids.length }));
  if (!done || day !== app.asOf) return;
  model.learnNear(found, day);
  const near = found.filter(([, { band }]) => band).length;
  const cut = wanted.length > ids.length ? t("told.score.cut", { left: wanted.length - ids.length }) : "";
  toast(t("told.score", { count: found.length, near }) + cut);
  announce(t("told.score", { count: found.length, near }) + cut);
}

add({
  "did.tidy": ["全部重新排布", "tidy all"], "did.layered": ["分层排布", "layered"],
  "busy.score": ["正在查 {count} 个主体接近哪些名单……", "Asking how near listings come to {count} subjects …"],
  "told.score": ["已查 {count} 个主体，{near} 个有关联提示。关联提示，不构成失信惩戒依据。", "{count} subjects asked, {near} have associations: no ground for any sanction."],
  "told.score.cut": ["另有 {left} 个未查：先选中要查的再点“接近程度”。", "{left} were not asked: select those you want and ask again."],
});
