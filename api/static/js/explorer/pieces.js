// What the panels are built of: names, chips, facts, listings, paths, and the states of waiting, failing and having nothing.

import { ApiError } from "../api.js";
import { announce, el, fill } from "../dom.js";
import { add, family, say, t } from "../words.js";
import { details, namesOf, reads } from "./sentences.js";

const FAMILY_MARKS = { negative: "✖", cn_foreign: "✖", record: "■", status: "■", foreign: "◇", red: "★", permit: "▤" };
const BAND_MARKS = { high: "▲", medium: "◆", low: "●" };
const EFFECT_MARKS = { block: "✖", review: "▲", inform: "ℹ" };

/** ○ person, ⬡ foreign body, ▣ authority, □ any other organisation. */
export function kindMark(subject) {
  if (subject.form === "foreign") return "⬡";
  return { person: "○", government: "▣" }[subject.kind] ?? "□";
}

/** Kind and form in words. */
export const kindText = (subject) =>
  subject.form && subject.form !== "other" ? say("forms", subject.form) : say("kinds", subject.kind);

/** The code a subject is told by: its credit code, else its masked number, else its id. */
export const codeOf = (subject) => subject.uscc || subject.id_masked || subject.id;

/** A list in words with the mark of its family. */
export const listText = (code) => `${FAMILY_MARKS[family(code)] ?? "■"} ${say("lists", code)}`;

/** A chip of the list an entry stands on: mark and word, the family's look. */
export function listChip(code) {
  return el("span", { class: `chip ${family(code)}`, data: { list: code } }, listText(code));
}

/** From the gravest family to the kindest. */
export const GRAVEST = ["negative", "cn_foreign", "status", "record", "foreign", "red", "permit"];

/** Chips of the gravest lists, and how many more there are: what is commended must not hide what is not. */
export function listChips(codes, most) {
  const graver = [...codes].sort((a, b) => GRAVEST.indexOf(family(a)) - GRAVEST.indexOf(family(b)));
  const more = graver.length - most;
  return [...graver.slice(0, most).map(listChip), more > 0 ? el("span", { class: "chip", text: `+${more}` }) : null].filter(Boolean);
}

/** A chip of nearness: mark, word and score. */
export const bandChip = (band, score = null) =>
  el("span", { class: `chip ${band}` }, [BAND_MARKS[band], say("bands", band), score === null ? "" : scoreText(score)].filter(Boolean).join(" "));

/** A chip of what a finding does. */
export const effectChip = (effect) => el("span", { class: `chip ${effect}`, data: { effect } }, `${EFFECT_MARKS[effect] ?? ""} ${say("effects", effect)}`);

/** A score with at most three decimals, as it is read. */
export const scoreText = (score) => String(+Number(score).toFixed(3));

/** A subject's name as a button that shows it: selected if it is in the picture, else added to it. */
export function nameButton(app, subject, { near = null, testid = "name" } = {}) {
  return el("button", {
    type: "button", class: "name", title: app.model.has(subject.id) ? t("name.show") : t("name.add"), data: { testid, id: subject.id },
    on: { click: () => visit(app, subject, near) },
  }, el("span", { class: "kind", "aria-hidden": "true", text: kindMark(subject) }), subject.name);
}

/** Select a subject of the picture, or bring it in and select it. */
export async function visit(app, subject, near = null) {
  if (app.model.has(subject.id)) return app.select(subject.id);
  await app.addSubjects([subject.id], { label: t("step.add", { name: subject.name }), near });
  return app.select(subject.id);
}

/** Labelled facts; those without a value are left out. @param {[string, any][]} rows */
export function facts(rows) {
  const list = el("dl", { class: "facts" });
  for (const [label, value] of rows) {
    if (value === null || value === undefined || value === "" || (Array.isArray(value) && !value.length)) continue;
    list.append(el("dt", { text: label }), el("dd", {}, ...(Array.isArray(value) ? value : [value])));
  }
  return list;
}

/** A part of a panel under its heading. */
export const section = (title, count, ...children) =>
  el("section", { class: "part" }, el("h3", {}, title, count === null ? null : el("span", { class: "count", text: String(count) })), ...children);

/** A path as numbered sentences; each opens its evidence. `from`: the score it starts with, to show how it fades. */
export function pathSteps(app, path, { start = null } = {}) {
  const nameOf = namesOf(path.nodes);
  let left = start;
  const rows = [...path.edges].reverse().map((edge) => {
    const factor = typeof edge.weight === "number" && start !== null ? edge.weight : null;
    const fade = factor === null ? null : `${scoreText(left)} × ${factor} = ${scoreText((left *= factor))}`;
    return { edge, fade };
  });
  return el("ol", { class: "steps" }, ...rows.reverse().map(({ edge, fade }) => el("li", {},
    el("span", { text: reads(edge, nameOf) }),
    el("span", { class: "soft small" }, `（${details(edge, app.asOf).join("；")}）`),
    fade && el("span", { class: "fade mono", title: t("fade.title"), text: fade }),
    el("button", { type: "button", class: "record", data: { testid: "step-evidence" }, title: t("evidence.open"), text: edge.record || t("record.none"), on: { click: () => app.show("evidence", { edge, nodes: path.nodes, path, start }) } }),
  )));
}

/** What was not searched or not checked: told with every answer on risk. */
export function limits(answer) {
  const stops = answer.not_crossed ?? [];
  const gaps = answer.not_checked ?? [];
  const whole = answer.complete !== false;
  const head = whole && !gaps.length ? t("limits.complete") : whole ? t("limits.gaps") : t("limits.cut");
  const lines = [
    ...stops.map((stop) => t(`limits.${stop.reason === "fanout" ? "fanout" : "conducts"}`, { name: stop.subject?.name ?? stop.subject ?? stop.via ?? "", n: stop.degree ?? "?" })),
    ...gaps.map((gap) => t(`limits.${gap.why}`, { list: say("lists", gap.list), on: gap.as_of ?? "" })),
    answer.left_out ? t("limits.left_out", { n: answer.left_out }) : "",
  ].filter(Boolean);
  return el("details", { class: whole ? "limits" : "limits cut", data: { testid: "limits" } },
    el("summary", {}, `${whole ? "" : "⚠ "}${head}`, el("span", { class: "soft small", text: t("limits.count", { stops: stops.length, gaps: gaps.length }) })),
    lines.length ? el("ul", {}, ...lines.map((text) => el("li", { text }))) : null);
}

/** The sentence that goes with every association. */
export const caution = () => el("p", { class: "caution small", data: { testid: "caution" }, text: t("caution") });

/** Nothing there, and what to do about it. */
export const empty = (text, ...children) => el("div", { class: "empty" }, el("p", { text }), ...children);

const skeleton = () => el("div", { class: "skeleton", "aria-hidden": "true", data: { testid: "skeleton" } }, ...Array.from({ length: 6 }, () => el("i")));

/** An error in words, with what to do and a way to try again. */
export function failure(error, retry) {
  const told = error.error ?? { message: error.message };
  return el("div", { class: "error", role: "alert", data: { testid: "failure" } },
    el("p", {}, el("strong", { text: told.message })), told.remedy ? el("p", { text: told.remedy }) : null,
    retry ? el("button", { type: "button", data: { testid: "retry" }, text: t("retry"), on: { click: retry } }) : null);
}

const running = new WeakMap();
/**
 * Fill `box` with what `ask(signal)` answers, drawn by `draw`: a skeleton meanwhile, the error and a retry if it fails.
 * A later call on the same box takes the place of an earlier one.
 */
export async function load(box, ask, draw) {
  running.get(box)?.abort();
  const stop = new AbortController();
  running.set(box, stop);
  box.setAttribute("aria-busy", "true");
  fill(box, skeleton());
  try {
    const answer = await ask(stop.signal);
    if (!stop.signal.aborted) fill(box, draw(answer));
  } catch (error) {
    if (stop.signal.aborted) return;
    if (!(error instanceof ApiError)) console.error(error);
    fill(box, failure(error, () => load(box, ask, draw)));
    announce(error.message);
  } finally {
    if (running.get(box) === stop) box.removeAttribute("aria-busy");
  }
}

add({
  "name.show": ["在图中选中", "Select it in the picture"],
  "name.add": ["加入图中", "Add it to the picture"],
  "step.add": ["加入 {name}", "add {name}"],
  "record.none": ["无记录号", "no record given"],
  "evidence.open": ["看这条关系的证据", "Show the evidence of this relation"],
  "fade.title": ["沿路径衰减：上一步分值 × 本条系数", "Fading along the path: score so far × factor of this relation"],
  "limits.complete": ["查询完整，所需名单均已核查", "Complete; every list needed was checked"],
  "limits.gaps": ["查询完整，有名单未核查", "Complete, but some lists were not checked"],
  "limits.cut": ["查询不完整：未列出不等于不存在", "Not complete: not shown does not mean not there"],
  "limits.count": ["未穿过 {stops} · 未核查 {gaps}", "not crossed {stops} · not checked {gaps}"],
  "limits.fanout": ["未穿过 {name}：关系过多（{n} 条）", "Not crossed: {name}, too many relations ({n})"],
  "limits.conducts": ["未穿过 {name}：不传导的主体", "Not crossed: {name} does not conduct"],
  "limits.not_loaded": ["未核查 {list}：未接入", "Not checked: {list}, not loaded"],
  "limits.stale": ["未核查 {list}：数据过旧（{on}）", "Not checked: {list}, stale ({on})"],
  "limits.left_out": ["另有 {n} 条未返回", "{n} more were left out"],
  "retry": ["重试", "Try again"],
});
