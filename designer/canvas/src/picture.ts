import { barHeight, hasPortRow, heightOf, portX, widthOf } from "./card";
import { labelOf, turnOf } from "./flow";
import type { CanvasDocument, Category } from "./model";
import { pathOf, route, type Box } from "./route";
import type { Point } from "./walk";

export interface Palette {
  ground: string;
  card: string;
  border: string;
  text: string;
  muted: string;
  way: string;
  accents: Record<Category, string>;
}

/** The width of a text in pixels at a font ("600 14px Inter"). */
export type Measure = (text: string, font: string) => number;

const margin = 24;
const titleFont = "600 14px Inter, sans-serif";
const sentenceFont = "400 12.5px Inter, sans-serif";
const portFont = "400 11px Inter, sans-serif";

/** The whole scenario as an SVG document that needs nothing from outside: for printing, mails and the cards of a list. */
export function svgOf(document: CanvasDocument, places: ReadonlyMap<string, Point>, palette: Palette, measure: Measure): string {
  const steps = new Map(document.nodes.map((node) => [node.id, node]));
  const boxes: Box[] = document.nodes.map((node) => ({ id: node.id, ...places.get(node.id)!, width: widthOf(node), height: heightOf(node) }));
  const byId = new Map(boxes.map((box) => [box.id, box]));
  const shapes: string[] = [];
  const labels: string[] = [];
  const corners: Point[] = boxes.flatMap((box) => [{ x: box.x, y: box.y }, { x: box.x + box.width, y: box.y + box.height }]);
  for (const edge of document.edges) {
    const source = steps.get(edge.source);
    const from = byId.get(edge.source);
    const to = byId.get(edge.target);
    if (!source || !from || !to) continue;
    const tip = { x: to.x + to.width / 2, y: to.y };
    const way = route({ x: from.x + portX(source, edge.sourcePort), y: from.y + from.height }, { x: tip.x, y: tip.y - 7 }, edge.source, edge.target, boxes, turnOf(edge, steps, places));
    corners.push(...way.points);
    shapes.push(`<path d="${pathOf(way.points)}" fill="none" stroke="${palette.way}" stroke-width="1.75"/><path d="M${tip.x - 5.5} ${tip.y - 8}h11l-5.5 8z" fill="${palette.way}"/>`);
    const label = labelOf(edge, source);
    if (label) labels.push(labelShape(label, way.label, palette, measure));
  }
  for (const node of document.nodes) {
    const box = byId.get(node.id)!;
    const accent = palette.accents[node.category];
    const lines = wrap(node.sentence, box.width - 28, 2, sentenceFont, measure);
    const bottom = box.height - 30;
    shapes.push(
      `<g transform="translate(${box.x} ${box.y})">` +
        `<rect width="${box.width}" height="${box.height}" rx="12" fill="${palette.card}" stroke="${palette.border}"/>` +
        `<path d="M0 12a12 12 0 0 1 12-12h${box.width - 24}a12 12 0 0 1 12 12a12 8 0 0 0-12-8h${24 - box.width}a12 8 0 0 0-12 8z" fill="${accent}"/>` +
        `<text x="14" y="${barHeight + 27}" font-size="14" font-weight="600" fill="${palette.text}">${escape(wrap(node.title, box.width - 28, 1, titleFont, measure)[0] ?? "")}</text>` +
        lines.map((line, index) => `<text x="14" y="${barHeight + 50 + index * 17}" font-size="12.5" fill="${palette.muted}">${escape(line)}</text>`).join("") +
        (hasPortRow(node)
          ? `<path d="M0 ${bottom}h${box.width}" stroke="${palette.border}"/>` +
            node.ports.map((port) => portShape(port.label, portX(node, port.id), bottom, box.width / node.ports.length - 6, palette, measure)).join("")
          : "") +
        "</g>",
    );
  }
  const left = Math.min(...corners.map((corner) => corner.x), 0) - margin;
  const top = Math.min(...corners.map((corner) => corner.y), 0) - margin;
  const width = Math.max(...corners.map((corner) => corner.x), 0) + margin - left;
  const height = Math.max(...corners.map((corner) => corner.y), 0) + margin - top;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${left} ${top} ${width} ${height}" width="${width}" height="${height}" font-family="Inter, system-ui, sans-serif">` +
    `<rect x="${left}" y="${top}" width="${width}" height="${height}" fill="${palette.ground}"/>${shapes.join("")}${labels.join("")}</svg>`
  );
}

function portShape(label: string, x: number, top: number, width: number, palette: Palette, measure: Measure): string {
  const lines = wrap(label, width, 2, portFont, measure);
  return lines
    .map((line, index) => `<text x="${x}" y="${top + (lines.length === 1 ? 18 : 12 + index * 12)}" font-size="11" text-anchor="middle" fill="${palette.muted}">${escape(line)}</text>`)
    .join("");
}

function labelShape(label: string, at: Point, palette: Palette, measure: Measure): string {
  const width = measure(label, portFont) + 14;
  return (
    `<rect x="${at.x - width / 2}" y="${at.y - 9}" width="${width}" height="18" rx="9" fill="${palette.ground}"/>` +
    `<text x="${at.x}" y="${at.y + 4}" font-size="11" text-anchor="middle" fill="${palette.muted}">${escape(label)}</text>`
  );
}

/** A text in at most `limit` lines no wider than `width`; what does not fit ends in an ellipsis. */
export function wrap(text: string, width: number, limit: number, font: string, measure: Measure): string[] {
  const lines: string[] = [];
  let line = "";
  const words = text.split(/[ \t\n]+/).filter(Boolean);
  for (const [index, word] of words.entries()) {
    const longer = line ? `${line} ${word}` : word;
    if (!line || measure(longer, font) <= width) {
      line = longer;
      continue;
    }
    if (lines.length === limit - 1) return [...lines, shorten([line, ...words.slice(index)].join(" "), width, font, measure)];
    lines.push(line);
    line = word;
  }
  return line ? [...lines, shorten(line, width, font, measure)] : lines;
}

function shorten(text: string, width: number, font: string, measure: Measure): string {
  if (measure(text, font) <= width) return text;
  let end = text.length;
  while (end > 1 && measure(`${text.slice(0, end).trimEnd()}…`, font) > width) end--;
  return `${text.slice(0, end).trimEnd()}…`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
