// The evidence of one relation: who to whom, how much, since when, on which record, and why it counts when nearness is scored.

import { get } from "../api.js";
import { el } from "../dom.js";
import { add, lang, percent, say, span, t } from "../words.js";
import { caution, empty, facts, load, nameButton, pathSteps, section } from "./pieces.js";
import { sameness } from "./identity.js";
import { BOTH_WAYS } from "./lines.js";
import { reads, shareOf } from "./sentences.js";
import { viaOf } from "./state.js";

export const keep = false;

/** @param {import("./app.js").App} app */
export function render(app, { args }) {
  const asked = args?.edge ? args : selected(app);
  if (!asked) return empty(t("evidence.choose"));
  const { edge, path, start = null } = asked;
  const known = new Map((asked.nodes ?? []).map((node) => [node.id, node]));
  const subjectOf = (id) => known.get(id) ?? app.model.subjects.get(id)?.subject ?? { id, name: id, kind: "" };
  const why = el("div", { data: { testid: "evidence-why" } });
  ask(app, why, edge);
  return el("div", { class: "evidence" },
    el("header", { class: "who" }, el("p", { class: "small soft", text: say("relations", edge.type) }), el("h2", { data: { testid: "evidence-sentence" }, text: reads(edge, (id) => subjectOf(id).name) })),
    el("p", { class: "ends" }, nameButton(app, subjectOf(edge.source), { near: edge.target }), el("span", { class: "soft", "aria-hidden": "true", text: BOTH_WAYS.has(edge.type) ? " — " : " → " }), nameButton(app, subjectOf(edge.target), { near: edge.source })),
    edge.type === "MAYBE_SAME" ? section(t("evidence.same"), null, sameness(app, edge)) : null,
    stored(edge, app.asOf),
    section(t("evidence.why"), null, why),
    path && path.edges.some((one) => typeof one.weight === "number") ? section(t("evidence.path"), null, pathSteps(app, path, { start })) : null,
    parallel(app, edge, subjectOf));
}

function selected(app) {
  const key = [...app.model.view.edges].at(-1);
  const edge = key && app.model.edges.get(key);
  return edge ? { edge } : null;
}

const stored = (edge, asOf) => facts([
  [t("evidence.type"), say("relations", edge.type)],
  [t("evidence.via"), edge.via && `${say("contacts", edge.via.kind)} ${edge.via.value}`],
  [t("evidence.share"), shareOf(edge)],
  [t("evidence.votes"), edge.votes === null || edge.votes === undefined ? "" : percent(edge.votes)],
  [t("evidence.income"), edge.income === null || edge.income === undefined ? "" : percent(edge.income)],
  [t("evidence.title"), edge.title],
  [t("evidence.kin"), edge.kin],
  [t("evidence.amount"), edge.amount],
  [t("evidence.dates"), span(edge.since, edge.until, asOf)],
  [t("evidence.seen"), edge.seen_on],
  [t("evidence.record"), edge.record ? el("span", { class: "mono", data: { testid: "evidence-record" }, text: edge.record }) : t("record.none")],
]);

function ask(app, box, edge) {
  const question = { type: edge.type, source: edge.source, target: edge.target, record: edge.record, as_of: app.asOf };
  load(box, (signal) => get("/api/evidence", question, { signal }), (answer) => counts(answer));
}

/** What goes over it either way, by the policy's row, and whether a search goes on through its ends. */
function counts(answer) {
  const inWords = (one) => (lang() === "en" ? one.text_en ?? one.text : one.text);
  return [
    caution(),
    ...answer.relations.slice(0, 3).flatMap((proof) => [
      proof.active ? null : el("p", { class: "small", data: { testid: "evidence-ended" }, text: `⚠ ${inWords(proof)}` }),
      el("ul", { class: "ways" }, ...proof.directions.map((one) => el("li", { class: one.weight ? "passes" : "stops", data: { testid: "evidence-way", direction: one.direction, weight: String(one.weight) } },
        el("span", { class: "weight mono", text: one.weight ? `× ${one.weight}` : "× 0" }), el("span", { text: inWords(one) })))),
    ]),
    ...answer.ends.map((one) => el("p", { class: "small soft", text: `${one.crossed ? "✓" : "✗"} ${inWords(one)}` })),
    el("p", { class: "small soft", text: t("evidence.policy", { version: answer.policy }) }),
  ];
}

/** Other relations between the same two. */
function parallel(app, edge, subjectOf) {
  const pair = new Set([edge.source, edge.target]);
  const others = [...app.model.edges.values(), ...(edge.also ?? [])].filter((one) => one !== edge && one.key !== edge.key && pair.has(one.source) && pair.has(one.target) && !same(one, edge));
  if (!others.length) return null;
  return section(t("evidence.parallel"), others.length, el("ul", { class: "plain" }, ...others.map((one) => el("li", {},
    el("button", { type: "button", class: "name", data: { testid: "evidence-parallel" }, on: { click: () => (one.key ? app.model.select([], [one.key]) : app.show("evidence", { edge: one })) } }, [reads(one, (id) => subjectOf(id).name), shareOf(one)].filter(Boolean).join("，"))))));
}

const same = (one, other) => viaOf(one) === viaOf(other) && ["type", "source", "target", "since", "record"].every((name) => (one[name] ?? null) === (other[name] ?? null));

add({
  "panel.evidence.empty": ["点选一条连线看它的证据。", "Select a line to see its evidence."],
  "evidence.choose": ["在图中点选一条连线，或者在路径里点出处，看这条关系的证据。", "Select a line of the picture, or a record in a path, to see the evidence."],
  "evidence.same": ["是否同一主体", "One or two?"],
  "evidence.type": ["种类", "Type"],
  "evidence.via": ["经由", "By"],
  "evidence.share": ["比例", "Share"], "evidence.votes": ["表决权", "Votes"], "evidence.income": ["收益权", "Income"],
  "evidence.title": ["职务/注明", "Title"], "evidence.kin": ["亲属", "Kin"], "evidence.amount": ["金额", "Amount"],
  "evidence.dates": ["起止", "Dates"], "evidence.seen": ["信息截至", "Seen on"], "evidence.record": ["出处", "Record"],
  "evidence.why": ["怎样计入“接近”", "Why it counts"],
  "evidence.path": ["所在路径", "On this path"],
  "evidence.policy": ["按策略 {version}；只用于提示，不是法律判断。", "By policy {version}; for attention only, no judgement of law."],
  "evidence.parallel": ["两者之间的其他关系", "Other relations between the two"],
});
