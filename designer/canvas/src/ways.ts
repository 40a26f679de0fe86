import { portX, widthOf } from "./card";
import { placeLabels } from "./labels";
import type { CanvasDocument, CanvasEdge, CanvasNode } from "./model";
import { routeAll, type Ends } from "./route";
import type { Box } from "./segments";
import type { Point } from "./walk";

/** A way as it is drawn. */
export interface Way {
  points: Point[];
  label: Point;
}

/** From the card's edge to where the line begins (inside the port's dot), and to where the arrow's base is. */
export const leave = 1;
export const arrow = 7;

/** What stands on a way: its own label, else the outcome's where the step has several. */
export function labelOf(edge: CanvasEdge, source: CanvasNode): string | null {
  if (edge.label) return edge.label;
  return source.ports.length > 1 ? (source.ports.find((port) => port.id === edge.sourcePort)?.label ?? null) : null;
}

/** Every way of the graph between cards that stand as `boxes` says; `tip` lifts the arrow's point off the card. */
export function waysOf(document: CanvasDocument, boxes: readonly Box[], tip: number): Map<string, Way> {
  const steps = new Map(document.nodes.map((node) => [node.id, node]));
  const places = new Map(boxes.map((box) => [box.id, box]));
  const known = document.edges.filter((edge) => places.has(edge.source) && places.has(edge.target) && steps.has(edge.source));
  const ends = known.map((edge) => endsOf(edge, steps.get(edge.source)!, places.get(edge.source)!, places.get(edge.target)!, tip));
  const routes = routeAll(ends, boxes);
  const wishes = known.flatMap((edge) => {
    const text = labelOf(edge, steps.get(edge.source)!);
    return text ? [{ id: edge.id, text, points: routes.get(edge.id)!, source: edge.source, target: edge.target }] : [];
  });
  const labels = placeLabels(wishes, routes, boxes);
  return new Map(known.map((edge) => {
    const points = routes.get(edge.id)!;
    return [edge.id, { points, label: labels.get(edge.id) ?? middle(points) }];
  }));
}

function endsOf(edge: CanvasEdge, source: CanvasNode, from: Box, to: Box, tip: number): Ends {
  const start = from.x + portX(source, edge.sourcePort);
  const end = to.x + to.width / 2;
  return {
    id: edge.id,
    source: edge.source,
    target: edge.target,
    from: { x: start, y: from.y + from.height + leave },
    to: { x: end, y: to.y - tip - arrow },
    turn: turnOf(source, edge.sourcePort, end < start),
  };
}

/** How much later a way turns than its neighbour from the same card: outer ones first, so that they do not cross. */
function turnOf(source: CanvasNode, port: string, leftwards: boolean): number {
  const index = Math.max(0, source.ports.findIndex((candidate) => candidate.id === port));
  return (leftwards ? index : Math.max(0, source.ports.length - 1 - index)) * 8;
}

/** The middle of the longest piece, where a way without a label carries its button. */
export function middle(points: readonly Point[]): Point {
  let longest = -1;
  let found = points[0]!;
  for (let index = 1; index < points.length; index++) {
    const a = points[index - 1]!;
    const b = points[index]!;
    const length = Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
    if (length > longest) [longest, found] = [length, { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }];
  }
  return found;
}

/** Cards as obstacles where nothing has measured them. */
export function boxesOf(document: CanvasDocument, places: ReadonlyMap<string, Point>, heightOf: (node: CanvasNode) => number): Box[] {
  return document.nodes.map((node) => ({ id: node.id, ...places.get(node.id)!, width: widthOf(node), height: heightOf(node) }));
}
