// The one dialog of the page: a title, what is asked, and buttons. Escape is no.

import { byId, el, fill } from "../dom.js";
import { t } from "../words.js";

/** Ends the question that is open; what it was answered with stands in it. */
let end = null;

/**
 * Ask; resolves to what the chosen button gives, or null.
 * @param {string} title @param {Node[]} children
 * @param {{label: string, value: any | (() => any), primary?: boolean, danger?: boolean, testid?: string}[]} buttons
 */
export function ask(title, children, buttons) {
  const dialog = byId("dialog");
  // The event of a dialog's closing comes a task later, when the next question may stand there already: that one stays.
  dialog.onclose = () => { if (!dialog.open) end?.(); };
  end?.();
  return new Promise((resolve) => {
    let chosen = null;
    end = () => { end = null; resolve(chosen); };
    const choose = (button) => {
      chosen = typeof button.value === "function" ? button.value() : button.value;
      if (chosen !== undefined) dialog.close();
    };
    const main = buttons.find((button) => button.primary);
    const form = el("form", { method: "dialog", on: { submit: (event) => { event.preventDefault(); if (main) choose(main); } } },
      el("h2", { id: "dialog-title", text: title }), ...children,
      el("div", { class: "buttons" }, ...buttons.map((button) => el("button", {
        type: button.primary ? "submit" : "button", class: [button.primary ? "primary" : "", button.danger ? "danger" : ""].join(" ").trim(), text: button.label, data: { testid: button.testid ?? "" },
        on: button.primary ? {} : { click: () => choose(button) },
      }))));
    fill(dialog, form);
    dialog.setAttribute("aria-labelledby", "dialog-title");
    if (!dialog.open) dialog.showModal();
    (dialog.querySelector("input:not([type=checkbox])") ?? dialog.querySelector("button.primary") ?? dialog.querySelector("button"))?.focus();
  });
}

/** A question with yes and no. */
export const confirm = (title, text, { yes = t("ok"), danger = false } = {}) =>
  ask(title, [el("p", { text })], [{ label: t("cancel"), value: null, testid: "no" }, { label: yes, value: true, primary: !danger, danger, testid: "yes" }]);

/** Ask for a line of text; null when it was not given. */
export function line(title, label, value = "") {
  const input = el("input", { id: "dialog-line", value, maxlength: "120", autocomplete: "off", data: { testid: "line" }, class: "wide" });
  return ask(title, [el("p", {}, el("label", { for: "dialog-line", text: label })), el("p", {}, input)], [
    { label: t("cancel"), value: null, testid: "no" }, { label: t("ok"), primary: true, value: () => input.value.trim() || undefined, testid: "yes" },
  ]);
}
