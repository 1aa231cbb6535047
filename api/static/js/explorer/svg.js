// Small drawings made of elements: icons of the toolbar, outlines and lines of the legend.

const SPACE = "http://www.w3.org/2000/svg";

/** An SVG element with attributes and children; never parsed from text. */
export function svg(tag, props = {}, ...children) {
  const made = document.createElementNS(SPACE, tag);
  for (const [name, value] of Object.entries(props)) if (value !== null && value !== undefined) made.setAttribute(name, String(value));
  made.append(...children.filter(Boolean));
  return made;
}

const PATHS = {
  undo: "M8 5 4 9l4 4M4 9h8a4 4 0 0 1 0 8H9", redo: "m12 5 4 4-4 4m4-4H8a4 4 0 0 0 0 8h3", plus: "M10 4v12M4 10h12", minus: "M4 10h12",
  fit: "M4 8V4h4M12 4h4v4M16 12v4h-4M8 16H4v-4", tidy: "M10 4v5M10 9 5 15M10 9l5 6M8 2h4v3H8zM3 14h4v3H3zM13 14h4v3h-4z", help: "M7.5 7.5a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.9-1.1 1.8M10 14.6v.2",
  lasso: "M10 4c-4 0-7 2-7 4.6S6 13 10 13s7-1.8 7-4.4S14 4 10 4ZM6 12.5c-1 1-1 3 .6 3.6", down: "m6 8 4 4 4-4", prev: "m12 5-5 5 5 5", next: "m8 5 5 5-5 5", search: "M9 4a5 5 0 1 1 0 10A5 5 0 0 1 9 4Zm4 9 4 4",
};

/** A line icon; its meaning is told by the button that holds it. */
export const icon = (name) =>
  svg("svg", { viewBox: "0 0 20 20", width: 18, height: 18, "aria-hidden": "true", class: "icon" }, svg("path", { d: PATHS[name] }));

const OUTLINES = {
  enterprise: "M4 2h20a3 3 0 0 1 3 3v6a3 3 0 0 1-3 3H4a3 3 0 0 1-3-3V5a3 3 0 0 1 3-3Z", person: "M14 2c7 0 13 2.7 13 6s-6 6-13 6S1 11.300 1 8s6-6 13-6Z",
  institution: "M5 2h18l4 4v4l-4 4H5l-4-4V6Z", social_org: "M3 3c6-1.500 16-1.500 22 0 1.500 3 1.500 7 0 10-6 1.500-16 1.500-22 0-1.500-3-1.500-7 0-10Z",
  government: "M1 2h26l-3 6 3 6H1l3-6Z", foreign: "M6 2h16l5 6-5 6H6L1 8Z",
};

/** The outline of a kind of subject; `look` is a class that gives fill and line. */
export const outline = (kind, look = "none") =>
  svg("svg", { viewBox: "0 0 28 16", width: 28, height: 16, "aria-hidden": "true", class: `outline ${look}` },
    svg("path", { d: OUTLINES[kind] ?? OUTLINES.enterprise }));

/** The sample of a line: "current", "possible" or "ended". */
export const sample = (look, weight = 1, arrow = true) =>
  svg("svg", { viewBox: "0 0 30 12", width: 30, height: 12, "aria-hidden": "true", class: `sample ${look} w${weight}` },
    svg("path", { d: `M1 6H${arrow ? 23 : 29}` }), arrow && svg("path", { d: "M22 2l7 4-7 4z", class: "tip" }));
