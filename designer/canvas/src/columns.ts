import type { Point } from "./walk";

/** A card to be placed across: its row comes from the ranking, `x` is its centre. */
export interface Cell {
  id: string;
  width: number;
  row: number;
  x: number;
}

/** A way between two cells. `lean` is where its port sits on the source, -1 at the left edge, 1 at the right one. */
export interface Pull {
  source: string;
  target: string;
  lean: number;
  /** The way things go when all is well. */
  main: boolean;
}

const mainWeight = 12;
const leanShift = 90;
const sweeps = 8;
const inversionCost = 240;
const crossingCost = 120;
const improvementPasses = 4;

/**
 * Centres for every cell so that the main way runs straight down, later outcomes stand further right, and ways cross
 * as little as swapping neighbours allows. Rows keep `gap` between cards.
 */
export function columns(cells: readonly Cell[], pulls: readonly Pull[], gap: number): Map<string, number> {
  const rows = new Map<number, Cell[]>();
  for (const cell of [...cells].sort((left, right) => left.row - right.row || left.x - right.x))
    rows.set(cell.row, [...(rows.get(cell.row) ?? []), cell]);
  const order = [...rows.values()];
  const rowOf = new Map(cells.map((cell) => [cell.id, cell.row]));

  let best = settle(order, pulls, gap);
  let bestCost = cost(best, rowOf, pulls);
  for (let pass = 0, better = true; better && pass < improvementPasses; pass++) {
    better = false;
    for (const row of order)
      for (let index = 1; index < row.length; index++) {
        swap(row, index);
        const tried = settle(order, pulls, gap);
        const triedCost = cost(tried, rowOf, pulls);
        if (triedCost < bestCost - 0.5) [best, bestCost, better] = [tried, triedCost, true];
        else swap(row, index);
      }
  }
  return best;
}

function swap(row: Cell[], index: number): void {
  [row[index - 1], row[index]] = [row[index]!, row[index - 1]!];
}

/** Lets every row drift towards what its cards are tied to, up and down in turn, without changing its order. */
function settle(rows: readonly (readonly Cell[])[], pulls: readonly Pull[], gap: number): Map<string, number> {
  const centres = new Map<string, number>();
  for (const row of rows) {
    const total = row.reduce((sum, cell) => sum + cell.width + gap, -gap);
    let left = -total / 2;
    for (const cell of row) {
      centres.set(cell.id, left + cell.width / 2);
      left += cell.width + gap;
    }
  }
  const into = group(pulls, (pull) => pull.target);
  const outOf = group(pulls, (pull) => pull.source);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const down = sweep % 2 === 1;
    for (const row of down ? rows : [...rows].reverse()) {
      const wishes = row.map((cell) => wish(cell.id, down ? into : outOf, down, centres));
      for (const [index, centre] of spaced(row, wishes, gap).entries()) centres.set(row[index]!.id, centre);
    }
  }
  return centres;
}

function wish(id: string, ties: ReadonlyMap<string, Pull[]>, down: boolean, centres: ReadonlyMap<string, number>): { x: number; weight: number } {
  let sum = 0;
  let weight = 0;
  for (const pull of ties.get(id) ?? []) {
    const strength = pull.main ? mainWeight : 1;
    const aside = pull.main ? 0 : pull.lean * leanShift;
    sum += strength * (down ? centres.get(pull.source)! + aside : centres.get(pull.target)! - aside);
    weight += strength;
  }
  return weight > 0 ? { x: sum / weight, weight } : { x: centres.get(id)!, weight: 0.1 };
}

/** The centres nearest to the wishes that keep the order and the gaps (pool adjacent violators). */
function spaced(row: readonly Cell[], wishes: readonly { x: number; weight: number }[], gap: number): number[] {
  const offsets: number[] = [];
  let offset = 0;
  for (const [index, cell] of row.entries()) {
    if (index > 0) offset += row[index - 1]!.width / 2 + gap + cell.width / 2;
    offsets.push(offset);
  }
  const blocks: { mean: number; weight: number; size: number }[] = [];
  for (const [index, { x, weight }] of wishes.entries()) {
    blocks.push({ mean: x - offsets[index]!, weight, size: 1 });
    while (blocks.length > 1 && blocks.at(-2)!.mean > blocks.at(-1)!.mean) {
      const last = blocks.pop()!;
      const before = blocks.pop()!;
      const sum = before.weight + last.weight;
      blocks.push({ mean: (before.mean * before.weight + last.mean * last.weight) / sum, weight: sum, size: before.size + last.size });
    }
  }
  return blocks.flatMap((block) => Array<number>(block.size).fill(block.mean)).map((mean, index) => mean + offsets[index]!);
}

function cost(centres: ReadonlyMap<string, number>, rowOf: ReadonlyMap<string, number>, pulls: readonly Pull[]): number {
  let sum = 0;
  const lines = pulls.map((pull) => {
    const from = centres.get(pull.source)!;
    const to = centres.get(pull.target)!;
    sum += Math.abs(to - from) * (pull.main ? 2 : 1);
    return { pull, from: { x: from + pull.lean * leanShift, y: rowOf.get(pull.source)! }, to: { x: to, y: rowOf.get(pull.target)! } };
  });
  for (const [index, one] of lines.entries())
    for (const other of lines.slice(index + 1)) {
      if (one.pull.source === other.pull.source) {
        if ((one.pull.lean - other.pull.lean) * (one.to.x - other.to.x) < 0) sum += inversionCost;
      } else if (one.pull.target !== other.pull.target && cross(one.from, one.to, other.from, other.to)) sum += crossingCost;
    }
  return sum;
}

function cross(a: Point, b: Point, c: Point, d: Point): boolean {
  const side = (p: Point, q: Point, r: Point) => Math.sign((q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x));
  return side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b);
}

function group(pulls: readonly Pull[], key: (pull: Pull) => string): Map<string, Pull[]> {
  const groups = new Map<string, Pull[]>();
  for (const pull of pulls) groups.set(key(pull), [...(groups.get(key(pull)) ?? []), pull]);
  return groups;
}
