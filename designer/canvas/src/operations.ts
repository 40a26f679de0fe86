import type { CanvasDocument, CanvasEdge, CanvasNode, Operation } from "./model";

/**
 * The document after a patch. Throws when an operation names something that is not there: then canvas and C#
 * disagree, and the caller asks for the whole document instead of showing a wrong one.
 */
export function applyOperations(document: CanvasDocument, revision: number, operations: readonly Operation[]): CanvasDocument {
  const nodes = new Map(document.nodes.map((node) => [node.id, node]));
  const edges = new Map(document.edges.map((edge) => [edge.id, edge]));
  for (const operation of operations) applyOne(nodes, edges, operation);
  return { revision, nodes: [...nodes.values()], edges: [...edges.values()] };
}

function applyOne(nodes: Map<string, CanvasNode>, edges: Map<string, CanvasEdge>, operation: Operation): void {
  switch (operation.kind) {
    case "AddNode":
      refuse(nodes.has(operation.node.id), `step ${operation.node.id} is there already`);
      nodes.set(operation.node.id, operation.node);
      return;
    case "UpdateNode":
      refuse(!nodes.has(operation.node.id), `no step ${operation.node.id}`);
      nodes.set(operation.node.id, operation.node);
      return;
    case "RemoveNode":
      refuse(!nodes.delete(operation.id), `no step ${operation.id}`);
      for (const edge of [...edges.values()])
        if (edge.source === operation.id || edge.target === operation.id) edges.delete(edge.id);
      return;
    case "MoveNode": {
      const node = nodes.get(operation.id);
      if (!node) throw new Error(`no step ${operation.id}`);
      nodes.set(operation.id, { ...node, x: operation.x, y: operation.y });
      return;
    }
    case "AddEdge":
      refuse(!nodes.has(operation.edge.source) || !nodes.has(operation.edge.target), `edge ${operation.edge.id} has a loose end`);
      edges.set(operation.edge.id, operation.edge);
      return;
    case "RemoveEdge":
      // Removing a step removes its edges, so that an edge named afterwards may be gone already.
      edges.delete(operation.id);
      return;
  }
}

function refuse(wrong: boolean, why: string): void {
  if (wrong) throw new Error(why);
}
