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
  let best: Point[] = [];
  let bestCost = Infinity;
  for (const points of candidates(way, boxes)) {
    const cost = costOf(points, way, boxes, drawn);
    if (cost < bestCost) [best, bestCost] = [points, cost];
    // Straight and undisturbed: nothing is better.
    if (bestCost <= bendCost) break;
  }
  return best;
}

function costOf(points: readonly Point[], way: Ends, boxes: readonly Box[], drawn: readonly Segment[]): number {
  let length = 0;
  for (let index = 1; index < points.length; index++)
    length += Math.abs(points[index]!.x - points[index - 1]!.x) + Math.abs(points[index]!.y - points[index - 1]!.y);
  const detour = length - Math.abs(way.to.x - way.from.x) - Math.abs(way.to.y - way.from.y);
  const own = segmentsOf(points, way);
  return (
    detour + points.length * bendCost - 2 * bendCost +
    collisions(own, boxes) * collisionCost + shared(own, drawn) * sharedCost + crossings(own, drawn) * crossingCost
  );
}

function* candidates({ from, to, turn }: Ends, boxes: readonly Box[]): Generator<Point[]> {
  const gap = to.y - from.y;
  if (gap >= 12) {
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
  const nears = [from.y + stub + turn, from.y + stub + turn + spread, from.y + stub];
  const fars = [to.y - stub, to.y - stub - spread, to.y - stub - 2 * spread];
  for (const lane of lanes(from, to, boxes))
    for (const near of nears)
      for (const far of fars) {
        if (gap > 2 * stub && near > far) continue;
        yield around(from, to, lane, near, far);
      }
}

function direct(from: Point, to: Point, middle: number): Point[] {
  return [from, { x: from.x, y: middle }, { x: to.x, y: middle }, to];
}

function around(from: Point, to: Point, lane: number, near: number, far: number): Point[] {
  return [from, { x: from.x, y: near }, { x: lane, y: near }, { x: lane, y: far }, { x: to.x, y: far }, to];
}

/** Lanes worth trying: below the port, above the target, and along either side of each card between, two abreast. */
function lanes(from: Point, to: Point, boxes: readonly Box[]): number[] {
  const top = Math.min(from.y, to.y) - stub;
  const bottom = Math.max(from.y, to.y) + stub;
  const found = new Set([from.x, to.x]);
  for (const box of boxes)
    if (box.y < bottom && box.y + box.height > top)
      for (const aside of [clearance, clearance + spread + 2]) found.add(box.x - aside).add(box.x + box.width + aside);
  return [...found];
}
