// Expanding one type of relation in one direction; where there are many, the choice is put first.

import { get } from "../api.js";
import { announce } from "../dom.js";
import { add, say, t } from "../words.js";
import { MANY } from "./expand.js";
import { visit } from "./pieces.js";

/** @param {{type: string, direction: string, active: number}} row of the subject's counts */
export async function only(app, subject, row) {
  if (!app.model.has(subject.id)) await visit(app, subject);
  if (row.active > MANY) return app.expand(subject.id);
  try {
    const answer = await app.busy((signal) => get("/api/expand", {
      subject: subject.id, type: row.type, direction: row.direction ?? "both", limit: MANY, as_of: app.asOf,
    }, { signal }), t("only.busy"));
    if (answer) await bring(app, subject, row, answer.relations);
  } catch (error) {
    app.fail(error);
  }
}

async function bring(app, subject, row, relations) {
  const fresh = [...new Set(relations.map((one) => one.other.id))].filter((id) => !app.model.has(id));
  if (!fresh.length) return announce(t("only.none"));
  const edges = relations.map(({ other: _other, listed: _listed, ...edge }) => edge);
  await app.addSubjects(fresh, { label: t("only.step", { name: subject.name, type: say("relations", row.type) }), near: subject.id, edges, select: false });
  app.model.select([subject.id]);
}

add({
  "only.busy": ["正在展开……", "Expanding …"],
  "only.none": ["这一类关系都已在图中。", "These are in the picture already."],
  "only.step": ["展开 {name} 的{type}", "expand {name}: {type}"],
});
