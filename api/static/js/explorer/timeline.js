// The day of evaluation: a date field in the bar and a slider at the foot, marked where something in the picture
// begins or ends. Days seen before stay marked, also when the picture of another day no longer has them.

import { byId, el, fill } from "../dom.js";
import { add, t } from "../words.js";
import { icon, svg } from "./svg.js";

const DAY = 86400000;
const MOST_TICKS = 240;
const number = (day) => Math.round(Date.parse(`${day}T00:00:00Z`) / DAY);
const dayOf = (count) => new Date(count * DAY).toISOString().slice(0, 10);

/** @param {import("./app.js").App} app */
export function mount(app) {
  const { model } = app;
  const today = app.asOf;
  const field = el("input", { type: "date", id: "as-of", value: app.asOf, required: true, data: { testid: "as-of" }, on: { change: () => { if (field.value) app.setAsOf(field.value); } } });
  fill(byId("day"), el("label", { for: "as-of", text: t("day.label") }), field);

  const slider = el("input", { type: "range", step: "1", "aria-label": t("day.slider"), data: { testid: "timeline" } });
  const ticks = svg("svg", { class: "ticks", preserveAspectRatio: "none", "aria-hidden": "true" });
  const told = el("output", { for: "timeline", class: "mono" });
  const ends = [el("span", { class: "small soft" }), el("span", { class: "small soft" })];
  const step = (name, by) => el("button", { type: "button", class: "quiet", title: t(`day.${name}`), "aria-label": t(`day.${name}`), data: { testid: `day-${name}` }, on: { click: () => app.setAsOf(beside(by)) } }, icon(name));
  fill(byId("timeline"), step("prev", -1), ends[0], el("span", { class: "track" }, ticks, slider), ends[1], step("next", 1), told,
    el("button", { type: "button", class: "quiet", text: t("day.today"), data: { testid: "day-today" }, on: { click: () => app.setAsOf(today) } }));

  const known = new Set([today]);
  let days = [];
  /** The next day, or the one before, on which something in the picture changes. */
  const beside = (by) => (by > 0 ? days.find((day) => day > app.asOf) : days.findLast((day) => day < app.asOf)) ?? app.asOf;
  const near = (count) => {
    const reach = (Number(slider.max) - Number(slider.min)) / 120;
    const found = days.map(number).sort((a, b) => Math.abs(a - count) - Math.abs(b - count))[0];
    return found !== undefined && Math.abs(found - count) <= reach ? found : count;
  };
  const draw = () => {
    field.value = app.asOf;
    byId("timeline").hidden = model.ids.length === 0;
    for (const day of datesIn(model)) known.add(day);
    days = [...new Set([...known, app.asOf])].sort();
    const [first, last] = [number(days[0]) - 30, number(days.at(-1)) + 30];
    Object.assign(slider, { min: first, max: last });
    slider.value = String(number(app.asOf));
    slider.setAttribute("aria-valuetext", app.asOf);
    told.textContent = app.asOf;
    ends[0].textContent = dayOf(first).slice(0, 4);
    ends[1].textContent = dayOf(last).slice(0, 4);
    ticks.setAttribute("viewBox", `0 0 ${last - first} 10`);
    ticks.replaceChildren(...days.slice(-MOST_TICKS).map((day) => svg("rect", { x: number(day) - first - (last - first) / 1200, y: 0, width: Math.max(1, (last - first) / 600), height: 10 })));
  };
  slider.addEventListener("input", () => { told.textContent = dayOf(near(Number(slider.value))); });
  slider.addEventListener("change", () => app.setAsOf(dayOf(near(Number(slider.value)))));
  slider.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    app.setAsOf(beside(by));
  });
  model.on("doc", (change) => { if (change.replaced) known.clear(); draw(); });
  model.on("facts", draw);
  draw();
}

/** Days on which a relation or listing of the picture begins or ends. */
function* datesIn(model) {
  for (const edge of model.edges.values()) {
    if (!model.has(edge.source) || !model.has(edge.target)) continue;
    if (edge.since) yield edge.since;
    if (edge.until) yield edge.until;
  }
  for (const id of model.ids) for (const listing of model.subjects.get(id)?.listed ?? []) {
    for (const day of [listing.listed_on, listing.expires_on, listing.removed_on]) if (day) yield day;
  }
}

add({
  "day.label": ["基准日", "As of"], "day.slider": ["基准日：左右键跳到上一个、下一个变动日", "As of: arrows go to the day before or after on which something changes"],
  "day.prev": ["上一个变动日", "Previous change"], "day.next": ["下一个变动日", "Next change"], "day.today": ["今天", "Today"],
});
