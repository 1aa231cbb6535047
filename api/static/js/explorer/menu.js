// A button that opens a short list of commands; arrows walk it, Escape closes it.

import { el, fill } from "../dom.js";
import { icon } from "./svg.js";

/**
 * @param {string} label @param {string} testid
 * @param {() => {label: string, run: () => void, testid?: string, key?: string, disabled?: boolean, checked?: boolean}[]} items asked each time it opens
 */
export function menu(label, testid, items) {
  const list = el("div", { class: "menu", role: "menu", hidden: true, "aria-label": label });
  const button = el("button", { type: "button", class: "quiet", "aria-haspopup": "menu", "aria-expanded": "false", data: { testid } }, label, icon("down"));
  const root = el("span", { class: "menu-root" }, button, list);

  const close = (back) => {
    list.hidden = true;
    button.setAttribute("aria-expanded", "false");
    if (back) button.focus();
  };
  const open = () => {
    fill(list, items().map((item) => el("button", {
      type: "button", class: "quiet", role: item.checked === undefined ? "menuitem" : "menuitemcheckbox", tabindex: "-1", disabled: item.disabled,
      "aria-checked": item.checked === undefined ? null : String(item.checked), data: { testid: item.testid ?? "" },
      on: { click: () => { close(true); item.run(); } },
    }, el("span", { text: `${item.checked ? "✓ " : ""}${item.label}` }), item.key && el("kbd", { text: item.key }))));
    list.hidden = false;
    button.setAttribute("aria-expanded", "true");
    list.querySelector("button:not(:disabled)")?.focus();
  };
  button.addEventListener("click", () => (list.hidden ? open() : close(false)));
  root.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const choices = [...list.querySelectorAll("button:not(:disabled)")];
    const at = choices.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: choices.length - 1 }[event.key];
    if (event.key === "Escape") close(true);
    else if (event.key === "Tab") { close(false); return; }
    else if (to === undefined) return;
    else choices.at(to % choices.length)?.focus();
    event.preventDefault();
    event.stopPropagation();
  });
  root.addEventListener("focusout", (event) => { if (!root.contains(event.relatedTarget)) close(false); });
  return root;
}
