import {
  barHeight, bodyHeight, hasPortRow, heightOf, padding, portFont, portLine, portX, sentenceFont, sentenceLine, sentenceLines, titleFont,
  titleLine, titleLines,
} from "./card";
import type { CanvasDocument, CanvasNode, Category } from "./model";
import { pathOf } from "./path";
import type { Box } from "./segments";
import { measureText, wrap } from "./text";
import type { Point } from "./walk";
import { boxesOf, labelOf, waysOf } from "./ways";

export interface Palette {
  ground: string;
  card: string;
  border: string;
  text: string;
  muted: string;
  way: string;
  accents: Record<Category, string>;
}

const margin = 24;

/** The whole scenario as an SVG document that needs nothing from outside: for printing, mails and the cards of a list. */
export function svgOf(document: CanvasDocument, places: ReadonlyMap<string, Point>, palette: Palette): string {
  const steps = new Map(document.nodes.map((node) => [node.id, node]));
  const boxes = boxesOf(document, places, heightOf);
  const ways = waysOf(document, boxes, 1);
  const byId = new Map(boxes.map((box) => [box.id, box]));
  const shapes: string[] = [];
  const labels: string[] = [];
  const corners: Point[] = boxes.flatMap((box) => [{ x: box.x, y: box.y }, { x: box.x + box.width, y: box.y + box.height }]);
  for (const edge of document.edges) {
    const source = steps.get(edge.source);
    const way = ways.get(edge.id);
    if (!source || !way) continue;
    const end = way.points.at(-1)!;
    corners.push(...way.points);
    shapes.push(
      `<path d="${pathOf(way.points)}" fill="none" stroke="${palette.way}" stroke-width="1.75"/>` +
        `<path d="M${end.x - 5.5} ${end.y - 1}h11l-5.5 8z" fill="${palette.way}"/>`,
    );
    const label = labelOf(edge, source);
    if (label) labels.push(labelShape(label, way.label, palette));
  }
  for (const node of document.nodes) {
    const box = byId.get(node.id)!;
    const accent = palette.accents[node.category];
    const title = titleLines(node);
    const underTitle = barHeight + 10 + title.length * titleLine + 4;
    const bottom = barHeight + bodyHeight(node);
    shapes.push(
      `<g transform="translate(${box.x} ${box.y})">` +
        `<rect width="${box.width}" height="${box.height}" rx="12" fill="${palette.card}" stroke="${palette.border}"/>` +
        `<path d="M0 12a12 12 0 0 1 12-12h${box.width - 24}a12 12 0 0 1 12 12a12 8 0 0 0-12-8h${24 - box.width}a12 8 0 0 0-12 8z" fill="${accent}"/>` +
        title.map((line, index) => textShape(line, padding, barHeight + 25 + index * titleLine, titleFont, `fill="${palette.text}"`)).join("") +
        sentenceLines(node).map((line, index) => textShape(line, padding, underTitle + 12 + index * sentenceLine, sentenceFont, `fill="${palette.muted}"`)).join("") +
        (hasPortRow(node) ? portsShape(node, bottom, box, palette) : "") +
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

function portsShape(node: CanvasNode, top: number, box: Box, palette: Palette): string {
  const room = box.width / node.ports.length - 8;
  const labels = node.ports.flatMap((port) => {
    const lines = wrap(port.label, room, 2, portFont);
    const first = top + (box.height - top - lines.length * portLine) / 2 + 9;
    return lines.map((line, index) => textShape(line, portX(node, port.id), first + index * portLine, portFont, `text-anchor="middle" fill="${palette.muted}"`));
  });
  return `<path d="M0 ${top}h${box.width}" stroke="${palette.border}"/>${labels.join("")}`;
}

function labelShape(label: string, at: Point, palette: Palette): string {
  const width = measureText(label, portFont) + 14;
  return (
    `<rect x="${at.x - width / 2}" y="${at.y - 9}" width="${width}" height="18" rx="9" fill="${palette.ground}"/>` +
    textShape(label, at.x, at.y + 4, portFont, `text-anchor="middle" fill="${palette.muted}"`)
  );
}

/** One line; its length is fixed, so that a reader without Inter sees the same breaks and nothing sticks out. */
function textShape(text: string, x: number, y: number, font: string, attributes: string): string {
  const [, weight, size] = /^(\d+) ([\d.]+)px/.exec(font)!;
  const length = Math.round(measureText(text, font));
  return `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" textLength="${length}" lengthAdjust="spacingAndGlyphs" ${attributes}>${escape(text)}</text>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
