import type { CanvasDocument, CanvasEdge } from "./model";

export type Direction = "up" | "down" | "left" | "right";
export type Point = { x: number; y: number };

/** Edges by source in the order of the source's outcomes, so that "first" means the leftmost port. */
function outgoing(document: CanvasDocument, id: string): CanvasEdge[] {
  const order = new Map((document.nodes.find((node) => node.id === id)?.ports ?? []).map((port, index) => [port.id, index]));
  return document.edges
    .filter((edge) => edge.source === id)
    .sort((left, right) => (order.get(left.sourcePort) ?? 99) - (order.get(right.sourcePort) ?? 99));
}

/**
 * Steps in the order in which the scenario reads: from each start, depth first, leftmost outcome first; what no
 * start reaches comes last. Tab follows this order.
 */
export function readingOrder(document: CanvasDocument): string[] {
  const edgesBySource = new Map(document.nodes.map((node) => [node.id, outgoing(document, node.id)]));
  const entered = new Set(document.edges.map((edge) => edge.target));
  const starts = document.nodes.filter((node) => !node.hasInput || !entered.has(node.id));
  const seen = new Set<string>();
  for (const start of [...starts, ...document.nodes]) {
    const stack = [start.id];
    while (stack.length > 0) {
      const id = stack.pop()!;
      if (seen.has(id) || !edgesBySource.has(id)) continue;
      seen.add(id);
      for (const edge of edgesBySource.get(id)!.toReversed()) stack.push(edge.target);
    }
  }
  return [...seen];
}

/**
 * Where an arrow key leads. Down follows the first outcome; up goes back to where the reader came from, else to the
 * first step that leads here; left and right go among the steps reached from the same step, else to the nearest step
 * on that side. Null when there is nothing that way.
 */
export function step(
  document: CanvasDocument,
  positions: ReadonlyMap<string, Point>,
  from: string,
  direction: Direction,
  cameFrom: string | null = null,
): string | null {
  if (direction === "down") return outgoing(document, from)[0]?.target ?? null;
  const parents = [...new Set(document.edges.filter((edge) => edge.target === from).map((edge) => edge.source))];
  if (direction === "up") return cameFrom !== null && parents.includes(cameFrom) ? cameFrom : (parents[0] ?? null);
  return sibling(document, parents, from, direction) ?? nearest(positions, from, direction);
}

function sibling(document: CanvasDocument, parents: readonly string[], from: string, direction: "left" | "right"): string | null {
  for (const parent of parents) {
    const targets = [...new Set(outgoing(document, parent).map((edge) => edge.target))];
    const next = targets[targets.indexOf(from) + (direction === "left" ? -1 : 1)];
    if (next !== undefined) return next;
  }
  return null;
}

function nearest(positions: ReadonlyMap<string, Point>, from: string, direction: "left" | "right"): string | null {
  const here = positions.get(from);
  if (!here) return null;
  const sign = direction === "left" ? -1 : 1;
  let best: string | null = null;
  let bestDistance = Infinity;
  for (const [id, point] of positions) {
    const ahead = (point.x - here.x) * sign;
    const aside = Math.abs(point.y - here.y);
    // Beside, not above or below: the way there must be more across than down.
    if (id === from || ahead <= 0 || aside > ahead) continue;
    const distance = ahead + 2 * aside;
    if (distance < bestDistance) [best, bestDistance] = [id, distance];
  }
  return best;
}
