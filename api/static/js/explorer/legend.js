// The legend is also the filter: what the picture uses, how often, and a switch for each.

import { byId, el, fill } from "../dom.js";
import { add, codesOf, say, t } from "../words.js";
import { kindWord } from "./elements.js";
import { MARKS } from "./label.js";
import { BOTH_WAYS, INFERRED } from "./lines.js";
import { emptyDoc, viaOf } from "./state.js";
import { outline, sample } from "./svg.js";
import { STANDINGS, ended, kindOf, standing, visible } from "./visible.js";

const KINDS = ["enterprise", "person", "institution", "social_org", "government", "foreign"];

/** @param {import("./app.js").App} app */
export function mount(app) {
  let waiting = 0;
  const soon = () => { cancelAnimationFrame(waiting); waiting = requestAnimationFrame(() => draw(app)); };
  app.model.on("doc", soon);
  app.model.on("facts", soon);
  draw(app);
}

/** How many subjects and relations of each sort the picture holds, shown or not. */
function counts(model) {
  const found = { kinds: {}, bands: {}, types: {}, ended: 0 };
  const shared = new Set();
  const count = (part, key) => { found[part][key] = (found[part][key] ?? 0) + 1; };
  for (const id of model.ids) {
    const fact = model.fact(id);
    count("kinds", kindOf(fact));
    count("bands", standing(fact));
  }
  for (const edge of model.edges.values()) {
    if (!model.has(edge.source) || !model.has(edge.target)) continue;
    // A contact that many share is one, however many pairs it joins.
    const via = viaOf(edge);
    if (via && shared.has(via)) continue;
    shared.add(via);
    count("types", edge.type);
    if (ended(edge, model.doc.asOf)) found.ended += 1;
  }
  return found;
}

function draw(app) {
  const { model } = app;
  const box = byId("legend");
  const focus = document.activeElement?.dataset?.testid;
  const { filters } = model.doc;
  const found = counts(model);
  const part = (name, codes, row) => codes.length > 0 && el("section", {}, el("h3", { text: t(`legend.${name}`) }), el("ul", {}, ...codes.map(row)));
  const rows = (name, all, picture, word) => {
    const here = all.filter((code) => found[name][code] || filters[name].includes(code));
    return part(name, here, (code) => item(app, name, code, here, picture(code), word(code), found[name][code] ?? 0));
  };
  fill(box,
    rows("kinds", KINDS, (kind) => outline(kind), kindWord),
    rows("bands", STANDINGS, (name) => outline("enterprise", name), (name) => [MARKS[name], t(`standing.${name}`)].filter(Boolean).join(" ")),
    rows("types", codesOf("relations"), (type) => sample(INFERRED.has(type) ? "possible" : "current", 1, !BOTH_WAYS.has(type)), (type) => say("relations", type)),
    looks(), dates(app, filters, found.ended), foot(app));
  if (focus) box.querySelector(`[data-testid="${CSS.escape(focus)}"]`)?.focus();
}

/** One line: a switch, what it looks like, its word and number, and "only". */
function item(app, name, code, all, picture, word, count) {
  const off = app.model.doc.filters[name];
  const id = `filter-${name}-${code}`;
  const turn = (codes) => app.filter(t("did.filter"), { [name]: codes });
  return el("li", { class: off.includes(code) ? "off" : "" },
    el("input", { type: "checkbox", id, checked: !off.includes(code), data: { testid: id }, on: { change: (event) => turn(event.target.checked ? off.filter((one) => one !== code) : [...off, code]) } }),
    picture, el("label", { for: id, text: word }), el("span", { class: "num small", text: String(count) }),
    el("button", { type: "button", class: "quiet only", text: t("legend.only"), title: t("legend.only.title", { word }), "aria-label": t("legend.only.title", { word }), data: { testid: `only-${name}-${code}` }, on: { click: () => turn(all.filter((one) => one !== code)) } }));
}

/** How lines are drawn. */
function looks() {
  const row = (picture, word) => el("li", { class: "plain" }, picture, el("span", { text: t(word) }));
  return el("section", {}, el("h3", { text: t("legend.lines") }), el("ul", {},
    row(sample("current"), "line.current"), row(sample("possible", 1, false), "line.possible"), row(sample("ended"), "line.ended"),
    row(sample("current", 3), "line.majority"), row(sample("current", 2), "line.quarter")));
}

function dates(app, filters, over) {
  const day = (name) => el("input", { type: "date", value: filters[name], "aria-label": t(`legend.${name}`), title: t(`legend.${name}`), data: { testid: `filter-${name}` }, on: { change: (event) => app.filter(t("did.filter"), { [name]: event.target.value }) } });
  return el("section", {}, el("h3", { text: t("legend.span") }), el("p", { class: "span" }, day("since"), el("span", { text: t("legend.to") }), day("until")),
    el("p", {}, el("label", { class: "check" }, el("input", { type: "checkbox", checked: filters.ended, data: { testid: "filter-ended" }, on: { change: (event) => app.filter(t("did.filter"), { ended: event.target.checked }) } }), t("legend.ended"), over ? el("span", { class: "num small", text: String(over) }) : null)));
}

function foot(app) {
  const { hidden } = visible(app.model);
  const some = hidden.byHand + hidden.nodes + hidden.edges > 0;
  const untouched = JSON.stringify(app.model.doc.filters) === JSON.stringify(emptyDoc("").filters);
  return el("section", { class: "foot" },
    el("p", { class: "small", data: { testid: "hidden-count" }, text: some ? t("legend.hidden", hidden) : t("legend.nothing") }),
    el("button", { type: "button", text: t("legend.reset"), disabled: untouched, data: { testid: "filter-reset" }, on: { click: () => app.filter(t("did.reset"), emptyDoc("").filters) } }),
    hidden.byHand > 0 && el("button", { type: "button", text: t("choose.unhide"), data: { testid: "legend-unhide" }, on: { click: () => app.unhide() } }));
}

add({
  "legend.kinds": ["主体类型", "Subjects"], "legend.bands": ["名单与接近程度", "Lists and nearness"], "legend.types": ["关系", "Relations"], "legend.lines": ["线条", "Lines"],
  "legend.span": ["关系起始于", "Relations that began"], "legend.since": ["最早", "from"], "legend.until": ["最晚", "to"], "legend.to": ["至", "to"], "legend.ended": ["也显示当日无效的", "Also those not in force"],
  "legend.only": ["仅", "only"], "legend.only.title": ["只看：{word}", "Show only: {word}"], "legend.reset": ["恢复全部", "Reset"],
  "legend.hidden": ["被筛掉 {nodes} 个节点、{edges} 条关系；手工隐藏 {byHand} 个节点。", "Filtered out: {nodes} nodes, {edges} relations; hidden by hand: {byHand}."],
  "legend.nothing": ["没有隐藏任何内容。", "Nothing is hidden."],
  "standing.negative": ["失信类名单", "on an adverse list"], "standing.record": ["有不良记录", "adverse record"], "standing.foreign": ["境外名单，仅供合规参考", "foreign list: for compliance reference only"],
  "standing.high": ["关联提示：高", "association: high"], "standing.medium": ["关联提示：中", "association: medium"], "standing.low": ["关联提示：低", "association: low"], "standing.red": ["守信名单", "commended"], "standing.none": ["没有已知记录", "nothing known"], "standing.unknown": ["未取到当日数据", "not known for this day"],
  "line.current": ["登记的关系，箭头由持有、任职、担保一方指出", "registered; the arrow starts at who holds, serves or guarantees"], "line.possible": ["推断的关系", "inferred"], "line.ended": ["当日无效（已终止或未开始）", "not in force that day"],
  "line.majority": ["持股过半或实际控制", "majority or control"], "line.quarter": ["持股 25%–50%", "25–50 %"],
  "did.filter": ["筛选", "filter"], "did.reset": ["恢复全部显示", "reset filters"],
});
