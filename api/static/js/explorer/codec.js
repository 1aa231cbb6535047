// A picture as text: for the address, for a file, for the server. Reading trusts nothing.
//
// The address holds `#v=1.DATA`: base64url of the raw-deflate of JSON
//   [asOf, seed, [[id, x, y, marks, total] …], filters|0]      marks: 1 pinned + 2 hidden;
//   total: relations of a subject that was expanded, 0 for others
// Notes and groups are not in it: an address gets forwarded. Files and the server hold the whole doc.

import { MOST_NODES, VERSION, emptyDoc, isDay } from "./state.js";

/** So many subjects an address may hold; larger pictures are saved. */
export const MOST_IN_ADDRESS = 80;
const MOST_BYTES = 200_000;

/** @returns {Promise<string>} the part after `#v=`, or "" where the picture is empty or too large for it */
export async function toHash(doc) {
  const ids = Object.keys(doc.nodes);
  if (!ids.length || ids.length > MOST_IN_ADDRESS) return "";
  const rows = ids.map((id) => {
    const { x, y, pinned, hidden, total, on } = doc.nodes[id];
    return [id, Math.round(x ?? 0), Math.round(y ?? 0), (pinned ? 1 : 0) + (hidden ? 2 : 0), on === doc.asOf ? total : 0];
  });
  const plain = JSON.stringify(doc.filters) === JSON.stringify(emptyDoc("").filters);
  const bytes = new TextEncoder().encode(JSON.stringify([doc.asOf, doc.seed, rows, plain ? 0 : doc.filters]));
  return `${VERSION}.${base64(await through(bytes, new CompressionStream("deflate-raw")))}`;
}

/** The doc an address holds. @throws {TypeError} where it is not one of ours */
export async function fromHash(text) {
  const found = /^(\d+)\.([A-Za-z0-9_-]+)$/.exec(text);
  if (!found || Number(found[1]) !== VERSION) throw new TypeError("version");
  const json = new TextDecoder().decode(await through(bytesOf(found[2]), new DecompressionStream("deflate-raw")));
  const [asOf, seed, rows, filters] = JSON.parse(json);
  if (!Array.isArray(rows)) throw new TypeError("rows");
  const nodes = rows.map(([id, x, y, marks, total]) => [id, { x, y, pinned: Boolean(marks & 1) || undefined, hidden: Boolean(marks & 2) || undefined, total: total || undefined, on: total ? asOf : undefined }]);
  return readDoc({ ...emptyDoc(asOf), seed, nodes: Object.fromEntries(nodes), filters: filters || emptyDoc("").filters });
}

const isText = (value, most) => typeof value === "string" && value.length <= most;
const isTexts = (value) => Array.isArray(value) && value.length <= 100 && value.every((one) => isText(one, 40));
/** Any id but the one that would change what an object is. */
const isId = (id) => id.length > 0 && id.length <= 300 && id !== "__proto__";
const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
const must = (holds, what) => { if (!holds) throw new TypeError(what); };

/** A doc from outside, with nothing in it that a doc does not have. @throws {TypeError} @returns {import("./state.js").Doc} */
export function readDoc(value) {
  must(isObject(value) && value.v === VERSION && isDay(value.asOf) && isObject(value.nodes), "doc");
  const ids = Object.keys(value.nodes);
  must(ids.length <= MOST_NODES, "nodes");
  const groups = isObject(value.groups) ? value.groups : {};
  const doc = emptyDoc(value.asOf);
  doc.seed = isText(value.seed, 200) ? value.seed : null;
  for (const [id, group] of Object.entries(groups).slice(0, MOST_NODES)) {
    must(isId(id) && isObject(group) && isText(group.name, 300), "group");
    doc.groups[id] = { name: group.name, closed: group.closed === true };
  }
  for (const id of ids) doc.nodes[id] = readPlaced(id, value.nodes[id], doc.groups);
  const { types, kinds, bands, since, until, ended } = isObject(value.filters) ? value.filters : doc.filters;
  must(isTexts(types) && isTexts(kinds) && isTexts(bands), "filters");
  doc.filters = { types, kinds, bands, since: isDay(since) ? since : "", until: isDay(until) ? until : "", ended: ended === true };
  return doc;
}

function readPlaced(id, node, groups) {
  must(isId(id) && isObject(node), "node");
  must([node.x, node.y].every((at) => at === null || Number.isFinite(at)), "place");
  const placed = { x: node.x, y: node.y };
  if (node.pinned === true) placed.pinned = true;
  if (node.hidden === true) placed.hidden = true;
  if (Number.isInteger(node.total) && node.total > 0 && isDay(node.on)) Object.assign(placed, { total: node.total, on: node.on });
  if (isText(node.note, 4000) && node.note) placed.note = node.note;
  if (isText(node.group, 300) && Object.hasOwn(groups, node.group)) placed.group = node.group;
  return placed;
}

async function through(bytes, stream) {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  const parts = [];
  let size = 0;
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
    size += value.length;
    must(size <= MOST_BYTES, "size");
    parts.push(value);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

const base64 = (bytes) => btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
const bytesOf = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
