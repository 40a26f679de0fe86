import assert from "node:assert/strict";
import test from "node:test";
import { arrange, arrangeAll } from "../src/arrange";
import { heightOf, widthOf } from "../src/card";
import type { CanvasDocument } from "../src/model";
import { collisions, segmentsOf } from "../src/segments";
import type { Point } from "../src/walk";
import { boxesOf, waysOf } from "../src/ways";
import { dunning, edge, node, random } from "./graphs";

test("a scenario reads from top to bottom, and its main way runs straight down", () => {
  const places = arrangeAll(dunning());
  const y = (id: string) => places.get(id)!.y;
  assert.ok(y("imported") < y("request") && y("request") < y("wait") && y("wait") < y("erp"));
  assert.equal(places.get("imported")!.x, places.get("request")!.x);
});

test("a later outcome stands to the right of an earlier one", () => {
  const places = arrangeAll(dunning());
  assert.ok(places.get("task")!.x > places.get("wait")!.x);
  assert.ok(places.get("reminder")!.x > places.get("erp")!.x);
});

test("the same graph is laid out the same way each time", () => {
  assert.deepEqual([...arrangeAll(dunning())], [...arrangeAll(dunning())]);
});

test("no card covers another, whatever the graph", () => {
  for (let seed = 1; seed <= 30; seed++) {
    const document = anyGraph(seed);
    assertApart(document, arrangeAll(document), `seed ${seed}`);
  }
});

test("steps that somebody has placed stay, and new ones find room beside them", () => {
  for (let seed = 1; seed <= 30; seed++) {
    const document = anyGraph(seed);
    const all = arrangeAll(document);
    const half = { ...document, nodes: document.nodes.map((step, index) => (index % 2 ? step : { ...step, ...all.get(step.id)!, x: all.get(step.id)!.x + 1000 })) };
    const places = arrange(half);
    for (const step of half.nodes) if (typeof step.x === "number") assert.deepEqual(places.get(step.id), { x: step.x, y: step.y });
    assertApart(half, places, `seed ${seed}`);
  }
});

test("ways run around cards", () => {
  const document = dunning();
  const boxes = boxesOf(document, arrangeAll(document), heightOf);
  for (const [id, way] of waysOf(document, boxes, 5)) {
    const { source, target } = document.edges.find((candidate) => candidate.id === id)!;
    assert.equal(collisions(segmentsOf(way.points, { source, target }), boxes), 0, id);
  }
});

test("six hundred steps are laid out and connected within seconds", () => {
  const nodes = Array.from({ length: 600 }, (_, index) => node(`s${index}`, ["Paid", "Late"]));
  const edges = nodes.slice(1).map((step, index) => edge(`s${Math.floor(index / 2)}`, index % 2 ? "Paid" : "Late", step.id));
  const document = { revision: 1, nodes, edges };
  const ways = waysOf(document, boxesOf(document, arrangeAll(document), heightOf), 5);
  assert.equal(ways.size, 599);
});

function anyGraph(seed: number): CanvasDocument {
  const next = random(seed);
  const count = 2 + next(25);
  const nodes = Array.from({ length: count }, (_, index) => node(`s${index}`, ["A", "B", "C", "D", "E"].slice(0, 1 + next(5)), { sentence: "word ".repeat(1 + next(20)) }));
  const edges = nodes.flatMap((step) => step.ports.filter(() => next(3) > 0).map((port) => edge(step.id, port.id, `s${next(count)}`)));
  return { revision: 1, nodes, edges };
}

function assertApart(document: CanvasDocument, places: ReadonlyMap<string, Point>, which: string): void {
  const boxes = document.nodes.map((step) => ({ id: step.id, ...places.get(step.id)!, width: widthOf(step), height: heightOf(step) }));
  for (const [index, a] of boxes.entries())
    for (const b of boxes.slice(index + 1)) {
      const apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
      assert.ok(apart, `${which}: ${a.id} covers ${b.id}`);
    }
}
