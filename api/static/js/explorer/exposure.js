// Which listings come near the subject and by which path; and the other way round, whom its own listings reach.

import { get } from "../api.js";
import { el, fill } from "../dom.js";
import { add, say, t } from "../words.js";
import { bandChip, caution, effectChip, empty, limits, listChip, load, nameButton, pathSteps, scoreText, section } from "./pieces.js";
import { learnPath } from "./nearness.js";

export const keep = true;
export const subjectOnly = true;
const FIRST = 20;

/** @param {import("./app.js").App} app */
export function render(app, { id }) {
  const answer = el("div");
  const ways = ["near", "reach"];
  const buttons = ways.map((name) => el("button", { type: "button", "aria-pressed": String(name === "near"), data: { testid: `exposure-${name}` }, text: t(`exposure.${name}`), on: { click: () => choose(name) } }));
  const choose = (name) => {
    buttons.forEach((button, at) => button.setAttribute("aria-pressed", String(ways[at] === name)));
    const path = name === "near" ? "/api/exposure" : "/api/reach";
    load(answer, (signal) => get(path, { subject: id, as_of: app.asOf, limit: 500 }, { signal }), (found) => (name === "near" ? near(app, found) : reach(app, found)));
  };
  choose("near");
  return el("div", { class: "exposure" }, el("div", { class: "segmented", role: "group", "aria-label": t("panel.exposure") }, ...buttons), answer);
}

function near(app, answer) {
  // An answer about another day says nothing about the picture of this one.
  const [best] = answer.exposures;
  if (app.model.has(answer.subject.id)) app.model.learnNear([[answer.subject.id, { band: best?.band ?? null, score: best?.score ?? null }]], answer.as_of);
  return [
    el("header", { class: "who" }, el("h2", { text: answer.subject.name })),
    caution(),
    answer.listed.length ? el("p", { class: "small" }, t("exposure.own"), ...answer.listed.map((one) => listChip(one.list))) : null,
    answer.exposures.length ? rows(answer.exposures, (one) => card(app, one, one.listed_subject, answer.as_of)) : empty(t("exposure.none", { day: answer.as_of })),
    limits(answer),
  ];
}

function reach(app, answer) {
  const bound = answer.consequences ?? [];
  return [
    el("header", { class: "who" }, el("h2", { text: answer.subject?.name ?? "" })),
    answer.listed.length ? el("p", { class: "small" }, t("exposure.seeds"), ...answer.listed.map((one) => listChip(one.list))) : empty(t("exposure.noseed", { day: answer.as_of })),
    bound.length ? section(t("exposure.bound"), bound.length, rows(bound, (one) => consequence(app, one, answer.as_of))) : null,
    answer.exposures.length ? section(t("exposure.reached"), answer.exposures.length, caution(), rows(answer.exposures, (one) => card(app, one, one.target, answer.as_of))) : null,
    limits(answer),
  ];
}

/** The first rows, and the rest on demand. */
function rows(all, draw) {
  const box = el("div", { class: "cards" }, ...all.slice(0, FIRST).map(draw));
  if (all.length <= FIRST) return box;
  const more = el("button", { type: "button", text: t("exposure.more", { n: all.length - FIRST }), on: { click: () => more.replaceWith(...all.slice(FIRST).map(draw)) } });
  box.append(more);
  return box;
}

function card(app, one, who, day) {
  const start = one.path.edges.reduce((score, edge) => score / (edge.weight || 1), one.score);
  const steps = el("div", { hidden: true });
  const button = el("button", { type: "button", "aria-expanded": "false", data: { testid: "light" }, text: t("exposure.light"), on: { click: () => light() } });
  const light = async () => {
    if (!steps.firstChild) fill(steps, el("p", { class: "small soft", text: t("exposure.severity", { list: say("lists", one.listing.list), score: scoreText(start) }) }), pathSteps(app, one.path, { start }));
    steps.hidden = false;
    button.setAttribute("aria-expanded", "true");
    await app.addPaths([one.path], t("exposure.step", { name: who.name }), day);
    if (day === app.asOf) await learnPath(app, one.path, start);
  };
  return el("article", { class: `exposed ${one.band}`, data: { testid: "exposed", band: one.band, score: scoreText(one.score) } },
    el("header", {}, bandChip(one.band, one.score), el("span", { class: "soft small", text: t("exposure.hops", { n: one.hops }) }), listChip(one.listing.list)),
    el("p", {}, nameButton(app, who, { testid: "exposed-name" })),
    el("p", { class: "small soft", text: [one.listing.authority, one.listing.doc_no, one.listing.listed_on].filter(Boolean).join(" · ") }),
    one.possible ? el("p", { class: "small", text: `? ${t("exposure.possible")}` }) : null,
    el("div", { class: "row" }, button), steps);
}

const consequence = (app, one, day) => el("article", { class: `finding ${one.effect}`, data: { testid: "consequence", rule: one.rule ?? "" } },
  el("header", {}, effectChip(one.effect), one.rule ? el("span", { class: "chip", text: one.rule }) : null, el("span", { class: "small soft", text: say("classes", one.class) })),
  el("p", {}, nameButton(app, one.target)), el("p", { class: "small", text: one.measure }), pathSteps(app, one.path),
  el("div", { class: "row" }, el("button", { type: "button", text: t("findings.show"), on: { click: () => app.addPaths([one.path], t("exposure.step", { name: one.target.name }), day) } })));

add({
  "exposure.near": ["什么接近它", "What comes near it"],
  "exposure.reach": ["它波及谁", "Whom it reaches"],
  "exposure.own": ["本身在列：", "Listed itself: "],
  "exposure.seeds": ["起点：", "From: "],
  "exposure.none": ["{day}，在步数和下限以内没有列入记录接近它。", "On {day} no listing comes near it within the steps and the floor."],
  "exposure.noseed": ["{day} 它没有有效的列入记录，不波及任何人。", "It has no listing in force on {day}, so it reaches nobody."],
  "exposure.bound": ["受规则约束", "Bound by rules"],
  "exposure.reached": ["关联提示", "Associations"],
  "exposure.light": ["点亮证据路径", "Light the evidence"],
  "exposure.step": ["{name} 的证据路径", "evidence path of {name}"],
  "exposure.hops": ["{n} 步", "{n} step(s)"],
  "exposure.more": ["再显示 {n} 条", "Show {n} more"],
  "exposure.severity": ["自{list}起，严重度 {score}，逐条相乘：", "From {list}: severity {score}, multiplied along the way:"],
  "exposure.possible": ["路径含“可能为同一主体”，须先核实身份", "the path holds a “maybe the same” link: verify the identity first"],
});
