import type { CanvasNode } from "./model";
import { measureText, wrap } from "./text";

// The measures of a card. canvas.css draws to the same numbers; layout, routing and the exported picture rely on them.
export const cardWidth = 232;
export const barHeight = 4;
export const grid = 8;
export const padding = 12;
export const titleLine = 20;
export const sentenceLine = 16;
export const portLine = 12;
export const maxTitleLines = 2;
export const maxSentenceLines = 3;
export const titleFont = "600 14px Inter, sans-serif";
export const sentenceFont = "400 12px Inter, sans-serif";
export const portFont = "400 11px Inter, sans-serif";
/** The icon, and the room to the title. */
export const iconRoom = 28;
const badgeFont = "500 11px Inter, sans-serif";
/** Cards keep room for two lines of sentence, so that rows of them look alike. */
const leastBody = 80;
/** The least width at which a port's label can be read in two lines. */
const portWidth = 64;

type Texts = Pick<CanvasNode, "title" | "sentence" | "ports" | "badge">;

/** More outcomes than fit make the card wider rather than their labels unreadable. */
export function widthOf(node: Pick<CanvasNode, "ports">): number {
  return Math.max(cardWidth, node.ports.length * portWidth);
}

/** Outcomes are labelled when there is a choice; a single way on needs no word. */
export function hasPortRow(node: Pick<CanvasNode, "ports">): boolean {
  return node.ports.length > 1;
}

export function titleLines(node: Texts): string[] {
  const badge = node.badge ? measureText(node.badge, badgeFont) + 14 + 8 : 0;
  return wrap(node.title, widthOf(node) - 2 * padding - iconRoom - badge, maxTitleLines, titleFont);
}

export function sentenceLines(node: Texts): string[] {
  return wrap(node.sentence, widthOf(node) - 2 * padding, maxSentenceLines, sentenceFont);
}

export function bodyHeight(node: Texts): number {
  return Math.max(leastBody, 10 + titleLines(node).length * titleLine + 4 + sentenceLines(node).length * sentenceLine + 12);
}

export function portRowHeight(node: Pick<CanvasNode, "ports">): number {
  if (!hasPortRow(node)) return 0;
  const room = widthOf(node) / node.ports.length - 8;
  return node.ports.some((port) => wrap(port.label, room, 2, portFont).length > 1) ? 36 : 28;
}

export function heightOf(node: Texts): number {
  return barHeight + bodyHeight(node) + portRowHeight(node);
}

/** Where an outcome leaves its card, from the card's left edge. */
export function portX(node: Pick<CanvasNode, "ports">, portId: string): number {
  const index = node.ports.findIndex((port) => port.id === portId);
  return index < 0 ? widthOf(node) / 2 : (widthOf(node) * (index + 0.5)) / node.ports.length;
}
