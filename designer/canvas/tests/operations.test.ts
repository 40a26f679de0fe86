import assert from "node:assert/strict";
import test from "node:test";
import { applyOperations } from "../src/operations";
import { Store } from "../src/store";
import { dunning, edge, node } from "./graphs";

test("a patch adds, moves, renames and removes, and carries its revision", () => {
  const after = applyOperations(dunning(), 7, [
    { kind: "AddNode", node: node("plan") },
    { kind: "AddEdge", edge: edge("wait", "Late", "plan") },
    { kind: "MoveNode", id: "erp", x: 40, y: 80 },
    { kind: "UpdateNode", node: node("task", [], { title: "Call" }) },
    { kind: "RemoveNode", id: "reminder" },
  ]);
  assert.equal(after.revision, 7);
  assert.deepEqual([after.nodes.find(({ id }) => id === "erp")!.x, after.nodes.find(({ id }) => id === "task")!.title], [40, "Call"]);
  assert.ok(after.edges.some(({ target }) => target === "plan"));
});

test("removing a step removes the ways to and from it", () => {
  const after = applyOperations(dunning(), 2, [{ kind: "RemoveNode", id: "wait" }]);
  assert.ok(after.edges.every(({ source, target }) => source !== "wait" && target !== "wait"));
});

test("a patch that does not fit what is shown is refused and changes nothing", () => {
  const before = dunning();
  const copy = structuredClone(before);
  assert.throws(() => applyOperations(before, 2, [{ kind: "MoveNode", id: "erp", x: 1, y: 1 }, { kind: "RemoveNode", id: "nobody" }]), /nobody/);
  assert.throws(() => applyOperations(before, 2, [{ kind: "AddNode", node: node("erp") }]), /there already/);
  assert.throws(() => applyOperations(before, 2, [{ kind: "AddEdge", edge: edge("erp", "Done", "nobody") }]), /loose end/);
  assert.deepEqual(before, copy);
});

test("a move is shown at once and taken back by a document that says otherwise", () => {
  const store = new Store({ language: "en", readOnly: false });
  const placed = { ...dunning(), nodes: dunning().nodes.map((step, index) => ({ ...step, x: 0, y: index * 200 })) };
  store.setDocument(placed);
  store.place([{ id: "erp", x: 500, y: 500 }]);
  assert.deepEqual(store.state.places.get("erp"), { x: 500, y: 500 });
  store.setDocument(placed);
  assert.deepEqual(store.state.places.get("erp"), { x: 0, y: 800 });
});

test("the first move tells the places of the steps that nobody had placed, so that what is seen is what is kept", () => {
  const store = new Store({ language: "en", readOnly: false });
  store.setDocument(dunning());
  const told = store.placementsWith([{ id: "erp", x: 8, y: 8 }]);
  assert.equal(told.length, dunning().nodes.length);
  assert.deepEqual(told[0], { id: "erp", x: 8, y: 8 });
});

test("a selection forgets a step that is gone", () => {
  const store = new Store({ language: "en", readOnly: false });
  store.setDocument(dunning());
  store.select(["erp", "wait"]);
  store.applyPatch(2, [{ kind: "RemoveNode", id: "erp" }]);
  assert.deepEqual([...store.state.selection], ["wait"]);
});
