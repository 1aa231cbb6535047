// Evidence paths between two subjects, or every pair of those selected: shortest, the k shortest, or all within some steps.

import { get } from "../api.js";
import { el, fill } from "../dom.js";
import { add, codesOf, say, t } from "../words.js";
import { combobox } from "./combobox.js";
import { empty, failure, load, pathSteps } from "./pieces.js";

export const keep = false;
const MOST_PAIRS = 15;

/** What was asked last, so that the form comes back as it was left. */
const asked = { a: null, b: null, mode: "shortest", k: 5, hops: 4, types: new Set(), answer: null, day: "" };

/** @param {import("./app.js").App} app */
export function render(app, { args }) {
  if (args?.from) Object.assign(asked, { a: args.from, b: asked.b?.id === args.from.id ? null : asked.b, answer: null });
  const chosen = [...app.model.view.nodes].map((id) => app.model.subjects.get(id)?.subject).filter(Boolean);
  if (!args?.from && chosen.length === 2) Object.assign(asked, { a: chosen[0], b: chosen[1], answer: null });
  if (!asked.a && chosen.length === 1) asked.a = chosen[0];
  if (asked.day !== app.asOf) Object.assign(asked, { answer: null, day: app.asOf });
  const answer = el("div", { data: { testid: "paths-answer" } });
  const ends = { a: end(app, "a"), b: end(app, "b") };
  const run = () => find(app, answer);
  const form = el("form", { class: "paths-form", data: { testid: "paths-form" }, on: { submit: (event) => { event.preventDefault(); run(); } } },
    field(t("paths.a"), ends.a.root), field(t("paths.b"), ends.b.root),
    el("div", { class: "row" }, how(), hops(), el("button", { type: "button", class: "quiet", title: t("paths.swap"), data: { testid: "paths-swap" }, text: "⇅", "aria-label": t("paths.swap"), on: { click: () => { [asked.a, asked.b] = [asked.b, asked.a]; ends.a.hold(asked.a); ends.b.hold(asked.b); } } })),
    types(),
    el("div", { class: "row" }, el("button", { type: "submit", class: "primary", data: { testid: "paths-find" }, text: t("paths.find") }),
      chosen.length > 2 ? el("button", { type: "button", data: { testid: "paths-pairs" }, text: t("paths.pairs", { n: chosen.length }), on: { click: () => pairs(app, answer, chosen) } }) : null));
  const wanted = (args?.pairs ?? []).map((id) => app.model.subjects.get(id)?.subject).filter(Boolean);
  if (wanted.length > 1) pairs(app, answer, wanted);
  else if (asked.answer) fill(answer, draw(app, asked.answer));
  return el("div", { class: "paths" }, form, answer);
}

const field = (label, ...children) => el("div", { class: "field" }, el("span", { class: "soft small", text: label }), ...children);

function end(app, side) {
  const box = combobox({ app, label: t(`paths.${side}`), placeholder: t("paths.placeholder"), testid: `paths-${side}`, choose: ({ subject }) => { asked[side] = subject; } });
  box.hold(asked[side]);
  box.input.addEventListener("input", () => { asked[side] = null; });
  return box;
}

function how() {
  const k = el("input", { type: "number", min: "1", max: "20", value: asked.k, "aria-label": t("paths.k"), class: "narrow", hidden: asked.mode !== "k", data: { testid: "paths-k" }, on: { change: () => { asked.k = Number(k.value); } } });
  const box = el("select", { "aria-label": t("paths.mode"), data: { testid: "paths-mode" }, on: { change: () => { asked.mode = box.value; k.hidden = asked.mode !== "k"; } } },
    ...["shortest", "k", "all"].map((name) => el("option", { value: name, text: t(`paths.${name}`) })));
  box.value = asked.mode;
  return el("span", { class: "row" }, box, k);
}

function hops() {
  const box = el("input", { type: "number", min: "1", max: "10", value: asked.hops, class: "narrow", data: { testid: "paths-hops" }, on: { change: () => { asked.hops = Number(box.value); } } });
  return el("label", { class: "row small" }, t("paths.hops"), box);
}

function types() {
  const count = el("span", { class: "soft small" });
  const tell = () => { count.textContent = asked.types.size ? t("paths.some", { n: asked.types.size }) : t("paths.every"); };
  const boxes = codesOf("relations").map((type) => {
    const box = el("input", { type: "checkbox", checked: asked.types.has(type), data: { type }, on: { change: () => { asked.types[box.checked ? "add" : "delete"](type); tell(); } } });
    return el("label", { class: "choice" }, box, say("relations", type));
  });
  tell();
  return el("details", { class: "filter", data: { testid: "paths-types" } }, el("summary", {}, t("paths.types"), " ", count), el("div", { class: "grid2 small" }, ...boxes));
}

const question = (app, a, b) => ({
  a: a.id, b: b.id, as_of: app.asOf, max_hops: asked.hops, types: [...asked.types],
  ...(asked.mode === "k" ? { k: asked.k } : {}), ...(asked.mode === "all" ? { all: true } : {}),
});

function find(app, box) {
  if (!asked.a || !asked.b) return fill(box, empty(t("paths.both")));
  if (asked.a.id === asked.b.id) return fill(box, empty(t("paths.same")));
  return load(box, (signal) => get("/api/paths", question(app, asked.a, asked.b), { signal }), (answer) => {
    // The day was changed meanwhile: these paths are of another one.
    if (answer.as_of !== app.asOf) return empty(t("told.otherday", { day: answer.as_of }));
    asked.answer = answer;
    return draw(app, answer);
  });
}

function draw(app, answer) {
  const stops = (answer.not_crossed ?? []).map((one) => one.subject?.name ?? one.via ?? one.value ?? "").filter(Boolean);
  const lines = [
    answer.paths.length ? t("paths.found", { n: answer.paths.length }) : t("paths.none", { n: answer.max_hops }),
    answer.more ? t("paths.more") : "", answer.complete ? "" : t("paths.cut"),
  ];
  return [
    el("p", { class: "small", data: { testid: "paths-told" }, text: lines.filter(Boolean).join(" ") }),
    answer.paths.length ? null : el("ul", { class: "small" }, ...["paths.try.hops", "paths.try.types", "paths.try.day"].map((key) => el("li", { text: t(key) }))),
    stops.length ? el("p", { class: "small caution", data: { testid: "paths-stops" }, text: t("paths.stops", { names: stops.join("、") }) }) : null,
    answer.paths.length > 1 ? el("div", { class: "row" }, el("button", { type: "button", data: { testid: "paths-add-all" }, text: t("paths.add.all"), on: { click: () => app.addPaths(answer.paths, t("paths.step"), answer.as_of) } })) : null,
    ...answer.paths.map((path, at) => card(app, path, at, answer.as_of)),
  ];
}

const card = (app, path, at, day) => el("article", { class: "path", data: { testid: "path" } },
  el("header", {}, el("strong", { text: t("paths.nth", { n: at + 1, hops: path.edges.length }) }),
    el("button", { type: "button", class: "tiny", data: { testid: "path-light" }, text: t("paths.light"), on: { click: () => app.addPaths([path], t("paths.step"), day) } })),
  pathSteps(app, path));

/** Every pair of the selected, one after the other; each answer stands under its pair. */
async function pairs(app, box, subjects) {
  const all = subjects.flatMap((a, at) => subjects.slice(at + 1).map((b) => [a, b]));
  const some = all.slice(0, MOST_PAIRS);
  fill(box, el("p", { class: "small", text: t("paths.pairs.told", { n: some.length, all: all.length }) }));
  for (const [a, b] of some) {
    const part = el("section", { class: "part", data: { testid: "paths-pair" } });
    box.append(part);
    try {
      const answer = await app.busy((signal) => get("/api/paths", question(app, a, b), { signal }), t("loading"));
      if (!answer) return;
      fill(part, el("h3", { text: `${a.name} — ${b.name}` }), ...draw(app, answer).filter(Boolean));
    } catch (error) {
      fill(part, el("h3", { text: `${a.name} — ${b.name}` }), failure(error, null));
    }
  }
}

add({
  "paths.a": ["从", "From"], "paths.b": ["到", "To"],
  "paths.placeholder": ["搜索主体，或先在图中选两个", "Search, or select two in the picture"],
  "paths.swap": ["对调两端", "Swap the ends"],
  "paths.mode": ["找哪些路径", "Which paths"],
  "paths.shortest": ["最短的", "Shortest"], "paths.k": ["最短的 k 条", "The k shortest"], "paths.all": ["全部", "All"],
  "paths.hops": ["至多步数", "Steps at most"],
  "paths.types": ["只走这些关系", "Only these relations"], "paths.every": ["（全部，亲属与疑似同一除外）", "(all but kin and maybe-same)"], "paths.some": ["（{n} 种）", "({n})"],
  "paths.find": ["找路径", "Find paths"],
  "paths.pairs": ["选中的 {n} 个两两之间", "Between all {n} selected"],
  "paths.pairs.told": ["{all} 对中的 {n} 对：", "{n} of {all} pairs:"],
  "paths.both": ["两端都要选定：从建议里选一个，或者在图中选中两个主体。", "Choose both ends from the suggestions, or select two subjects in the picture."],
  "paths.same": ["两端是同一个主体。", "Both ends are the same."],
  "paths.found": ["找到 {n} 条。", "{n} found."],
  "paths.none": ["{n} 步以内没有路径。", "No path within {n} steps."],
  "paths.more": ["还有更多，未列出。", "There are more."],
  "paths.cut": ["⚠ 查询不完整：未列出不等于不存在。", "⚠ Not complete: not shown does not mean not there."],
  "paths.stops": ["没有穿过这些关系过多或不传导的节点：{names}。", "Hubs and subjects that do not conduct were not crossed: {names}."],
  "paths.try.hops": ["把步数放宽到 5 或 6；", "allow 5 or 6 steps;"],
  "paths.try.types": ["去掉对关系种类的限制；", "lift the choice of relations;"],
  "paths.try.day": ["换一个基准日：当天无效的关系不算。", "try another day: relations not in force then do not count."],
  "paths.add.all": ["全部加入图中", "Add all to the picture"],
  "paths.step": ["加入路径", "add paths"],
  "paths.nth": ["第 {n} 条 · {hops} 步", "No. {n} · {hops} step(s)"],
  "paths.light": ["加入并点亮", "Add and light"],
});
