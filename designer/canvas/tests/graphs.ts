import type { CanvasDocument, CanvasEdge, CanvasNode } from "../src/model";

export function node(id: string, ports: readonly string[] = ["Done"], more: Partial<CanvasNode> = {}): CanvasNode {
  return {
    id, type: `CentralPay.${id}`, title: id, sentence: `What ${id} does.`, icon: "extension", category: "collecting",
    ports: ports.map((port) => ({ id: port, label: port })), hasInput: true, ...more,
  };
}

export function edge(source: string, sourcePort: string, target: string): CanvasEdge {
  return { id: `${source}.${sourcePort}.${target}`, source, sourcePort, target };
}

/** Imported -> request [Created, Refused] -> wait [Paid, Late] -> erp / reminder (back to wait), refused -> task. */
export function dunning(): CanvasDocument {
  return {
    revision: 1,
    nodes: [
      node("task", []), node("imported", ["Done"], { hasInput: false, category: "trigger" }), node("request", ["Created", "Refused"]),
      node("wait", ["Paid", "Late"]), node("erp", []), node("reminder"),
    ],
    edges: [
      edge("imported", "Done", "request"), edge("request", "Refused", "task"), edge("request", "Created", "wait"),
      edge("wait", "Late", "reminder"), edge("wait", "Paid", "erp"), edge("reminder", "Done", "wait"),
    ],
  };
}

/** A repeatable stream of numbers below `limit`. */
export function random(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * limit);
  };
}
