import { collisions, crossings, shared, type Box, type Segment, segmentsOf } from "./segments";
import type { Point } from "./walk";

/** The two ends of a way: a port's dot and the top of a card. */
export interface Ends {
  id: string;
  source: string;
  target: string;
  from: Point;
  to: Point;
  /** How much later it turns than its neighbours from the same card, in pixels. */
  turn: number;
}

const clearance = 18;
/** How far a way runs straight out of a port and into a card before it may turn. */
const stub = 18;
const spread = 8;
/** Above this many ways, each looks for its own best lane without regard to the others: time grows with their square. */
const considerateLimit = 300;

// What a way pays: running under a card is worst, lying on another way misleads, crossing is a blemish, a detour is length.
const collisionCost = 100_000;
const sharedCost = 600;
const crossingCost = 45;
const bendCost = 30;

/** All ways at once, short ones first, each around the cards and apart from those already drawn. */
export function routeAll(ways: readonly Ends[], boxes: readonly Box[]): Map<string, Point[]> {
  const drawn: Segment[] = [];
  const considerate = ways.length <= considerateLimit;
  const routes = new Map<string, Point[]>();
  const shortFirst = [...ways].sort((left, right) => span(left) - span(right));
  for (const way of shortFirst) {
    const points = routeOne(way, boxes, drawn);
    routes.set(way.id, points);
    if (considerate) drawn.push(...segmentsOf(points, way));
  }
  return routes;
}

function span(way: Ends): number {
  // Ways that lead back up come last: they have the most choice.
  return way.to.y > way.from.y ? way.to.y - way.from.y + Math.abs(way.to.x - way.from.x) : 1_000_000 + way.from.y - way.to.y;
}

/** One way while its card is dragged: straight to the point, without looking around. */
export function routeFree(from: Point, to: Point, turn: number): Point[] {
  return to.y - from.y >= 12 ? direct(from, to, (from.y + to.y) / 2 + turn / 2) : around(from, to, (from.x + to.x) / 2, from.y + stub, to.y - stub);
}

function routeOne(way: Ends, boxes: readonly Box[], drawn: readonly Segment[]): Point[] {
  const near = boxes.filter((box) => box.y < Math.max(way.from.y, way.to.y) + 4 * stub && box.y + box.height > Math.min(way.from.y, way.to.y) - 4 * stub);
  let best: Point[] = [];
  let bestCost = Infinity;
  const tryOut = (points: Point[]) => {
    const cost = costOf(points, way, near, drawn);
    if (cost < bestCost) [best, bestCost] = [points, cost];
  };
  for (const points of directs(way)) {
    tryOut(points);
    if (bestCost <= lengthCost(points, way)) return best;
  }
  for (const { lane, detour } of lanes(way, near)) {
    // Lanes come nearest first: from here on the detour alone costs more than what was found.
    if (detour >= bestCost) break;
    for (const points of arounds(way, lane)) tryOut(points);
  }
  return best;
}

function costOf(points: readonly Point[], way: Ends, boxes: readonly Box[], drawn: readonly Segment[]): number {
  const own = segmentsOf(points, way);
  return (
    lengthCost(points, way) +
    collisions(own, boxes) * collisionCost + shared(own, drawn) * sharedCost + crossings(own, drawn) * crossingCost
  );
}

function lengthCost(points: readonly Point[], { from, to }: Ends): number {
  let length = 0;
  for (let index = 1; index < points.length; index++)
    length += Math.abs(points[index]!.x - points[index - 1]!.x) + Math.abs(points[index]!.y - points[index - 1]!.y);
  return length - Math.abs(to.x - from.x) - Math.abs(to.y - from.y) + (points.length - 2) * bendCost;
}

/** Down, across, down: first as wished, then a little sooner or later, to lie apart from others. */
function* directs({ from, to, turn }: Ends): Generator<Point[]> {
  const gap = to.y - from.y;
  if (gap < 12) return;
  if (Math.abs(from.x - to.x) < 1) yield [from, to];
  const earliest = Math.min(from.y + stub, from.y + gap / 2);
  const latest = Math.max(to.y - stub, from.y + gap / 2);
  const wish = Math.min(latest, earliest + turn);
  yield direct(from, to, wish);
  for (let offset = spread; offset <= spread * 4; offset += spread) {
    if (wish + offset <= latest) yield direct(from, to, wish + offset);
    if (wish - offset >= earliest) yield direct(from, to, wish - offset);
  }
}

/** Down, over to a lane, along it, over to the target, down. */
function* arounds({ from, to, turn }: Ends, lane: number): Generator<Point[]> {
  for (const near of [from.y + stub + turn, from.y + stub + turn + spread, from.y + stub])
    for (const far of [to.y - stub, to.y - stub - spread, to.y - stub - 2 * spread])
      if (near <= far || to.y - from.y <= 2 * stub) yield around(from, to, lane, near, far);
}

function direct(from: Point, to: Point, middle: number): Point[] {
  return [from, { x: from.x, y: middle }, { x: to.x, y: middle }, to];
}

function around(from: Point, to: Point, lane: number, near: number, far: number): Point[] {
  return [from, { x: from.x, y: near }, { x: lane, y: near }, { x: lane, y: far }, { x: to.x, y: far }, to];
}

/** Lanes worth trying, the nearest first: below the port, above the target, and along either side of each card between, two abreast. */
function lanes({ from, to }: Ends, boxes: readonly Box[]): { lane: number; detour: number }[] {
  const top = Math.min(from.y, to.y) - stub;
  const bottom = Math.max(from.y, to.y) + stub;
  const found = new Set([from.x, to.x]);
  for (const box of boxes)
    if (box.y < bottom && box.y + box.height > top)
      for (const aside of [clearance, clearance + spread + 2]) found.add(box.x - aside).add(box.x + box.width + aside);
  return [...found]
    .map((lane) => ({ lane, detour: Math.abs(lane - from.x) + Math.abs(lane - to.x) - Math.abs(from.x - to.x) }))
    .sort((one, other) => one.detour - other.detour);
}
