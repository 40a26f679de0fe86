import type { Point } from "./walk";

/** A card as an obstacle. */
export interface Box {
  id: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Route {
  points: Point[];
  /** Where the edge's label stands. */
  label: Point;
}

const clearance = 18;
const radius = 12;
/** How far a way runs straight out of a port and into a card. */
const stub = 18;

/**
 * The way from a port down into a card: down, across, down, along the lane that runs through the fewest cards and
 * strays the least. `turn` staggers ways that leave the same card, so that they do not lie on each other.
 */
export function route(from: Point, to: Point, sourceId: string, targetId: string, boxes: readonly Box[], turn = 0): Route {
  const near = from.y + stub + turn;
  const far = to.y - stub - 4;
  const straightAhead = far >= near - 2;
  if (straightAhead) {
    const middle = Math.max(near, Math.min(far, (from.y + to.y) / 2 - 8 + turn));
    const direct = Math.abs(from.x - to.x) < 1 ? [from, to] : [from, { x: from.x, y: middle }, { x: to.x, y: middle }, to];
    if (collisions(direct, boxes, sourceId, targetId) === 0) return withLabel(direct);
  }
  let best: Point[] = [];
  let bestCost = Infinity;
  for (const lane of lanes(from, to, near, far, boxes)) {
    const points = [from, { x: from.x, y: near }, { x: lane, y: near }, { x: lane, y: far }, { x: to.x, y: far }, to];
    const cost =
      collisions(points, boxes, straightAhead ? sourceId : "", straightAhead ? targetId : "") * 100_000 +
      Math.abs(lane - from.x) + Math.abs(lane - to.x);
    if (cost < bestCost) [best, bestCost] = [points, cost];
  }
  return withLabel(best);
}

/** Lanes worth trying: straight down from the port, straight up from the target, and along either side of each card between. */
function lanes(from: Point, to: Point, near: number, far: number, boxes: readonly Box[]): number[] {
  const top = Math.min(near, far);
  const bottom = Math.max(near, far);
  const found = [from.x, to.x];
  for (const box of boxes)
    if (box.y < bottom && box.y + box.height > top) found.push(box.x - clearance, box.x + box.width + clearance);
  return found;
}

function collisions(points: readonly Point[], boxes: readonly Box[], sourceId: string, targetId: string): number {
  let count = 0;
  for (let index = 1; index < points.length; index++) {
    const a = points[index - 1]!;
    const b = points[index]!;
    const [left, right] = [Math.min(a.x, b.x), Math.max(a.x, b.x)];
    const [top, bottom] = [Math.min(a.y, b.y), Math.max(a.y, b.y)];
    const ends = index === 1 || index === points.length - 1;
    for (const box of boxes) {
      if (ends && (box.id === sourceId || box.id === targetId)) continue;
      if (right > box.x - 4 && left < box.x + box.width + 4 && bottom > box.y && top < box.y + box.height) count++;
    }
  }
  return count;
}

/** The label stands in the middle of the last long stretch, where ways from the same card have parted. */
function withLabel(points: Point[]): Route {
  let label = points[0]!;
  let longest = -1;
  for (let index = 1; index < points.length; index++) {
    const a = points[index - 1]!;
    const b = points[index]!;
    const length = Math.abs(a.x - b.x) * 1.2 + Math.abs(a.y - b.y);
    if (length >= longest) {
      longest = length;
      label = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
    }
  }
  return { points, label };
}

/** The way as an SVG path with rounded corners. */
export function pathOf(points: readonly Point[]): string {
  const kept = points.filter((point, index) => {
    const before = points[index - 1];
    return !before || before.x !== point.x || before.y !== point.y;
  });
  const parts = [`M${kept[0]!.x} ${kept[0]!.y}`];
  for (let index = 1; index < kept.length; index++) {
    const before = kept[index - 1]!;
    const corner = kept[index]!;
    const after = kept[index + 1];
    if (!after) {
      parts.push(`L${corner.x} ${corner.y}`);
      continue;
    }
    const bend = Math.min(radius, distance(before, corner) / 2, distance(corner, after) / 2);
    const entry = towards(corner, before, bend);
    const exit = towards(corner, after, bend);
    parts.push(`L${entry.x} ${entry.y}Q${corner.x} ${corner.y} ${exit.x} ${exit.y}`);
  }
  return parts.join("");
}

function distance(a: Point, b: Point): number {
  return Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
}

function towards(from: Point, to: Point, by: number): Point {
  return { x: from.x + Math.sign(to.x - from.x) * by, y: from.y + Math.sign(to.y - from.y) * by };
}
