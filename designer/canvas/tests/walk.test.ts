import assert from "node:assert/strict";
import test from "node:test";
import { arrangeAll } from "../src/arrange";
import { readingOrder, step } from "../src/walk";
import { dunning, node } from "./graphs";

const document = dunning();
const places = arrangeAll(document);

test("Tab reads from the trigger along the first outcomes, then the others", () => {
  assert.deepEqual(readingOrder(document), ["imported", "request", "wait", "erp", "reminder", "task"]);
});

test("steps that nothing leads to, and rings without a start, are read too", () => {
  const loose = { ...document, nodes: [...document.nodes, node("alone")] };
  assert.equal(readingOrder(loose).length, 7);
  const ring = { revision: 1, nodes: [node("a"), node("b")], edges: [{ id: "1", source: "a", sourcePort: "Done", target: "b" }, { id: "2", source: "b", sourcePort: "Done", target: "a" }] };
  assert.deepEqual(readingOrder(ring), ["a", "b"]);
});

test("down follows the first outcome, up leads back to where one came from", () => {
  assert.equal(step(document, places, "request", "down"), "wait");
  assert.equal(step(document, places, "wait", "up", "reminder"), "reminder");
  assert.equal(step(document, places, "wait", "up"), "request");
  assert.equal(step(document, places, "erp", "down"), null);
});

test("left and right go among the outcomes of the same step", () => {
  assert.equal(step(document, places, "wait", "right"), "task");
  assert.equal(step(document, places, "task", "left"), "wait");
  assert.equal(step(document, places, "erp", "right"), "reminder");
});

test("where no sibling is, left and right find what stands beside", () => {
  const twoStarts = { revision: 1, nodes: [node("a"), node("b")], edges: [] };
  assert.equal(step(twoStarts, new Map([["a", { x: 0, y: 0 }], ["b", { x: 300, y: 20 }]]), "a", "right"), "b");
  assert.equal(step(twoStarts, new Map([["a", { x: 0, y: 0 }], ["b", { x: 20, y: 300 }]]), "a", "right"), null);
});
