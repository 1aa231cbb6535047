// The start page: one question, its answer as tables. Everything from the graph becomes text, never markup.
"use strict";

const byId = (id) => document.getElementById(id);

async function ask(path, parameters = {}) {
  const response = await fetch(`${path}?${new URLSearchParams(parameters)}`, { headers: { Accept: "application/json" } });
  const body = await response.json();
  if (!response.ok) throw new Error(errorText(body.error));
  return body;
}

function errorText(error) {
  const candidates = (error.candidates ?? []).map((c) => `${c.id} ${c.name}`);
  return [error.message, error.remedy, ...candidates].filter(Boolean).join("；");
}

function fill(id, rows) {
  const table = byId(id);
  table.tBodies[0].replaceChildren(...rows.map(rowOf));
  table.hidden = rows.length === 0;
  table.nextElementSibling.hidden = rows.length > 0;
}

function rowOf(cells) {
  const row = document.createElement("tr");
  for (const cell of cells) row.insertCell().textContent = cell === null || cell === undefined || cell === "" ? "—" : String(cell);
  return row;
}

function pathText(path, words) {
  const names = new Map(path.nodes.map((node) => [node.id, node.name]));
  return path.edges.map((edge) => edgeText(edge, names, words)).join("；");
}

function edgeText(edge, names, words) {
  const share = edge.ratio === null || edge.ratio === undefined ? "" : ` ${+(edge.ratio * 100).toFixed(4)}%`;
  const dates = edge.since || edge.until ? `（${edge.since || "?"} 至 ${edge.until || "今"}）` : "";
  const from = names.get(edge.source) ?? edge.source;
  const to = names.get(edge.target) ?? edge.target;
  return `${from} →${words.relations[edge.type] ?? edge.type}${share}→ ${to}${dates}［${edge.record || "无记录号"}］`;
}

function limitTexts(answer, words) {
  const reasons = { fanout: "关系过多", conducts: "不传导" };
  const stops = answer.not_crossed.map((n) => `未穿过：${n.subject.name ?? n.subject}（${reasons[n.reason] ?? n.reason}，${n.degree} 条关系）`);
  const whys = { not_loaded: "未接入", stale: "数据过旧" };
  const missing = answer.not_checked.map((n) => `未核查：${words.lists[n.list] ?? n.list}（${whys[n.why] ?? n.why}）`);
  return [...stops, ...missing, answer.complete ? "查询完整。" : "查询不完整：受时间、行数所限，或有名单未接入。"];
}

function show(subject, answer, words) {
  byId("who").textContent = subject.name;
  byId("facts").textContent = [subject.id, subject.uscc, words.kinds[subject.kind] ?? subject.kind, subject.status].filter(Boolean).join(" · ");
  byId("report").href = `/api/report?${new URLSearchParams({ subject: subject.id, as_of: answer.as_of })}`;
  fill("listed", answer.listed.map((l) => [words.lists[l.list] ?? l.list, l.doc_no, l.listed_on, words.states[l.state] ?? l.state, l.record]));
  fill("exposures", answer.exposures.map((e) => [e.score, e.hops, words.lists[e.listing.list] ?? e.listing.list, e.listed_subject.name, pathText(e.path, words)]));
  byId("limits").replaceChildren(...limitTexts(answer, words).map((text) => Object.assign(document.createElement("li"), { textContent: text })));
  byId("answer").hidden = false;
}

async function answer(event) {
  event.preventDefault();
  const status = byId("status");
  status.textContent = "正在查询……";
  byId("answer").hidden = true;
  const parameters = { subject: byId("subject").value.trim() };
  if (byId("day").value) parameters.as_of = byId("day").value;
  try {
    const [words, exposure] = await Promise.all([ask("/api/vocabulary"), ask("/api/exposure", parameters)]);
    show(exposure.subject, exposure, words);
    status.textContent = `截至 ${exposure.as_of}：本身列入 ${exposure.listed.length} 条，关联提示 ${exposure.exposures.length} 条。`;
  } catch (error) {
    status.textContent = error.message;
  }
}

async function listSources() {
  try {
    const loaded = (await ask("/api/sources")).sources;
    fill("sources", loaded.map((s) => [s.title || s.source, s.snapshot, s.subjects, s.relations, s.listings]));
  } catch (error) {
    byId("status").textContent = error.message;
  }
}

byId("ask").addEventListener("submit", answer);
listSources();
