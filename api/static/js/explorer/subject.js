// Who the selected subject is: identifiers, listings, how many relations of which kind before any is drawn, contacts, sources.

import { get } from "../api.js";
import { announce, el, fill, toast } from "../dom.js";
import { add, family, say, t } from "../words.js";
import { BOTH_WAYS } from "./lines.js";
import { listingCard } from "./listing.js";
import { codeOf, empty, facts, kindMark, kindText, load, nameButton, section, visit } from "./pieces.js";
import { only } from "./only.js";
import { report } from "./report.js";

export const keep = false;
export const subjectOnly = true;

/** @param {import("./app.js").App} app */
export function render(app, { id }) {
  const many = app.model.view.nodes;
  const box = el("div", { class: "subject" });
  if (many.size > 1) return several(app, [...many]);
  load(box, (signal) => app.card(id, signal), (card) => draw(app, card));
  return box;
}

function several(app, ids) {
  const subjects = ids.map((id) => app.model.subjects.get(id)?.subject).filter(Boolean);
  return el("div", {}, el("h2", { text: t("many.title", { n: ids.length }) }),
    el("div", { class: "actions" },
      act("many-paths", t("many.paths"), () => app.show("paths", { pairs: ids })),
      act("many-pin", t("act.pin"), () => app.pin(ids, true)),
      act("many-hide", t("act.hide"), () => app.hide(ids)),
      act("many-remove", t("act.remove"), () => app.remove(ids))),
    el("ul", { class: "plain" }, ...subjects.map((one) => el("li", {}, nameButton(app, one)))));
}

const act = (testid, text, run, more = {}) => el("button", { type: "button", text, data: { testid }, on: { click: run }, ...more });

function draw(app, card) {
  const { subject } = card;
  return [
    head(subject),
    actions(app, subject),
    entries(app, card),
    relations(app, card),
    section(t("subject.facts"), null, identifiers(card)),
    card.contacts.length ? section(t("subject.contacts"), card.contacts.length + (card.contacts_left_out ?? 0), contacts(card.contacts), card.contacts_left_out ? el("p", { class: "small soft", text: t("own.left_out", { n: card.contacts_left_out }) }) : null) : null,
    section(t("subject.sources"), null, el("p", { class: "small soft", text: card.sources.map((one) => t(`source.${one}`) === `source.${one}` ? one : t(`source.${one}`)).join(" · ") || t("none") })),
  ].filter(Boolean);
}

function head(subject) {
  const code = codeOf(subject);
  return el("header", { class: "who" },
    el("p", { class: "small soft" }, el("span", { "aria-hidden": "true", text: `${kindMark(subject)} ` }), [kindText(subject), subject.status].filter(Boolean).join(" · ")),
    el("h2", { data: { testid: "subject-name" }, text: subject.name }),
    el("p", { class: "mono small" }, el("span", { data: { testid: "subject-code" }, text: code }),
      el("button", { type: "button", class: "quiet tiny", text: t("copy"), title: t("copy.title"), data: { testid: "copy" }, on: { click: () => copy(code) } })));
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    announce(t("copied"));
  } catch {
    toast(t("copy.refused"), "error");
  }
}

function actions(app, subject) {
  const bar = el("div", { class: "actions" });
  const fillBar = () => {
    const placed = app.model.doc.nodes[subject.id];
    fill(bar, placed ? [
      act("act-expand", t("act.expand"), () => app.expand(subject.id), { class: "primary" }),
      act("act-pin", t("act.pin"), () => { app.pin([subject.id], !placed.pinned); fillBar(); }, { "aria-pressed": String(Boolean(placed.pinned)) }),
      act("act-hide", t("act.hide"), () => app.hide([subject.id])),
    ] : [act("act-add", t("act.add"), () => visit(app, subject), { class: "primary" })],
    act("act-start", t("act.start"), () => app.start(subject.id), { title: t("act.start.title") }),
    act("act-paths", t("act.paths"), () => app.show("paths", { from: subject })),
    act("report", t("report.open"), () => report(app, subject)));
  };
  fillBar();
  return bar;
}

/** Families of entries that take nothing away. */
const GOOD = new Set(["red", "permit"]);

/** Listings: the subject's own, those that name it, permissions; the remedy comes with the findings, asked when there are any. */
function entries(app, card) {
  const { subject } = card;
  const box = el("div", { class: "cards" });
  const good = card.listed.filter((entry) => GOOD.has(family(entry.list)));
  const listed = card.listed.filter((entry) => !good.includes(entry));
  const put = (remedies) => fill(box,
    ...listed.map((entry) => listingCard(entry, { remedy: remedies.get(entry.id) })),
    ...card.named_in.map((entry) => listingCard(entry, { remedy: remedies.get(entry.id), role: entry.role || t("subject.named") })),
    ...card.exempt_from.map((entry) => listingCard(entry, { role: t("subject.exempt") })));
  put(new Map());
  const count = listed.length + card.named_in.length + card.exempt_from.length;
  if (count) {
    get("/api/findings", { subject: subject.id, scenario: "general", as_of: card.as_of })
      .then((answer) => put(new Map(answer.findings.filter((one) => one.class === "LISTED_SELF").map((one) => [one.listing.id, one.remedy]))))
      .catch(() => {});
  }
  const ended = card.ended ? el("p", { class: "small soft", text: t("subject.ended", { n: card.ended }) }) : null;
  return el("div", {}, section(t("subject.listings"), count, count ? box : empty(t("subject.listings.none", { day: card.as_of })), ended,
    el("div", { class: "row" }, act("to-findings", t("subject.findings"), () => app.show("findings", { id: subject.id })), act("to-exposure", t("subject.exposure"), () => app.show("exposure", { id: subject.id })))),
  good.length ? section(t("subject.good"), good.length, el("div", { class: "cards" }, ...good.map((entry) => listingCard(entry)))) : null);
}

function relations(app, card) {
  const { subject } = card;
  const total = card.counts.reduce((sum, one) => sum + (one.active ?? one.total), 0);
  if (!card.counts.length) return section(t("subject.relations"), 0, empty(t("subject.relations.none")));
  const rows = card.counts.map((one) => el("li", {}, el("button", {
    type: "button", class: "count-row", data: { testid: "expand-type", type: one.type, direction: one.direction ?? "both" },
    title: t("subject.expand.title"), on: { click: () => only(app, subject, one) },
  }, el("span", {}, `${arrow(one)} ${say("relations", one.type)}`),
  el("span", { class: "num" }, String(one.active ?? one.total), one.total > (one.active ?? one.total) ? el("span", { class: "soft small", text: ` ${t("subject.of", { n: one.total })}` }) : null))));
  return section(t("subject.relations"), total, el("ul", { class: "counts" }, ...rows));
}

const arrow = ({ type, direction }) => (BOTH_WAYS.has(type) ? "↔" : { in: "←", out: "→" }[direction] ?? "↔");

function identifiers({ subject, about = {}, names, other_ids: others }) {
  return facts([
    [t("id.former"), names.join("、")],
    [t("id.uscc"), subject.uscc && el("span", { class: "mono", text: subject.uscc })],
    [t("id.masked"), subject.id_masked && el("span", { class: "mono", text: subject.id_masked })],
    [t("id.reg_no"), about.reg_no && el("span", { class: "mono", text: about.reg_no })],
    [t("id.kind"), [say("kinds", subject.kind), subject.form && say("forms", subject.form)].filter(Boolean).join(" · ")],
    [t("id.status"), subject.status],
    [t("id.sector"), about.sector],
    [t("id.established"), about.established],
    [t("id.region"), about.region],
    [t("id.id"), el("span", { class: "mono", text: [subject.id, ...others].join("、") })],
    [t("id.conducts"), about.conducts === false ? t("id.conducts.no") : null],
  ]);
}

const contacts = (all) => el("ul", { class: "plain small" }, ...all.map((one) => el("li", {},
  el("span", { class: "soft", text: `${say("contacts", one.kind)} ` }), one.value,
  one.given > 1 ? el("span", { class: "chip", text: t("subject.shared", { n: one.given }) }) : null)));

add({
  "many.title": ["选中 {n} 个主体", "{n} subjects selected"],
  "many.paths": ["两两之间的路径", "Paths between them"],
  "act.expand": ["展开", "Expand"],
  "act.pin": ["固定", "Pin"],
  "act.hide": ["隐藏", "Hide"],
  "act.remove": ["移除", "Remove"],
  "act.add": ["加入图中", "Add to picture"],
  "act.start": ["新图", "New picture"],
  "act.start.title": ["以它为起点另起一张图（可撤销）", "A new picture that starts here (can be undone)"],
  "act.paths": ["找路径", "Find paths"],
  "copy": ["复制", "Copy"], "copy.title": ["复制编号", "Copy the code"], "copied": ["已复制", "Copied"],
  "copy.refused": ["浏览器不允许复制，请手工选取。", "The browser refused to copy; select the text by hand."],
  "subject.listings": ["列入记录", "Listings"],
  "subject.good": ["守信与许可", "Commendations and permits"],
  "subject.listings.none": ["{day} 没有有效的列入记录。", "No listing in force on {day}."],
  "subject.ended": ["另有 {n} 条已经结束，未列出。", "{n} more have ended and are not shown."],
  "subject.named": ["条目列明", "named by the entry"],
  "subject.exempt": ["准许/例外", "exempt"],
  "subject.findings": ["有何后果", "What follows"],
  "subject.exposure": ["接近哪些名单", "What comes near"],
  "subject.relations": ["关系", "Relations"],
  "subject.relations.none": ["没有登记的关系。", "No relation is recorded."],
  "subject.expand.title": ["展开这一类关系", "Expand these"],
  "subject.of": ["/ 共 {n}", "of {n}"],
  "subject.facts": ["登记信息", "Register"],
  "subject.contacts": ["联系方式", "Contacts"],
  "subject.shared": ["{n} 个主体共用", "shared by {n}"],
  "subject.sources": ["数据来源", "Sources"],
  "source.city_register": ["市场主体登记", "city register"],
  "source.city_credit": ["公共信用记录", "city credit records"],
  "source.package": ["补充数据包", "data package"],
  "id.former": ["曾用名", "Former names"],
  "id.uscc": ["信用代码", "Credit code"],
  "id.masked": ["证件号码", "ID number"],
  "id.reg_no": ["注册号", "Register no"],
  "id.kind": ["类别", "Kind"],
  "id.status": ["状态", "Status"],
  "id.sector": ["行业", "Sector"],
  "id.established": ["成立", "Established"],
  "id.region": ["区划", "Region"],
  "id.id": ["编号", "Id"],
  "id.conducts": ["传导", "Conduction"],
  "id.conducts.no": ["风险不经过本主体传导", "Risk never passes through"],
});
