// What the model shows, as elements of the canvas. A pure function: the same model gives the same elements.

import { add, say, span, t } from "../words.js";
import { contactText, relationText, remark, shortName, width, wrap } from "./label.js";
import { contacts, lines } from "./lines.js";
import { kindOf, rests, standing, visible } from "./visible.js";

const EM = 13;
/** How far, in steps, a tag goes to find a free place. */
const MOST_STEPS = 24;
const SIDE = { person: 30, foreign: 44, government: 44, institution: 30, enterprise: 24, social_org: 36 };

/** @param {import("./state.js").Model} model @returns {Map<string, any>} elements by id */
export function elementsOf(model) {
  const shown = visible(model);
  const { nodes, groups, asOf } = model.doc;
  const closed = (id) => { const group = nodes[id]?.group; return group && groups[group]?.closed ? group : null; };
  const found = new Map();
  const put = (element) => found.set(element.data.id, element);
  const held = new Map();
  for (const id of shown.nodes) {
    const group = nodes[id].group;
    if (group && groups[group]) held.set(group, [...(held.get(group) ?? []), id]);
  }
  for (const [id, members] of held) put(groupElement(id, groups[id], members, model));
  for (const id of shown.nodes) if (!closed(id)) put(nodeElement(id, nodes[id], model.fact(id), shown.loose.has(id), held));
  const end = (id) => closed(id) ?? id;
  const { hubs, rest } = contacts(shown.edges);
  for (const line of lines(rest, asOf, end)) put(lineElement(line, model));
  const taken = hubs.length ? [...found.values()].filter(({ position }) => position).map(({ data: { w, h }, position }) => ({ ...position, w, h })) : [];
  for (const hub of hubs) for (const element of contact(hub, nodes, end, taken)) put(element);
  for (const [id, count] of rests(model)) if (shown.nodes.includes(id) && !closed(id)) for (const element of stub(id, count, nodes, shown.edges)) put(element);
  return found;
}

function nodeElement(id, placed, fact, loose, held) {
  const kind = kindOf(fact);
  const how = standing(fact);
  const name = fact?.subject.name ?? id;
  const marks = [placed.pinned ? t("mark.pinned") : "", placed.note ? t("mark.note") : ""].filter(Boolean).join(" ");
  const texts = [...wrap(shortName(name)), remark(fact, how), marks].filter(Boolean);
  const widest = Math.max(...texts.map(width));
  return {
    group: "nodes",
    data: {
      id, label: texts.join("\n"), title: [name, fact?.subject.uscc, placed.note].filter(Boolean).join("\n"),
      w: Math.round(Math.max(kind === "person" ? 62 : 96, widest * EM + (SIDE[kind] ?? 24))), h: 20 + texts.length * 17,
      parent: held.has(placed.group) ? placed.group : undefined,
    },
    classes: [kind, how, loose ? "loose" : "", placed.pinned ? "pinned" : ""].filter(Boolean),
    position: { x: placed.x ?? 0, y: placed.y ?? 0 },
  };
}

function lineElement(line, model) {
  const title = line.keys.map((key) => { const edge = model.edges.get(key); return `${relationText(edge)}　${span(edge.since, edge.until, model.doc.asOf)}`; }).join("\n");
  return {
    group: "edges",
    data: { id: line.id, source: line.source, target: line.target, label: line.label, keys: line.keys, title },
    classes: [line.look, `w${line.weight}`, line.both ? "both" : ""].filter(Boolean),
  };
}

/** The rest of a hub that was not expanded: how many, and where to ask for more. */
function stub(id, count, nodes, edges) {
  const placed = nodes[id];
  const angle = freest(id, nodes, edges);
  const node = `stub\u001f${id}`;
  const label = `+${count.toLocaleString("en-US")}`;
  return [
    { group: "nodes", data: { id: node, of: id, label, title: t("stub.title", { count }), w: 30 + label.length * 8, h: 28 }, classes: ["stub"], position: { x: (placed.x ?? 0) + Math.cos(angle) * 130, y: (placed.y ?? 0) + Math.sin(angle) * 78 } },
    { group: "edges", data: { id: `${node}\u001fline`, source: id, target: node, label: "", keys: [] }, classes: ["stubbed"] },
  ];
}

/** The direction in which there is most room around a subject: the middle of the widest gap between its lines. */
function freest(id, nodes, edges) {
  const here = nodes[id];
  const others = edges.flatMap((edge) => (edge.source === id ? [edge.target] : edge.target === id ? [edge.source] : []));
  const angles = [...new Set(others)].map((one) => Math.atan2((nodes[one].y ?? 0) - here.y, (nodes[one].x ?? 0) - here.x)).sort((a, b) => a - b);
  if (!angles.length) return Math.PI / 4;
  const gaps = angles.map((angle, index) => ({ angle, width: (angles[index + 1] ?? angles[0] + 2 * Math.PI) - angle }));
  const widest = gaps.reduce((best, gap) => (gap.width > best.width + 1e-9 ? gap : best));
  return widest.angle + widest.width / 2;
}

/** The place nearest to a point where a tag covers no card. */
function free(at, { w, h }, taken) {
  const covers = (x, y) => taken.some((one) => Math.abs(one.x - x) < (one.w + w) / 2 + 8 && Math.abs(one.y - y) < (one.h + h) / 2 + 8);
  for (let far = 0; far <= MOST_STEPS; far += 1) {
    const turns = far ? 8 + far * 4 : 1;
    for (let turn = 0; turn < turns; turn += 1) {
      const angle = Math.PI / 2 + (turn * 2 * Math.PI) / turns;
      const [x, y] = [Math.round(at.x + Math.cos(angle) * far * 36), Math.round(at.y + Math.sin(angle) * far * 28)];
      if (!covers(x, y)) return { x, y };
    }
  }
  return at;
}

/** A contact that many share: a tag in their middle, clear of the cards, with a line to each. */
function contact({ id, via, members, keys }, nodes, end, taken) {
  const label = contactText(via);
  const middle = (axis) => members.reduce((sum, one) => sum + (nodes[one][axis] ?? 0), 0) / members.length;
  const line = (one) => ({
    group: "edges", classes: ["possible", "w1", "both", "shared"],
    data: { id: `${id}\u001f${end(one)}`, source: end(one), target: id, label: "", keys: keys.get(one), title: label },
  });
  const widest = Math.max(...label.split("\n").map(width));
  const size = { w: widest * 11 + 22, h: 14 + label.split("\n").length * 15 };
  const position = free({ x: middle("x"), y: middle("y") + 70 }, size, taken);
  taken.push({ ...position, ...size });
  return [
    { group: "nodes", data: { id, label, title: `${via.value}\n${t("contact.members", { count: members.length })}`, ...size }, classes: ["contact"], position },
    ...members.map(line),
  ];
}

/** A company group, open or closed; closed it still tells how many of its members are listed. */
function groupElement(id, group, members, model) {
  const { nodes } = model.doc;
  const listed = members.filter((one) => standing(model.fact(one)) === "negative").length;
  const told = t(listed ? "group.listed" : "group.members", { count: members.length, listed });
  const label = group.closed ? `${wrap(group.name).join("\n")}\n${told}` : group.name;
  const middle = (axis) => members.reduce((sum, one) => sum + (nodes[one][axis] ?? 0), 0) / members.length;
  const element = { group: "nodes", data: { id, label, title: group.name, w: 210, h: 70 }, classes: ["group", group.closed && listed ? "warned" : ""].filter(Boolean) };
  return group.closed ? { ...element, position: { x: middle("x"), y: middle("y") } } : element;
}

/** The name a subject goes by in lists and announcements. */
export const nameOf = (model, id) => model.subjects.get(id)?.subject.name ?? id;

/** The word of a kind. */
export const kindWord = (kind) => (kind === "foreign" ? t("kind.foreign") : say("kinds", kind));

add({
  "mark.pinned": ["⊙ 固定", "⊙ pinned"],
  "mark.note": ["✎ 有记事", "✎ note"],
  "stub.title": ["还有 {count} 条关系未展开，点按选择", "{count} more relations not expanded: click to choose"],
  "contact.members": ["图中 {count} 个主体共用", "shared by {count} subjects of the picture"],
  "group.listed": ["（{count} 家，✖ {listed} 家在失信类名单）", "({count} members, ✖ {listed} listed)"],
  "group.members": ["（{count} 家）", "({count} members)"],
  "kind.foreign": ["境外主体", "foreign body"],
  "did.move": ["移动", "move"],
});
