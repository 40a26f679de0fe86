import { portFont } from "./card";
import { segmentsOf, upright, type Box, type Segment } from "./segments";
import { measureText } from "./text";
import type { Point } from "./walk";

export interface LabelWish {
  id: string;
  text: string;
  points: readonly Point[];
  source: string;
  target: string;
}

const labelHeight = 18;
const padding = 14;

/** A place for each label on its own way: clear of cards and other labels, and of other ways where it can be. */
export function placeLabels(wishes: readonly LabelWish[], all: ReadonlyMap<string, readonly Point[]>, boxes: readonly Box[]): Map<string, Point> {
  const taken: Box[] = [];
  const places = new Map<string, Point>();
  const others = new Map([...all].map(([id, points]) => [id, segmentsOf(points, { source: id, target: id })]));
  for (const wish of wishes) {
    const width = measureText(wish.text, portFont) + padding;
    let best: Point = wish.points[0]!;
    let bestCost = Infinity;
    for (const { at, worth } of spots(segmentsOf(wish.points, wish), width)) {
      const box = { id: wish.id, x: at.x - width / 2, y: at.y - labelHeight / 2, width, height: labelHeight };
      const cost = -worth + overlaps(box, taken) * 1000 + overlaps(box, boxes) * 2000 + under(box, wish.id, others) * 150;
      if (cost < bestCost) [best, bestCost] = [at, cost];
    }
    taken.push({ id: wish.id, x: best.x - width / 2, y: best.y - labelHeight / 2, width, height: labelHeight });
    places.set(wish.id, best);
  }
  return places;
}

/** Along each piece, the middle first; a level piece that is longer than the label is the best place. */
function* spots(segments: readonly Segment[], width: number): Generator<{ at: Point; worth: number }> {
  for (const segment of segments) {
    const length = upright(segment) ? segment.bottom - segment.top : segment.right - segment.left;
    const needed = upright(segment) ? labelHeight + 10 : width + 16;
    const roomy = length >= needed ? 200 : 0;
    for (const [part, penalty] of [[0.5, 0], [0.35, 8], [0.65, 8], [0.2, 16], [0.8, 16]] as const)
      yield {
        at: { x: segment.left + (segment.right - segment.left) * part, y: segment.top + (segment.bottom - segment.top) * part },
        worth: roomy + Math.min(length, 120) / 4 - penalty,
      };
  }
}

function overlaps(box: Box, others: readonly Box[]): number {
  let count = 0;
  for (const other of others)
    if (box.x < other.x + other.width && other.x < box.x + box.width && box.y < other.y + other.height && other.y < box.y + box.height) count++;
  return count;
}

function under(box: Box, id: string, others: ReadonlyMap<string, readonly Segment[]>): number {
  let count = 0;
  for (const [other, segments] of others) {
    if (other === id) continue;
    for (const segment of segments)
      if (segment.right > box.x && segment.left < box.x + box.width && segment.bottom > box.y && segment.top < box.y + box.height) count++;
  }
  return count;
}
