import type { Point } from "./walk";

/** A card as an obstacle. */
export interface Box {
  id: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A straight piece of a way, level or upright. */
export interface Segment {
  left: number;
  right: number;
  top: number;
  bottom: number;
  source: string;
  target: string;
  /** The first piece may touch its source, the last one its target. */
  touches: string | null;
}

/** Ways nearer than this lie on each other to the eye. */
const apart = 5;
/** A way that runs along a card keeps this far from its side. */
const besides = 13;
const siblingCrossing = 4;

export function segmentsOf(points: readonly Point[], way: { source: string; target: string }): Segment[] {
  const segments: Segment[] = [];
  for (let index = 1; index < points.length; index++) {
    const a = points[index - 1]!;
    const b = points[index]!;
    if (a.x === b.x && a.y === b.y) continue;
    segments.push({
      left: Math.min(a.x, b.x), right: Math.max(a.x, b.x), top: Math.min(a.y, b.y), bottom: Math.max(a.y, b.y),
      source: way.source, target: way.target,
      touches: index === 1 ? way.source : index === points.length - 1 ? way.target : null,
    });
  }
  return segments;
}

/** How many times the pieces run under a card. */
export function collisions(segments: readonly Segment[], boxes: readonly Box[]): number {
  let count = 0;
  for (const segment of segments)
    for (const box of boxes)
      if (
        box.id !== segment.touches &&
        segment.right > box.x - besides && segment.left < box.x + box.width + besides &&
        segment.bottom > box.y - apart && segment.top < box.y + box.height + apart
      ) count++;
  return count;
}

/** How many times the pieces lie on those of a way with another end: on a way to the same card they may merge. */
export function shared(segments: readonly Segment[], drawn: readonly Segment[]): number {
  let count = 0;
  for (const one of segments)
    for (const other of drawn) {
      if (one.target === other.target || upright(one) !== upright(other)) continue;
      const overlap = upright(one)
        ? Math.abs(one.left - other.left) < apart && one.top < other.bottom && other.top < one.bottom
        : Math.abs(one.top - other.top) < apart && one.left < other.right && other.left < one.right;
      if (overlap) count++;
    }
  return count;
}

/** How often the pieces cross others; crossing a way from the same card confuses most and counts for several. */
export function crossings(segments: readonly Segment[], drawn: readonly Segment[]): number {
  let count = 0;
  for (const one of segments)
    for (const other of drawn) {
      if (one.target === other.target || upright(one) === upright(other)) continue;
      if (one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom)
        count += one.source === other.source ? siblingCrossing : 1;
    }
  return count;
}

export function upright(segment: Segment): boolean {
  return segment.left === segment.right;
}
