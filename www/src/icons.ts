// The drawings of the page. Each says something that a word beside it says too.

const SVG = "http://www.w3.org/2000/svg";

const SHAPES = {
  error: ["M8 2.5h8l5.5 5.5v8L16 21.5H8L2.5 16V8z", "M12 7.5v5.5", "M12 16.4v.2"],
  failed: ["M8 2.5h8l5.5 5.5v8L16 21.5H8L2.5 16V8z", "M9 9l6 6", "M15 9l-6 6"],
  warning: ["M12 3.5 22 20.5H2z", "M12 10v5", "M12 17.6v.2"],
  review: ["M1.5 12c2.5-4.5 6-7 10.5-7s8 2.5 10.5 7c-2.5 4.5-6 7-10.5 7s-8-2.5-10.5-7z", "M12 8.8a3.2 3.2 0 1 0 .01 0z"],
  passed: ["M12 2.5a9.5 9.5 0 1 0 .01 0z", "M7.5 12.3l3.2 3.2 6-6.5"],
  undecided: [
    "M9.5 2.85a9.5 9.5 0 0 1 5 0",
    "M18.7 5.3a9.5 9.5 0 0 1 2.5 4.3",
    "M21.2 14.4a9.5 9.5 0 0 1-2.5 4.3",
    "M14.5 21.15a9.5 9.5 0 0 1-5 0",
    "M5.3 18.7a9.5 9.5 0 0 1-2.5-4.3",
    "M2.8 9.6a9.5 9.5 0 0 1 2.5-4.3",
    "M9.4 9.3a2.7 2.7 0 1 1 3.9 2.5c-.9.5-1.3 1-1.3 1.9",
    "M12 16.7v.2",
  ],
  file: ["M6 2.5h8l5 5V21.5H6z", "M14 2.5V7.5h5"],
  download: ["M12 3.5v11", "M7 10l5 5 5-5", "M4.5 20.5h15"],
  back: ["M15 4.5 8 12l7 7.5"],
  tick: ["M4 12.5l5.5 5.5L20.5 6.5"],
} as const;

export type Icon = keyof typeof SHAPES;

/** A drawing that screen readers pass over. */
export function icon(name: Icon, size = ""): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}${size && ` icon-${size}`}`);
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("focusable", "false");
  for (const d of SHAPES[name]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}

/** The mark of the project: a sheet with its spine. */
export function mark(): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "mark");
  svg.setAttribute("aria-hidden", "true");
  const [sheet, spine] = [document.createElementNS(SVG, "path"), document.createElementNS(SVG, "path")];
  sheet.setAttribute("d", "M3.5 2.5h17v19h-17z");
  spine.setAttribute("d", "M3.5 2.5h5.5v19h-5.5z");
  spine.setAttribute("class", "mark-spine");
  svg.append(sheet, spine);
  return svg;
}
