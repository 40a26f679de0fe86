import dagre from "@dagrejs/dagre";
import { grid, heightOf, portX, widthOf } from "./card";
import type { CanvasDocument, CanvasNode } from "./model";
import type { Point } from "./walk";

const gapAcross = 40;
const gapDown = 64;

/** Places every step from top to bottom, as if nobody had placed any. */
export function arrangeAll(document: CanvasDocument): Map<string, Point> {
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: "TB", nodesep: gapAcross, ranksep: gapDown, rankalign: "top", marginx: 0, marginy: 0 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of document.nodes) graph.setNode(node.id, { width: widthOf(node), height: heightOf(node) });
  for (const edge of portOrder(document)) graph.setEdge(edge.source, edge.target, {}, edge.id);
  dagre.layout(graph);
  const places = new Map<string, Point>();
  for (const node of document.nodes) {
    const placed = graph.node(node.id);
    places.set(node.id, { x: snap((placed.x ?? 0) - widthOf(node) / 2), y: snap((placed.y ?? 0) - heightOf(node) / 2) });
  }
  return places;
}

/** dagre keeps the order of insertion among equals: leftmost outcomes first keeps ways from crossing. */
function portOrder(document: CanvasDocument) {
  const nodes = new Map(document.nodes.map((node) => [node.id, node]));
  const known = document.edges.filter((edge) => nodes.has(edge.source) && nodes.has(edge.target));
  return known.sort((left, right) => across(nodes, left.source, left.sourcePort) - across(nodes, right.source, right.sourcePort));
}

function across(nodes: ReadonlyMap<string, CanvasNode>, id: string, port: string): number {
  const node = nodes.get(id)!;
  return portX(node, port) / widthOf(node);
}

/**
 * A place for every step: where its owner put it, else where it already stands (`kept`), else beside its neighbours as
 * a fresh layout would put it, moved aside until it covers nothing. Steps that have a place never move.
 */
export function arrange(document: CanvasDocument, kept: ReadonlyMap<string, Point> = new Map()): Map<string, Point> {
  const places = new Map<string, Point>();
  for (const node of document.nodes) {
    const place = typeof node.x === "number" && typeof node.y === "number" ? { x: node.x, y: node.y } : kept.get(node.id);
    if (place) places.set(node.id, place);
  }
  if (places.size === document.nodes.length) return places;
  const fresh = arrangeAll(document);
  if (places.size === 0) return fresh;
  const nodes = new Map(document.nodes.map((node) => [node.id, node]));
  const missing = document.nodes.filter((node) => !places.has(node.id)).sort((left, right) => fresh.get(left.id)!.y - fresh.get(right.id)!.y);
  for (const node of missing) {
    const anchor = neighbour(document, node.id, places);
    const target = fresh.get(node.id)!;
    const origin = anchor ? fresh.get(anchor)! : target;
    const base = anchor ? places.get(anchor)! : target;
    places.set(node.id, freeSpot(node, { x: base.x + target.x - origin.x, y: base.y + target.y - origin.y }, places, nodes));
  }
  return places;
}

function neighbour(document: CanvasDocument, id: string, places: ReadonlyMap<string, Point>): string | null {
  const before = document.edges.find((edge) => edge.target === id && places.has(edge.source));
  const after = document.edges.find((edge) => edge.source === id && places.has(edge.target));
  return before?.source ?? after?.target ?? null;
}

/** The first spot at or right of the wish that covers no other card; each try clears one card, so it ends. */
export function freeSpot(
  node: CanvasNode,
  wish: Point,
  places: ReadonlyMap<string, Point>,
  nodes: ReadonlyMap<string, CanvasNode>,
): Point {
  const spot = { x: snap(wish.x), y: snap(wish.y) };
  for (let tries = 0; tries <= places.size; tries++) {
    const covered = [...places].find(([id, place]) => {
      const other = nodes.get(id);
      return other && id !== node.id && overlaps(spot, node, place, other);
    });
    if (!covered) return spot;
    spot.x = snap(covered[1].x + widthOf(nodes.get(covered[0])!) + gapAcross);
  }
  return spot;
}

function overlaps(a: Point, nodeA: CanvasNode, b: Point, nodeB: CanvasNode): boolean {
  const room = grid * 2;
  return (
    a.x < b.x + widthOf(nodeB) + room && b.x < a.x + widthOf(nodeA) + room &&
    a.y < b.y + heightOf(nodeB) + room && b.y < a.y + heightOf(nodeA) + room
  );
}

export function snap(value: number): number {
  return Math.round(value / grid) * grid;
}
