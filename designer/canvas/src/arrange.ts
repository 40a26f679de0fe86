import dagre from "@dagrejs/dagre";
import { grid, heightOf, portX, widthOf } from "./card";
import { columns, type Cell, type Pull } from "./columns";
import type { CanvasDocument, CanvasEdge, CanvasNode } from "./model";
import type { Point } from "./walk";

const gapAcross = 40;
const gapDown = 72;
/** The first outcome is the way things go when all is well: it is drawn as straight as the rest allows. */
const mainWeight = 6;

/** Up to this many steps the columns are worked over for straightness; time grows faster than the graph. */
const columnsLimit = 120;

/** Places every step from top to bottom, as if nobody had placed any: dagre gives the rows, columns.ts the places in them. */
export function arrangeAll(document: CanvasDocument): Map<string, Point> {
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: "TB", nodesep: gapAcross, ranksep: gapDown, rankalign: "top", marginx: 0, marginy: 0 });
  graph.setDefaultEdgeLabel(() => ({}));
  const edges = portOrder(document);
  for (const node of document.nodes) graph.setNode(node.id, { width: widthOf(node), height: heightOf(node) });
  for (const edge of edges) graph.setEdge(edge.source, edge.target, { weight: isMain(document, edge) ? mainWeight : 1 }, edge.id);
  dagre.layout(graph);
  const cells = document.nodes.map((node) => {
    const { x, y } = graph.node(node.id) as Point;
    return { id: node.id, width: widthOf(node), row: Math.round(y - heightOf(node) / 2), x };
  });
  const centres = cells.length <= columnsLimit ? columns(cells, pullsOf(document, edges, cells), gapAcross) : new Map(cells.map((cell) => [cell.id, cell.x]));
  const left = Math.min(0, ...cells.map((cell) => centres.get(cell.id)! - cell.width / 2));
  const tops = rowTops(document, cells);
  return new Map(cells.map((cell) => [cell.id, { x: snap(centres.get(cell.id)! - cell.width / 2 - left), y: tops.get(cell.row)! }]));
}

/** Where each row begins: under the highest card of the row above, with the same gap everywhere. */
function rowTops(document: CanvasDocument, cells: readonly Cell[]): Map<number, number> {
  const heights = new Map<number, number>();
  for (const [index, node] of document.nodes.entries()) {
    const { row } = cells[index]!;
    heights.set(row, Math.max(heights.get(row) ?? 0, heightOf(node)));
  }
  const tops = new Map<number, number>();
  let top = 0;
  for (const [row, height] of [...heights].sort(([above], [below]) => above - below)) {
    tops.set(row, top);
    top = snap(top + height + gapDown);
  }
  return tops;
}

function pullsOf(document: CanvasDocument, edges: readonly CanvasEdge[], cells: readonly Cell[]): Pull[] {
  const nodes = new Map(document.nodes.map((node) => [node.id, node]));
  const rows = [...new Set(cells.map((cell) => cell.row))].sort((above, below) => above - below);
  const depth = new Map(cells.map((cell) => [cell.id, rows.indexOf(cell.row)]));
  // Straight down goes the first outcome that leads to the very next row; a way that passes rows by bends anyway.
  const straight = new Map<string, string>();
  for (const edge of edges.filter((candidate) => depth.get(candidate.target)! === depth.get(candidate.source)! + 1)) {
    const before = straight.get(edge.source);
    const rank = (id: string) => across(nodes, edge.source, edges.find((candidate) => candidate.id === id)!.sourcePort);
    if (before === undefined || rank(edge.id) < rank(before)) straight.set(edge.source, edge.id);
  }
  return edges
    .filter((edge) => edge.source !== edge.target)
    .map((edge) => ({
      source: edge.source,
      target: edge.target,
      lean: across(nodes, edge.source, edge.sourcePort) * 2 - 1,
      main: straight.get(edge.source) === edge.id,
    }));
}

function isMain(document: CanvasDocument, edge: CanvasEdge): boolean {
  return document.nodes.find((node) => node.id === edge.source)?.ports[0]?.id === edge.sourcePort;
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
