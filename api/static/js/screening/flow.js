// The way from a file to its result, the same for both pages: upload, columns, options, job, result, and back again.

import { get, send, upload } from "../api.js";
import { announce, byId, el, fill, toast } from "../dom.js";
import { inARow } from "../language.js";
import { t } from "../words.js";
import { columns } from "./columns.js";
import { dropZone } from "./upload.js";
import { about, watch } from "./watch.js";

/**
 * @param {{kind: "screen"|"bidders", options: () => {node: Node, body: () => object}, show: (box: Element, job: object) => Promise<void>}} page
 *   `options`: the controls besides the list, and what they say; `show`: draws the result of a finished job.
 */
export async function flow(page) {
  const ident = new URLSearchParams(location.hash.slice(1)).get("job");
  window.addEventListener("hashchange", () => location.reload());
  begin(page);
  await recent(page);
  if (ident) await resume(page, ident);
}

function begin(page) {
  const box = byId("begin");
  const options = page.options();
  const listBox = el("div", {});
  const go = el("button", { type: "button", class: "primary big", disabled: true, text: t(`go.${page.kind}`), data: { testid: "go" } });
  const told = el("p", { class: "soft", text: t("go.wait") });
  const failed = el("div", { role: "alert" });
  let list = null;
  const choose = () => {
    list = null;
    go.disabled = true;
    told.textContent = t("go.wait");
    fill(listBox, dropZone(page.kind, take));
  };
  const take = async (file) => {
    fill(failed);
    announce(t("up.busy", { name: file.name }));
    listBox.classList.add("busy");
    try {
      const form = new FormData();
      form.append("file", file);
      const sheet = await upload("/api/sheets", form);
      list = { sheet, ...columns(sheet) };
      fill(listBox, listed(list, choose));
      go.disabled = false;
      told.textContent = "";
      announce(t("up.read", { name: sheet.name, rows: sheet.rows }));
      (sheet.understood ? go : listBox.querySelector("select")).focus();
    } catch (error) {
      fill(failed, el("p", { class: "error", text: error.message, data: { testid: "refused" } }));
    } finally {
      listBox.classList.remove("busy");
    }
  };
  go.addEventListener("click", async () => {
    fill(failed);
    go.disabled = true;
    try {
      const mapping = list.mapping();
      const body = { sheet: list.sheet.id, ...options.body(), ...(mapping ? { mapping } : {}) };
      const { job } = await send("POST", `/api/${page.kind}`, body);
      point(job.id);
      await follow(page, job);
    } catch (error) {
      fill(failed, el("p", { class: "error", text: error.message, data: { testid: "refused" } }));
    } finally {
      go.disabled = list === null;
    }
  });
  choose();
  fill(box, el("div", { class: "steps" },
    el("section", { class: "card", "aria-labelledby": "step-1" }, el("h2", { id: "step-1", text: t("up.title") }), listBox),
    el("section", { class: "card", "aria-labelledby": "step-2" }, el("h2", { id: "step-2", text: t("opt.title") }), options.node, failed,
      el("p", { class: "line" }, go, told))));
}

function listed(list, choose) {
  const { sheet, node } = list;
  return el("div", { class: "listed", data: { testid: "listed" } },
    el("p", { class: "line" }, el("strong", { text: t("up.read", { name: sheet.name, rows: sheet.rows }) }),
      el("button", { type: "button", class: "quiet", text: t("up.other"), data: { testid: "other" }, on: { click: () => { choose(); byId("begin").querySelector("button").focus(); } } })),
    ...sheet.warnings.map((text) => el("p", { class: "soft small", text })),
    sheet.rejected_total ? el("details", {}, el("summary", { text: t("up.rejected", { n: sheet.rejected_total }) }),
      el("ul", {}, ...sheet.rejected.slice(0, 20).map((one) => el("li", { text: `${one.row}：${one.reason}` })))) : null,
    node);
}

function point(ident) {
  history.replaceState(null, "", ident ? `#job=${encodeURIComponent(ident)}` : location.pathname);
}

async function resume(page, ident) {
  try {
    await follow(page, await get(`/api/jobs/${encodeURIComponent(ident)}`));
  } catch (error) {
    point(null);
    toast(error.status === 404 ? t("run.lost") : error.message, "error");
  }
}

async function follow(page, job) {
  const box = byId("result");
  byId("begin").hidden = true;
  byId("recent").hidden = true;
  box.hidden = true;
  const over = ["done", "failed", "cancelled"].includes(job.state) ? job : await watch(byId("run"), job).catch((error) => {
    again();
    throw error;
  });
  if (over.kind !== page.kind) {
    location.assign(`/${over.kind === "screen" ? "screening" : "bidders"}#job=${encodeURIComponent(over.id)}`);
    return;
  }
  fill(box, head(over));
  box.hidden = false;
  if (over.state === "done") {
    const body = el("div", {});
    box.append(body);
    try {
      await page.show(body, over);
      announce(t("run.done"));
    } catch (error) {
      fill(body, el("p", { class: "error", role: "alert", text: error.message }));
    }
  } else {
    const failed = over.state === "failed";
    const text = failed ? `${t("run.failed")}：${inARow([over.error.message, over.error.remedy])}` : t("run.cancelled");
    box.append(el("p", { class: failed ? "error" : "caution", role: "alert", text, data: { testid: "ended" } }));
    point(null);
  }
  box.querySelector("h2").focus();
}

function again() {
  point(null);
  byId("run").hidden = true;
  byId("result").hidden = true;
  byId("begin").hidden = false;
  byId("recent").hidden = false;
}

function head(job) {
  return el("div", { class: "line result-head" }, el("h2", { tabindex: "-1", text: about(job), data: { testid: "about" } }),
    el("button", { type: "button", text: t("up.other"), data: { testid: "again" }, on: { click: () => { again(); byId("begin").querySelector("button").focus(); } } }));
}

async function recent(page) {
  const box = byId("recent");
  let jobs = [];
  try {
    jobs = (await get("/api/jobs")).jobs.filter((job) => job.kind === page.kind);
  } catch (error) {
    toast(error.message, "error");
  }
  if (!jobs.length) return;
  fill(box, el("section", { class: "card recent" }, el("h2", { text: t("recent.title") }),
    el("ul", { data: { testid: "recent" } }, ...jobs.slice(0, 8).map((job) => el("li", { class: "line" },
      el("a", { href: `#job=${encodeURIComponent(job.id)}`, text: about(job) }),
      el("span", { class: "soft", text: t(`state.${job.state}`) }),
      el("button", { type: "button", class: "quiet", text: t("recent.delete"), "aria-label": t("recent.forget", { name: about(job) }),
        on: { click: async (event) => { const row = event.currentTarget.closest("li"); await send("DELETE", `/api/jobs/${job.id}`).catch((error) => toast(error.message, "error")); row.remove(); } } }))))));
}
