// How the canvas looks: the same ramp as in the reports (Okabe–Ito), outline and mark and word with every colour.

export const FONT = '"Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",sans-serif';

/** Outline of each kind of subject. */
export const SHAPES = {
  enterprise: "round-rectangle", person: "ellipse", institution: "cut-rectangle", social_org: "barrel", government: "concave-hexagon", foreign: "hexagon",
};

/** Fill, outline and text of each standing. */
const INKS = {
  light: {
    negative: ["#000000", "#000000", "#ffffff"], record: ["#ffffff", "#3f4a59", "#1b2430"], foreign: ["#ffffff", "#3f4a59", "#1b2430"],
    high: ["#fff1e6", "#c25200", "#1b2430"], medium: ["#fff8e6", "#9a6a00", "#1b2430"], low: ["#eef8fe", "#1f7fb8", "#1b2430"],
    red: ["#f1faf5", "#1c7a58", "#1b2430"], none: ["#ffffff", "#848e9c", "#1b2430"], stub: ["#eef1f5", "#77808d", "#3f4a59"], unknown: ["#eef1f5", "#77808d", "#1b2430"],
    ground: "#f5f6f8", line: "#7d8796", strong: "#1b2430", label: "#39424f", accent: "#1f4e8c", group: "#e6eef8",
  },
  dark: {
    negative: ["#000000", "#f2f2f2", "#ffffff"], record: ["#1c2026", "#b8c0cc", "#eceff4"], foreign: ["#1c2026", "#b8c0cc", "#eceff4"],
    high: ["#2b1a10", "#ff8a3d", "#f3ede8"], medium: ["#29210f", "#e69f00", "#f3efe5"], low: ["#10212c", "#56b4e9", "#e8f2f8"],
    red: ["#14251e", "#4cc38f", "#e6f3ec"], none: ["#1c2026", "#8a94a3", "#e6e9ee"], stub: ["#191c21", "#8a94a3", "#c3c9d2"], unknown: ["#191c21", "#8a94a3", "#e6e9ee"],
    ground: "#121417", line: "#8a94a3", strong: "#f0f2f5", label: "#c3c9d2", accent: "#8ab8f5", group: "#1d2a3b",
  },
};

export const inks = (theme) => INKS[theme === "dark" ? "dark" : "light"];

const BORDER = { negative: 2, record: 2, foreign: 1.5, high: 3, medium: 2.5, low: 2, red: 1.5, none: 1, stub: 1, unknown: 1 };
const DASHED = { foreign: "dashed", stub: "dashed", unknown: "dotted" };
const WIDTHS = { 1: 1.3, 2: 2.6, 3: 4.4 };

/**
 * The style sheet of the canvas.
 * @param {"light"|"dark"} theme @param {"small"|"medium"|"large"} size of the picture: large ones do with less
 */
export function sheet(theme, size) {
  const ink = inks(theme);
  return [...nodes(ink, size), ...edges(ink, size), ...states(ink)];
}

function nodes(ink, size) {
  const standings = Object.keys(BORDER).map((name) => ({
    selector: `node.${name}`,
    style: {
      "background-color": ink[name][0], "border-color": ink[name][1], color: ink[name][2],
      "border-width": BORDER[name], "border-style": DASHED[name] ?? "solid",
    },
  }));
  const shapes = Object.entries(SHAPES).map(([kind, shape]) => ({ selector: `node.${kind}`, style: { shape } }));
  return [
    {
      selector: "node",
      style: {
        width: "data(w)", height: "data(h)", label: "data(label)", "font-family": FONT, "font-size": 13, "line-height": 1.25,
        "text-wrap": "wrap", "text-valign": "center", "text-halign": "center", "text-max-width": 400,
        "min-zoomed-font-size": size === "large" ? 8 : 6, "corner-radius": 7, "overlay-opacity": 0,
      },
    },
    ...shapes, ...standings,
    // The second, outer border of those that stand on a list themselves.
    { selector: "node.negative, node.record", style: { "outline-width": 1.5, "outline-offset": 3, "outline-color": ink.negative[1], "outline-style": "solid" } },
    { selector: "node.record", style: { "outline-color": ink.record[1] } },
    { selector: "node.foreign", style: { "border-style": "dashed" } },
    { selector: "node.group", style: { "background-color": ink.group, "border-color": ink.accent, "border-width": 2, "border-style": "double", color: ink.strong, "font-weight": "bold", shape: "round-rectangle" } },
    { selector: "node.group.warned", style: { "outline-width": 1.5, "outline-offset": 3, "outline-color": ink.negative[1], "outline-style": "solid" } },
    { selector: "node.group:parent", style: { "background-opacity": 0.18, "border-width": 1, "border-style": "dashed", "text-valign": "top", "text-margin-y": -4, padding: 22 } },
    { selector: "node.stub", style: { shape: "round-rectangle", "font-size": 12 } },
    { selector: "node.contact", style: { shape: "tag", "font-size": 12, "min-zoomed-font-size": 4, "background-color": ink.group, "border-color": ink.stub[1], color: ink.strong, "border-width": 1, "border-style": "dashed", "z-index": 5 } },
  ];
}

function edges(ink, size) {
  const shape = { small: "bezier", medium: "straight", large: "haystack" }[size];
  return [
    {
      selector: "edge",
      style: {
        "curve-style": shape, "haystack-radius": 0, width: 1.3, "line-color": ink.line, "target-arrow-color": ink.line, "target-arrow-shape": "triangle",
        "arrow-scale": 0.95, label: size === "large" ? "" : "data(label)", "font-family": FONT, "font-size": 11, color: ink.label, "min-zoomed-font-size": 8,
        "text-background-color": ink.ground, "text-background-opacity": 0.92, "text-background-padding": 2, "text-background-shape": "roundrectangle",
        "control-point-step-size": 34, "overlay-opacity": 0, "text-wrap": "wrap", "line-height": 1.2, "text-events": "yes",
      },
    },
    ...Object.entries(WIDTHS).map(([step, width]) => ({ selector: `edge.w${step}`, style: { width } })),
    { selector: "edge.both", style: { "target-arrow-shape": "none" } },
    { selector: "edge.possible", style: { "line-style": "dashed", "line-dash-pattern": [7, 4] } },
    { selector: "edge.ended", style: { "line-style": "dotted", color: ink.line } },
    { selector: "edge.stubbed", style: { "line-style": "dashed", "line-dash-pattern": [3, 3], label: "", "target-arrow-shape": "none" } },
  ];
}

function states(ink) {
  return [
    { selector: "node.loose", style: { opacity: 0.45 } },
    { selector: ".dim", style: { opacity: 0.25, "text-opacity": 0.7 } },
    { selector: "edge.lit", style: { "line-color": ink.strong, "target-arrow-color": ink.strong, color: ink.strong, "z-index": 10, "font-weight": "bold", width: 4, "min-zoomed-font-size": 4 } },
    { selector: "node.lit", style: { opacity: 1, "z-index": 10 } },
    { selector: "node:selected, node.focus", style: { "underlay-color": ink.accent, "underlay-opacity": 0.32, "underlay-padding": 9, "underlay-shape": "round-rectangle" } },
    { selector: "node.person:selected, node.person.focus", style: { "underlay-shape": "ellipse" } },
    { selector: "edge:selected, edge.focus", style: { "line-color": ink.accent, "target-arrow-color": ink.accent, "underlay-color": ink.accent, "underlay-opacity": 0.25, "underlay-padding": 5, "z-index": 9 } },
  ];
}
