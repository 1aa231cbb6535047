// Progress of what takes time: a line over the canvas that says what is being done, with a button to cancel it.

import { byId, el, fill } from "../dom.js";
import { t } from "../words.js";

const running = new Map();

/** A line appears only when something takes longer than this many milliseconds. */
const PATIENCE = 250;

/**
 * Run a task, which is a promise or a function of an AbortSignal, and tell of it while it runs.
 * @returns {Promise<any>} its result; undefined when it was cancelled.
 */
export async function around(task, words) {
  const control = new AbortController();
  const key = Symbol(words);
  const timer = setTimeout(() => { running.set(key, { words, control: typeof task === "function" ? control : null }); draw(); }, PATIENCE);
  try {
    return await (typeof task === "function" ? task(control.signal) : task);
  } catch (error) {
    if (error.name === "AbortError") return undefined;
    throw error;
  } finally {
    clearTimeout(timer);
    running.delete(key);
    draw();
  }
}

function draw() {
  const box = byId("busy");
  if (!box) return;
  box.hidden = running.size === 0;
  fill(box, [...running.values()].map(({ words, control }) =>
    el("p", {}, el("span", { class: "spin", "aria-hidden": "true" }), el("span", { text: words }),
      control && el("button", { type: "button", class: "quiet", text: t("cancel"), data: { testid: "cancel" }, on: { click: () => control.abort() } }))));
}
