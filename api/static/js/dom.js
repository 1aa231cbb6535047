// Elements made of data. Text is only ever set as text: nothing here, or anywhere else, parses markup.

import { t } from "./words.js";

/**
 * An element. `props`: attributes; `class`, `text`, `on` ({event: handler}), `data` ({name: value}) and booleans
 * (hidden, disabled, checked …) are understood; null and undefined are left out.
 * @param {string} tag
 * @param {Record<string, any>} [props]
 * @param {...(Node|string|null|undefined|false)} children
 */
export function el(tag, props = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) set(made, name, value);
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

function set(made, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name === "text") made.textContent = String(value);
  else if (name === "class") made.className = value;
  else if (name === "data") Object.assign(made.dataset, value);
  else if (name === "on") for (const [event, handler] of Object.entries(value)) made.addEventListener(event, handler);
  else if (name === "value") made.value = value;
  else if (value === true) made.setAttribute(name, "");
  else made.setAttribute(name, String(value));
}

/** The element with that id. */
export const byId = (id) => document.getElementById(id);

/** Put these children in the place of whatever an element holds. */
export function fill(parent, ...children) {
  parent.replaceChildren(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
}

/** Say something to readers of the screen and in the status line, which is polite and never takes the focus. */
export function announce(text) {
  const line = byId("status");
  if (line) line.textContent = text;
}

let timer = 0;
/** A short notice at the foot of the page, also announced; `kind`: "info" or "error"; `act`: {label, run}. */
export function toast(text, kind = "info", act = null) {
  const box = byId("toast");
  const shut = el("button", { type: "button", class: "quiet", text: "✕", "aria-label": t("close"), data: { testid: "toast-close" }, on: { click: () => { box.hidden = true; } } });
  const button = !act ? shut : el("button", { class: "quiet", text: act.label, on: { click: () => { box.hidden = true; act.run(); } } });
  fill(box, el("span", { text }), button);
  box.dataset.kind = kind;
  box.setAttribute("role", kind === "error" ? "alert" : "status");
  box.hidden = false;
  clearTimeout(timer);
  timer = setTimeout(() => { box.hidden = true; }, kind === "error" ? 12000 : 5000);
}

/** Save text or a blob as a file. */
export function save(name, content, type = "text/plain;charset=utf-8") {
  const blob = content instanceof Blob ? content : new Blob([content], { type });
  const link = el("a", { href: URL.createObjectURL(blob), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
