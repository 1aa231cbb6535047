// Keeping pictures: in the address (small ones), in this tab (a draft, gone when it is closed), on the server under a
// name, and as a file. Only ids, places and what the user wrote are kept; what the graph says is always asked anew.

import { get, send } from "../api.js";
import { announce, byId, el, fill, save as saveFile, toast } from "../dom.js";
import { add, t } from "../words.js";
import { fromHash, readDoc, toHash } from "./codec.js";
import { ask, confirm, line } from "./dialog.js";
import { isDay } from "./state.js";

// Personal data do not outlive the tab: sessionStorage, never localStorage.
const DRAFT = "xinmai.draft";

/** @param {import("./app.js").App} app */
export function mount(app) {
  const { model, flows } = app;
  /** The investigation on the server this picture belongs to. */
  app.saved = null;
  let kept = model.doc;
  const dirty = () => model.doc !== kept;
  const tellName = () => fill(byId("saved"), app.saved ? el("span", { title: t("saved.title"), text: `${app.saved.name}${dirty() ? t("saved.dirty") : ""}`, data: { testid: "saved-name" } }) : null);
  /** The picture belongs to what is saved; `doc` is what was saved of it: what was done since is not. */
  const belongs = (saved, doc = model.doc) => { app.saved = saved; kept = doc; tellName(); };
  // A picture begun anew, or from a link, is another one: it is never saved over the one that was open.
  flows.unsaved = () => belongs(null);
  flows.renamed = (name, now) => { app.saved = { ...app.saved, name, version: now }; tellName(); };

  let waiting = 0;
  model.on("doc", () => { clearTimeout(waiting); waiting = setTimeout(() => keep(model.doc), 300); tellName(); });
  flows.save = () => store(app, belongs).catch((error) => app.fail(error));
  flows.openSaved = (id) => openSaved(app, id, belongs).catch((error) => app.fail(error));
  flows.viewItems = () => [
    { label: t("view.save"), key: "S", run: flows.save, testid: "save", disabled: !model.ids.length },
    { label: t("view.save.as"), run: () => store(app, belongs, true).catch((error) => app.fail(error)), testid: "save-as", disabled: !model.ids.length },
    { label: t("view.open"), run: () => list(app, belongs).catch((error) => app.fail(error)), testid: "open" },
    { label: t("view.file.save"), run: () => saveFile(t("view.file.name", { day: app.asOf }), JSON.stringify({ xinmai: "view", doc: model.doc }, null, 1), "application/json"), testid: "file-save", disabled: !model.ids.length },
    { label: t("view.file.open"), run: () => fromFile(app, belongs), testid: "file-open" },
    { label: t("view.link"), run: () => copyLink(), testid: "copy-link", disabled: !model.ids.length },
    { label: t("view.new"), run: () => clear(app, belongs), testid: "new", disabled: !model.ids.length },
  ];
  window.addEventListener("hashchange", () => { if (location.hash !== sessionStorage.getItem(`${DRAFT}.hash`)) atStart(app); });
  atStart(app);
}

/** The address and the draft follow the picture. */
async function keep(doc) {
  const text = await toHash(doc);
  const hash = text ? `#v=${text}` : "";
  history.replaceState(null, "", `${location.pathname}${hash}`);
  sessionStorage.setItem(`${DRAFT}.hash`, hash);
  if (Object.keys(doc.nodes).length) sessionStorage.setItem(DRAFT, JSON.stringify(doc));
  else sessionStorage.removeItem(DRAFT);
}

/** What the page opens with: a subject of the address, a picture of the address, the draft of this tab. */
async function atStart(app) {
  const wanted = new URLSearchParams(location.search);
  const day = wanted.get("as_of");
  try {
    if (day && isDay(day)) app.model.settle((doc) => ({ ...doc, asOf: day }));
    if (wanted.get("subject")) {
      const card = await app.busy((signal) => app.card(wanted.get("subject"), signal), t("busy.view"));
      if (card) { await app.start(card.subject.id); app.show("subject", { id: card.subject.id }); }
      return;
    }
    const draft = sessionStorage.getItem(DRAFT);
    if (draft && location.hash === (sessionStorage.getItem(`${DRAFT}.hash`) ?? "")) await app.open(readDoc(JSON.parse(draft)));
    else if (location.hash.startsWith("#v=")) {
      await app.open(await fromHash(location.hash.slice(3)));
      app.flows.unsaved();
    }
  } catch (error) {
    if (error.status !== undefined) app.fail(error);
    else { toast(t("view.unreadable"), "error"); history.replaceState(null, "", location.pathname); }
  }
}

/** Save under its name, or under a new one. Somebody else's newer version is never written over unseen. */
async function store(app, belongs, anew = false) {
  const { saved, model } = app;
  if (!model.ids.length) return;
  if (saved && !anew) {
    try {
      const sent = model.doc;
      belongs(await send("PUT", `/api/investigations/${encodeURIComponent(saved.id)}`, { name: saved.name, note: saved.note, view: sent, version: saved.version }), sent);
      announce(t("told.saved", { name: saved.name }));
      toast(t("told.saved", { name: saved.name }));
    } catch (error) {
      if (error.status !== 409) throw error;
      await conflict(app, belongs);
    }
    return;
  }
  const name = await line(t("view.save.as"), t("view.name"), saved ? t("view.copy", { name: saved.name }) : "");
  if (!name) return;
  const sent = model.doc;
  belongs(await send("POST", "/api/investigations", { name, note: "", view: sent }), sent);
  announce(t("told.saved", { name }));
  toast(t("told.saved", { name }));
}

async function conflict(app, belongs) {
  const choice = await ask(t("conflict.title"), [el("p", { text: t("conflict.text", { name: app.saved.name }) })], [
    { label: t("cancel"), value: null, testid: "no" }, { label: t("conflict.open"), value: "open", testid: "conflict-open" }, { label: t("view.save.as"), value: "as", primary: true, testid: "conflict-as" },
  ]);
  if (choice === "open") await openSaved(app, app.saved.id, belongs);
  if (choice === "as") await store(app, belongs, true);
}

async function openSaved(app, id, belongs) {
  const found = await get(`/api/investigations/${encodeURIComponent(id)}`);
  await app.open(readDoc(found.view));
  belongs(found);
  announce(t("told.opened", { name: found.name }));
}

/** Saved investigations: open, rename, delete. */
async function list(app, belongs) {
  const { investigations } = await get("/api/investigations");
  const row = (one) => el("tr", {},
    el("td", {}, el("button", { type: "button", class: "name", text: one.name, data: { testid: "investigation" }, on: { click: () => { byId("dialog").close(); app.flows.openSaved(one.id); } } })),
    el("td", { class: "small soft", text: String(one.changed_at ?? "").slice(0, 16).replace("T", " ") }),
    el("td", {},
      el("button", { type: "button", class: "quiet", text: t("view.rename"), data: { testid: "rename" }, on: { click: () => { byId("dialog").close(); rename(app, one, belongs).catch((error) => app.fail(error)); } } }),
      el("button", { type: "button", class: "quiet danger", text: t("view.delete"), data: { testid: "delete" }, on: { click: () => { byId("dialog").close(); drop(app, one, belongs).catch((error) => app.fail(error)); } } })));
  await ask(t("view.open"), [
    investigations.length ? el("table", { class: "investigations" }, el("tbody", {}, ...investigations.map(row))) : el("p", { text: t("view.none") }),
  ], [{ label: t("close"), value: null, primary: true, testid: "list-close" }]);
}

async function rename(app, one, belongs) {
  const name = await line(t("view.rename"), t("view.name"), one.name);
  if (!name) return;
  const { note, view, version } = await get(`/api/investigations/${encodeURIComponent(one.id)}`);
  const changed = await send("PUT", `/api/investigations/${encodeURIComponent(one.id)}`, { name, note, view, version });
  // Only the name was changed: what somebody else saved meanwhile is still unseen here, and saving over it must not succeed.
  const { saved } = app;
  if (saved?.id === one.id) app.flows.renamed(name, saved.version === version ? changed.version : saved.version);
  await list(app, belongs);
}

async function drop(app, one, belongs) {
  if (!(await confirm(t("view.delete"), t("view.delete.sure", { name: one.name }), { yes: t("view.delete"), danger: true }))) return;
  await send("DELETE", `/api/investigations/${encodeURIComponent(one.id)}`);
  if (app.saved?.id === one.id) belongs(null);
  announce(t("told.deleted", { name: one.name }));
  await list(app, belongs);
}

function fromFile(app, belongs) {
  const input = el("input", { type: "file", accept: "application/json,.json", hidden: true, data: { testid: "file-input" } });
  input.addEventListener("change", async () => {
    try {
      const read = JSON.parse(await input.files[0].text());
      await app.open(readDoc(read.doc));
      belongs(null);
    } catch (error) {
      if (error.status === undefined) toast(t("view.file.unreadable"), "error");
      else app.fail(error);
    } finally { input.remove(); }
  });
  document.body.append(input);
  input.click();
}

async function copyLink() {
  if (!location.hash) { toast(t("view.link.large")); return; }
  try {
    await navigator.clipboard.writeText(location.href);
    toast(t("view.link.copied"));
  } catch {
    toast(t("view.link.bar"));
  }
}

async function clear(app, belongs) {
  app.model.change(t("view.new"), (doc) => ({ ...doc, seed: null, nodes: {}, groups: {} }));
  app.model.select();
  belongs(null);
}

add({
  "view.save": ["保存调查", "Save"], "view.save.as": ["另存为", "Save as"], "view.open": ["打开调查", "Open"], "view.new": ["清空，回到起始页", "Clear, back to the start"],
  "view.file.save": ["存为视图文件", "Save to a file"], "view.file.open": ["读取视图文件", "Open a file"], "view.file.name": ["信脉视图-{day}.json", "xinmai-view-{day}.json"], "view.link": ["复制链接", "Copy link"],
  "view.name": ["调查名称", "Name"], "view.copy": ["{name}（副本）", "{name} (copy)"], "view.rename": ["改名", "Rename"], "view.delete": ["删除", "Delete"], "view.delete.sure": ["删除调查“{name}”？删除后不能恢复。", "Delete “{name}”? This cannot be undone."],
  "view.none": ["还没有保存的调查。", "Nothing saved yet."],
  "view.unreadable": ["链接中的视图读不出来：可能不完整或被改动过。请重新搜索，或向发送者要新的链接。", "The picture in this link cannot be read: it may be cut or altered. Search again, or ask for a new link."],
  "view.file.unreadable": ["这个文件不是信脉的视图文件，或已损坏。", "This is not a picture saved by Xinmai, or it is damaged."],
  "view.link.copied": ["链接已复制。收到链接的人须能登录本服务；链接不含记事。", "Copied. Whoever gets it needs access to this service; notes are not in it."], "view.link.bar": ["链接在地址栏里，可以复制。", "The link is in the address bar."], "view.link.large": ["图太大，放不进链接：请保存调查，或存为视图文件。", "Too large for a link: save it, or save it to a file."],
  "told.saved": ["已保存：{name}", "Saved: {name}"], "told.opened": ["已打开：{name}", "Opened: {name}"], "told.deleted": ["已删除：{name}", "Deleted: {name}"],
  "saved.title": ["当前调查", "This investigation"], "saved.dirty": ["（未保存）", " (unsaved)"],
  "conflict.title": ["调查已被别人改过", "Changed by somebody else"], "conflict.text": ["“{name}”在你打开之后又保存过。可以另存为新的调查，或放弃你的改动、打开最新的。", "“{name}” was saved after you opened it. Save yours under another name, or drop your changes and open the newest."], "conflict.open": ["打开最新的", "Open the newest"],
});
