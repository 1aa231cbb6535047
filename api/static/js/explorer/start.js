// The start page: search first, a few examples of what is loaded, what is loaded, what was saved, how to begin.

import { get } from "../api.js";
import { byId, el, fill } from "../dom.js";
import { add, family, say, t } from "../words.js";
import { combobox } from "./combobox.js";

const EXAMPLES = 4;

/** @param {import("./app.js").App} app */
export function mount(app) {
  const box = combobox({
    app, label: t("start.search"), placeholder: t("search.placeholder"), testid: "start-search",
    choose: ({ subject }) => { box.hold(null); app.start(subject.id).catch((error) => app.fail(error)); },
  });
  const parts = { examples: el("div", { class: "examples" }), saved: el("div"), sources: el("div") };
  fill(byId("start"), el("div", { class: "welcome" },
    el("h1", {}, t("start.title")), el("p", { class: "lead", text: t("start.lead") }),
    el("div", { class: "big-search", role: "search" }, box.root), parts.examples,
    el("div", { class: "columns" },
      el("section", { class: "card" }, el("h2", { text: t("start.how") }), el("ol", { class: "how" }, ...["how.1", "how.2", "how.3"].map((key) => el("li", { text: t(key) }))), el("p", { class: "small soft", text: t("caution") })),
      el("section", { class: "card" }, el("h2", { text: t("start.saved") }), parts.saved),
      el("section", { class: "card wide" }, el("h2", { text: t("start.sources") }), parts.sources))));
  examples(app, parts.examples).catch((error) => app.fail(error));
  sources(parts.sources).catch((error) => fill(parts.sources, el("p", { class: "error", text: error.message })));
  const savedOnes = () => saved(app, parts.saved).catch((error) => fill(parts.saved, el("p", { class: "soft", text: error.message })));
  savedOnes();
  app.model.on("doc", () => { if (!app.model.ids.length) savedOnes(); });
}

/** Subjects that came on an adverse list most recently: something to begin with in any data. */
async function examples(app, box) {
  const { listings } = await get("/api/listings", { limit: 60, as_of: app.asOf });
  const found = new Map();
  const adverse = listings.filter((listing) => family(listing.list) === "negative");
  // First one of each list, so that the examples differ.
  for (const listing of adverse) if (![...found.values()].some((one) => one.list === listing.list)) found.set(listing.subject.id, found.get(listing.subject.id) ?? listing);
  for (const listing of adverse) if (found.size < EXAMPLES && !found.has(listing.subject.id)) found.set(listing.subject.id, listing);
  const shown = [...found.values()].slice(0, EXAMPLES);
  if (!shown.length) return;
  fill(box, el("span", { class: "soft", text: t("start.examples") }), ...shown.map(({ subject, list, listed_on: on }) => el("button", {
    type: "button", class: "example", data: { testid: "example", id: subject.id }, title: `${say("lists", list)} ${on ?? ""}`, on: { click: () => app.start(subject.id).catch((error) => app.fail(error)) },
  }, el("span", { text: subject.name }), el("span", { class: "small soft", text: `✖ ${say("lists", list)}` }))));
}

async function sources(box) {
  const { sources: loaded } = await get("/api/sources");
  if (!loaded.length) {
    fill(box, el("div", { data: { testid: "empty-store" } }, el("p", { text: t("start.empty") }), el("pre", { class: "mono", text: t("start.empty.run") })));
    return;
  }
  const head = ["source", "snapshot", "subjects", "relations", "listings"];
  fill(box, el("table", { data: { testid: "sources" } },
    el("thead", {}, el("tr", {}, ...head.map((name, index) => el("th", { scope: "col", class: index > 1 ? "num" : "", text: t(`start.${name}`) })))),
    el("tbody", {}, ...loaded.map((one) => el("tr", {}, el("td", { text: one.title || one.source }), el("td", { text: one.snapshot ?? "—" }), ...["subjects", "relations", "listings"].map((name) => el("td", { class: "num", text: Number(one[name] ?? 0).toLocaleString("en-US") })))))));
}

async function saved(app, box) {
  const { investigations } = await get("/api/investigations");
  if (!investigations.length) { fill(box, el("p", { class: "soft", text: t("start.saved.none") })); return; }
  fill(box, el("ul", { class: "saved" }, ...investigations.slice(0, 6).map((one) => el("li", {},
    el("button", { type: "button", class: "name", text: one.name, data: { testid: "start-investigation" }, on: { click: () => app.flows.openSaved(one.id) } }),
    el("span", { class: "small soft", text: ` ${String(one.changed_at ?? "").slice(0, 10)}` })))));
}

add({
  "start.title": ["查一个主体，看名单记录经由哪些关系接近它", "Look up a subject: what lists come near it, and by which relations"],
  "start.lead": ["每一条提示都带着路径、依据的记录和日期。", "Every hint comes with its path, its records and its dates."],
  "start.search": ["搜索主体", "Search for a subject"], "start.examples": ["近期列入：", "Recently listed:"],
  "start.how": ["三步开始", "Three steps"], "how.1": ["搜名称、曾用名、拼音首字母或统一社会信用代码，回车打开。", "Search by name, former name, initials of the pinyin or credit code; Enter opens."],
  "how.2": ["双击节点（或按 E）展开关系；点连线看依据的记录和起止日期。", "Double-click a node (or press E) to expand; click a line for its record and dates."],
  "how.3": ["右侧看后果、接近的名单和两主体间的路径；拖动底部时间轴换基准日。", "On the right: consequences, lists that come near, paths; the slider at the foot changes the day."],
  "start.saved": ["保存的调查", "Saved investigations"], "start.saved.none": ["还没有。打开一个主体后按 S 保存。", "None yet. Open a subject and press S."],
  "start.sources": ["已装入的数据", "What is loaded"], "start.source": ["来源", "Source"], "start.snapshot": ["快照日期", "Snapshot"], "start.subjects": ["主体", "Subjects"], "start.relations": ["关系", "Relations"], "start.listings": ["列入记录", "Listings"],
  "start.empty": ["库里还没有数据。先在命令行装入，例如自带的样例城市：", "The store is empty. Load something first, for example the sample city:"],
  "start.empty.run": ["xinmai load examples/city --snapshot 2026-06-01", "xinmai load examples/city --snapshot 2026-06-01"],
});
