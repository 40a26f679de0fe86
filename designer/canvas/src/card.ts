import type { CanvasNode } from "./model";

// The measures of a card. canvas.css draws to the same numbers; layout, routing and the exported picture rely on them.
export const cardWidth = 232;
export const barHeight = 4;
/** Padding, the title's line and two lines of sentence. */
const bodyHeight = 84;
const portRowHeight = 30;
/** The least width at which a port's label can be read in two lines. */
const portWidth = 64;
export const grid = 8;

/** More outcomes than fit make the card wider rather than their labels unreadable. */
export function widthOf(node: Pick<CanvasNode, "ports">): number {
  return Math.max(cardWidth, node.ports.length * portWidth);
}

/** Outcomes are labelled when there is a choice; a single way on needs no word. */
export function hasPortRow(node: Pick<CanvasNode, "ports">): boolean {
  return node.ports.length > 1;
}

export function heightOf(node: Pick<CanvasNode, "ports">): number {
  return barHeight + bodyHeight + (hasPortRow(node) ? portRowHeight : 0);
}

/** Where an outcome leaves its card, from the card's left edge. */
export function portX(node: Pick<CanvasNode, "ports">, portId: string): number {
  const index = node.ports.findIndex((port) => port.id === portId);
  return index < 0 ? widthOf(node) / 2 : (widthOf(node) * (index + 0.5)) / node.ports.length;
}
