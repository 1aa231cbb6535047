// A box that suggests subjects while one types (ARIA combobox). Safe with input methods: nothing is asked or chosen while composing.

import { ApiError, get } from "../api.js";
import { el, fill } from "../dom.js";
import { add, say, t } from "../words.js";
import { codeOf, kindMark, kindText, listChips } from "./pieces.js";

const PAUSE = 80;
const AGAIN = 1000; // ms between two askings while the index is being made
let made = 0;

/**
 * @param {{app: any, label: string, placeholder?: string, testid: string, choose: (suggestion: any, how: {add: boolean}) => void}} wanted
 * @returns {{root: HTMLElement, input: HTMLInputElement, hold: (subject: any) => void, held: () => any}} `hold` writes a subject in, `held` reads it
 */
export function combobox({ app, label, placeholder = "", testid, choose }) {
  const id = `suggest-${++made}`;
  const list = el("ul", { id, role: "listbox", "aria-label": label, hidden: true, data: { testid: `${testid}-list` } });
  const note = el("p", { class: "suggest-note small", role: "status", hidden: true, data: { testid: `${testid}-note` } });
  const input = el("input", {
    type: "text", role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id, "aria-label": label,
    placeholder, autocomplete: "off", spellcheck: "false", maxlength: "100", data: { testid },
  });
  const box = { input, list, note, app, choose, rows: [], drawn: "", told: "", at: -1, timer: 0, stop: null, entered: null, held: null };
  listen(box);
  const drop = el("div", { class: "suggestions" }, list, note);
  return { root: el("div", { class: "combobox" }, input, drop), input, hold: (subject) => hold(box, subject), held: () => box.held };
}

function hold(box, subject) {
  box.entered = null;
  box.held = subject;
  box.input.value = subject?.name ?? "";
  close(box);
}

function listen(box) {
  const { input, list } = box;
  input.addEventListener("input", (event) => { box.held = null; if (!event.isComposing) later(box); });
  input.addEventListener("compositionstart", () => rest(box));
  input.addEventListener("compositionend", () => later(box));
  input.addEventListener("keydown", (event) => pressed(box, event));
  input.addEventListener("focus", () => { if (box.rows.length && input.value.trim() && !box.held) open(box); });
  input.addEventListener("blur", () => setTimeout(() => { if (document.activeElement !== input && !box.entered) close(box); }, 150));
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const row = event.target.closest("[role=option]");
    if (row) take(box, Number(row.dataset.at), event.ctrlKey || event.metaKey);
  });
}

/** Nothing more is asked for what was typed. */
function rest(box) {
  clearTimeout(box.timer);
  box.stop?.abort();
  box.stop = null;
}

function later(box) {
  rest(box);
  if (!box.input.value.trim()) return close(box);
  box.timer = setTimeout(() => ask(box), PAUSE);
}

/** @param {boolean} again whether the same was asked before, when the index was not ready */
async function ask(box, again = false) {
  const stop = new AbortController();
  box.stop = stop;
  const q = box.input.value.trim();
  try {
    const answer = await get("/api/suggest", { q, limit: 8, as_of: box.app.asOf }, { signal: stop.signal });
    if (stop.signal.aborted) return;
    draw(box, q, answer, again);
  } catch (error) {
    if (stop.signal.aborted) return;
    if (!(error instanceof ApiError)) console.error(error);
    if (again) return askAgain(box); // what is shown stays
    box.rows = [];
    box.drawn = "";
    fill(box.list);
    open(box);
    tell(box, error.message);
  } finally {
    if (box.stop === stop) box.stop = null;
  }
}

function draw(box, q, answer, again) {
  const state = answer.index?.state ?? "ready";
  const told = JSON.stringify([q, state, answer.suggestions, answer.more]);
  // The same answer again leaves the list alone: somebody may be pressing or reading it.
  if (!again || told !== box.told) show(box, q, answer, state, again ? box.rows[box.at]?.subject.id : undefined);
  box.told = told;
  if (state !== "ready") askAgain(box);
  const entered = box.entered;
  box.entered = null;
  if (entered && box.rows.length === 1) take(box, 0, entered.add);
}

/** Who typed before the index was ready finds the answer when it is. */
function askAgain(box) {
  if (document.activeElement === box.input) box.timer = setTimeout(() => ask(box, true), AGAIN);
}

function show(box, q, answer, state, pointed) {
  box.rows = answer.suggestions;
  box.drawn = q;
  fill(box.list, box.rows.map((row, at) => option(`${box.list.id}-${at}`, row, at, q, box.app.asOf)));
  box.at = Math.max(box.rows.length ? 0 : -1, box.rows.findIndex((row) => row.subject.id === pointed));
  const words = [
    state === "ready" ? "" : t(`suggest.${state}`),
    box.rows.length ? (answer.more ? t("suggest.more") : "") : t("suggest.none", { q }),
  ].filter(Boolean);
  tell(box, words.join(" "));
  open(box);
}

function tell(box, text) {
  box.note.textContent = text;
  box.note.hidden = !text;
}

/** The text with the part that matched marked, by nodes. */
function marked(text, q) {
  const at = text.toLowerCase().indexOf(q.toLowerCase());
  if (at < 0 || !q) return [text];
  return [text.slice(0, at), el("mark", { text: text.slice(at, at + q.length) }), text.slice(at + q.length)].filter((part) => part !== "");
}

function option(id, row, at, q, asOf) {
  const { subject, organisation } = row;
  const code = codeOf(subject);
  const second = [
    row.matched === "former" ? el("span", {}, `${t("suggest.former")} `, ...marked(row.text ?? "", q)) : null,
    el("span", { text: kindText(subject) }),
    organisation ? el("span", { text: roleText(organisation, asOf) }) : null,
    el("span", { class: "mono" }, ...(code === subject.name ? [] : marked(code, q))),
  ].filter(Boolean);
  return el("li", { id, role: "option", "aria-selected": "false", data: { at: String(at), id: subject.id, testid: "suggestion" } },
    el("span", { class: "first" }, el("span", { class: "kind", "aria-hidden": "true", text: kindMark(subject) }), el("strong", {}, ...marked(subject.name, q)), ...listChips((row.listed ?? []).map((code) => code.list ?? code), 3)),
    el("span", { class: "second soft small" }, ...second));
}

/** Where somebody has a role. One that is over, or has not begun, is not told as theirs. */
function roleText({ name, relation, since, until, active }, asOf) {
  const role = say("relations", relation);
  if (active !== false) return `${name} · ${role}`;
  return `${name} · ${since && since > asOf ? t("suggest.future", { role, since }) : t("suggest.over", { role, until })}`;
}

function open(box) {
  box.list.hidden = !box.rows.length;
  box.input.setAttribute("aria-expanded", String(box.rows.length > 0));
  point(box);
}

function close(box) {
  rest(box);
  box.list.hidden = true;
  box.note.hidden = true;
  box.input.setAttribute("aria-expanded", "false");
  box.input.removeAttribute("aria-activedescendant");
}

function point(box) {
  [...box.list.children].forEach((row, at) => row.setAttribute("aria-selected", String(at === box.at)));
  const row = box.list.children[box.at];
  if (!row) return box.input.removeAttribute("aria-activedescendant");
  box.input.setAttribute("aria-activedescendant", row.id);
  row.scrollIntoView({ block: "nearest" });
}

function pressed(box, event) {
  if (event.isComposing || event.keyCode === 229) return;
  const open_ = !box.list.hidden;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (!open_) return box.rows.length ? open(box) : later(box);
    const n = box.rows.length;
    box.at = (box.at + (event.key === "ArrowDown" ? 1 : n - 1)) % n;
    point(box);
  } else if (event.key === "Enter") {
    event.preventDefault();
    const how = event.ctrlKey || event.metaKey;
    if (open_ && box.drawn === box.input.value.trim()) take(box, box.at, how);
    else if (box.input.value.trim() && !box.held) { box.entered = { add: how }; later(box); }
  } else if (event.key === "Escape" && (open_ || !box.note.hidden)) {
    event.stopPropagation();
    box.entered = null;
    close(box);
  }
}

function take(box, at, add_) {
  const row = box.rows[at];
  if (!row) return;
  hold(box, row.subject);
  box.choose(row, { add: add_ });
}

add({
  "suggest.former": ["曾用名", "formerly"],
  "suggest.over": ["原{role}（至 {until}）", "former {role} (until {until})"], "suggest.future": ["将任{role}（{since} 起）", "{role} to be (from {since})"],
  "suggest.more": ["还有更多，请多输入几个字。", "There are more: type a little more."],
  "suggest.none": ["没有找到“{q}”。可以换用全称、曾用名、拼音首字母或统一社会信用代码；也可能数据尚未装入（见“依据”页）。", "Nothing found for “{q}”. Try the full or a former name, pinyin initials or the credit code; or the data are not loaded (see Basis)."],
  "suggest.building": ["检索索引正在建立，结果可能不全。", "The index is being built; results may be incomplete."],
  "suggest.stale": ["数据刚有变动，检索索引正在更新。", "Data have just changed; the index is being brought up to date."],
});
