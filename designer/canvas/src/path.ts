import type { Point } from "./walk";

const radius = 12;

/** A way as an SVG path with rounded corners. */
export function pathOf(points: readonly Point[]): string {
  const kept = corners(points);
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

/** The points where a way turns: repeated ones and those on a straight line would spoil the rounding. */
function corners(points: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (const point of points) {
    const [before, last] = [kept.at(-2), kept.at(-1)];
    if (last && last.x === point.x && last.y === point.y) continue;
    if (before && last && ((before.x === last.x && last.x === point.x) || (before.y === last.y && last.y === point.y))) kept.pop();
    kept.push(point);
  }
  return kept;
}

function distance(a: Point, b: Point): number {
  return Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
}

function towards(from: Point, to: Point, by: number): Point {
  return { x: from.x + Math.sign(to.x - from.x) * by, y: from.y + Math.sign(to.y - from.y) * by };
}
