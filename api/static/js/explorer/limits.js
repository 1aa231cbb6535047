// What is missing of the picture: not asked for its day, cut by the server, or not sorted. Told in a line under the picture
// with a way to try again, in the list of the picture and on paper: a picture is never passed off as whole.

import { get } from "../api.js";
import { byId, el, fill } from "../dom.js";
import { add, t } from "../words.js";
import { nameOf } from "./elements.js";

const SOME = 3;

/** What the server said it left out, of one day. */
export class Limits {
  constructor() {
    /** The latest day of what is loaded; "" where it is not known. */
    this.loaded = "";
    this.begin("");
  }

  begin(day) {
    Object.assign(this, { day, complete: true, stops: new Map(), expanded: new Map() });
  }

  /** An answer of /api/view: of the whole picture it takes the place of what was said before. */
  view({ as_of: day, whole, complete = true, not_crossed: stops = [] }) {
    if (day !== this.day) this.begin(day);
    if (whole) Object.assign(this, { complete: true, stops: new Map() });
    this.complete &&= complete;
    for (const stop of stops) this.stops.set(`${stop.kind}:${stop.value}`, stop);
  }

  /** Answers of /api/expand around a subject. @param {any[]} parts */
  expand(id, parts, day) {
    if (day !== this.day) this.begin(day);
    const all = (name) => parts.every((part) => part[name] !== false);
    this.expanded.set(id, { ordered: all("ordered"), complete: all("complete") });
    for (const stop of parts.flatMap((part) => part.not_crossed ?? [])) this.stops.set(`${stop.kind}:${stop.value}`, stop);
  }
}

/** What is missing, in words; nothing where the picture is whole. @param {import("./app.js").App} app @returns {string[]} */
export function gaps(app) {
  const { model, limits } = app;
  if (!model.ids.length) return [];
  if (!app.current) return [t("gap.day", { day: app.asOf })];
  const found = limits.complete ? [] : [t("gap.view")];
  if (limits.loaded && app.asOf > limits.loaded) found.push(t("gap.after", { day: app.asOf, loaded: limits.loaded }));
  for (const [id, { ordered, complete }] of limits.expanded) {
    if (!model.has(id)) continue;
    if (!ordered) found.push(t("gap.order", { name: nameOf(model, id) }));
    if (!complete) found.push(t("gap.expand", { name: nameOf(model, id) }));
  }
  const stops = [...limits.stops.values()];
  if (stops.length) found.push(t("gap.contacts", { count: stops.length, some: stops.slice(0, SOME).map(({ value, degree }) => `${value}（${degree}）`).join("、"), etc: stops.length > SOME ? "…" : "" }));
  return found;
}

/** @param {import("./app.js").App} app */
export function mount(app) {
  const box = byId("gaps");
  const draw = () => {
    const found = app.asking && !app.current ? [] : gaps(app);
    const again = !app.current || !app.limits.complete;
    box.hidden = !found.length;
    // Said anew only when it changed: the line is read out.
    if (box.dataset.said === found.join("\n")) return;
    box.dataset.said = found.join("\n");
    fill(box, found.map((text) => el("p", { text: `⚠ ${text}` })),
      found.length && again ? el("button", { type: "button", text: t("gap.retry"), data: { testid: "gaps-retry" }, on: { click: () => app.retry() } }) : null);
  };
  for (const what of ["doc", "facts", "gaps"]) app.model.on(what, draw);
  draw();
  get("/api/sources").then(({ sources }) => {
    app.limits.loaded = sources.map(({ snapshot }) => snapshot ?? "").reduce((latest, day) => (day > latest ? day : latest), "");
    app.model.tell("gaps");
  }).catch((error) => app.fail(error));
}

add({
  "gap.day": ["{day} 的关系和名单没有取到：图中只有节点，没有画关系和名单状态，不表示没有。", "Relations and lists of {day} were not obtained: only the nodes are drawn, which does not mean there is nothing."],
  "gap.view": ["关系没有取全（超时）：没有画出不等于不存在。", "Not all relations were obtained (time ran out): not drawn does not mean not there."],
  "gap.after": ["所载数据截至 {loaded}，基准日 {day} 在其后：此后的新增、终止和移出都不在图中。", "What is loaded is as of {loaded}; {day} is later: what began, ended or was removed since is not in the picture."],
  "gap.order": ["{name} 的关系过多，展开的没有按次序挑选，只有在列的在先。", "{name} has too many relations: those expanded are not in the order asked for, only listed ones come first."],
  "gap.expand": ["{name} 的联系方式过多，没有看完，可能还有共用者。", "{name} has too many contacts: not all were looked at, there may be more who share them."],
  "gap.contacts": ["{count} 个联系方式登记的主体过多，不作为关系画出：{some}{etc}", "{count} contacts were given by too many to be a relation and are not drawn: {some}{etc}"],
  "gap.retry": ["重新读取", "Read again"],
});
