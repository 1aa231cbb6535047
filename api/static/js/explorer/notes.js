// Notes of the user on subjects of the picture: plain text, part of the picture, every change one step to undo.

import { el, fill } from "../dom.js";
import { add, t } from "../words.js";
import { empty, nameButton, section } from "./pieces.js";

export const keep = false;
const MOST = 2000;

/** @param {import("./app.js").App} app */
export function render(app, { id }) {
  const box = el("div", { class: "notes" });
  const draw = () => {
    if (!box.isConnected && box.firstChild) return stop();
    const writing = box.contains(document.activeElement) && document.activeElement.tagName === "TEXTAREA";
    if (!writing) fill(box, editor(app, id), all(app));
  };
  const listener = () => draw();
  const stop = () => app.model.removeEventListener("doc", listener);
  app.model.addEventListener("doc", listener);
  draw();
  return box;
}

function editor(app, id) {
  if (!id || !app.model.has(id)) return empty(t("notes.choose"));
  const subject = app.model.subjects.get(id)?.subject ?? { id, name: id };
  const area = el("textarea", { rows: "5", maxlength: String(MOST), "aria-label": t("notes.on", { name: subject.name }), data: { testid: "note" }, value: app.model.doc.nodes[id].note ?? "" });
  const keepIt = () => {
    const text = area.value.trim();
    if (text !== (app.model.doc.nodes[id]?.note ?? "")) app.note(id, text);
  };
  area.addEventListener("change", keepIt);
  area.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); area.blur(); }
  });
  return section(t("notes.on", { name: subject.name }), null, area,
    el("div", { class: "row" }, el("button", { type: "button", class: "primary", data: { testid: "note-save" }, text: t("notes.save"), on: { click: keepIt } }),
      el("span", { class: "soft small", text: t("notes.hint") })));
}

function all(app) {
  const noted = Object.entries(app.model.doc.nodes).filter(([, placed]) => placed.note);
  return section(t("notes.all"), noted.length, noted.length ? el("ul", { class: "plain" }, ...noted.map(([id, placed]) => el("li", { data: { testid: "noted" } },
    nameButton(app, app.model.subjects.get(id)?.subject ?? { id, name: id, kind: "" }), el("p", { class: "note-text", text: placed.note })))) : empty(t("notes.none")));
}

add({
  "notes.on": ["记事：{name}", "Note on {name}"],
  "notes.choose": ["选中图里的一个主体，就可以记事。", "Select a subject of the picture to write a note."],
  "notes.save": ["保存", "Save"],
  "notes.hint": ["离开输入框即保存；可撤销。", "Saved on leaving the box; can be undone."],
  "notes.all": ["全部记事", "All notes"],
  "notes.none": ["还没有记事。", "No notes yet."],
});
