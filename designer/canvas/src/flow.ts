import { heightOf, widthOf } from "./card";
import type { CanvasDocument, CanvasEdge, CanvasNode } from "./model";
import type { Box } from "./segments";
import type { State } from "./store";
import { describedBy, type StepNode } from "./StepCard";
import { readingOrder } from "./walk";
import type { WayEdgeType } from "./WayEdge";
import { labelOf } from "./ways";
import { categoryWord, fill, type Words } from "./words";

/** Steps as React Flow wants them, in reading order, so that Tab goes along the graph; measures already known are kept. */
export function nodesOf(state: State, words: Words, known: readonly StepNode[]): StepNode[] {
  const before = new Map(known.map((node) => [node.id, node]));
  const steps = new Map(state.document.nodes.map((node) => [node.id, node]));
  return readingOrder(state.document).map((id) => {
    const step = steps.get(id)!;
    const old = before.get(id);
    return {
      ...(old?.measured ? { measured: old.measured } : {}),
      // A patch that comes during a drag must not snatch the card away.
      ...(old?.dragging ? { dragging: true } : {}),
      id,
      type: "step",
      position: old?.dragging ? old.position : state.places.get(id)!,
      data: old?.data.step === step ? old.data : { step },
      selected: state.selection.has(id),
      ariaLabel: nameOf(step, words),
      domAttributes: { "aria-describedby": describedBy(id), "aria-roledescription": categoryWord(words, step.category) },
    } satisfies StepNode;
  });
}

function nameOf(step: CanvasNode, words: Words): string {
  const outcomes = step.ports.length > 1 ? fill(words.outcomes, { list: step.ports.map((port) => port.label).join(", ") }) : "";
  return [`${step.title}.`, step.badge ? `${step.badge}.` : "", step.sentence, outcomes].filter(Boolean).join(" ");
}

/** Ways as React Flow wants them. */
export function edgesOf(state: State, words: Words, known: readonly WayEdgeType[]): WayEdgeType[] {
  const selected = new Set(known.filter((edge) => edge.selected).map((edge) => edge.id));
  const steps = new Map(state.document.nodes.map((node) => [node.id, node]));
  return state.document.edges
    .filter((edge) => steps.has(edge.source) && steps.has(edge.target))
    .map((edge) => {
      const name = edgeName(edge, steps, words);
      return {
        id: edge.id,
        type: "way",
        source: edge.source,
        sourceHandle: edge.sourcePort,
        target: edge.target,
        selected: selected.has(edge.id),
        ariaLabel: name,
        data: { label: labelOf(edge, steps.get(edge.source)!), name },
      } satisfies WayEdgeType;
    });
}

function edgeName(edge: CanvasEdge, steps: ReadonlyMap<string, CanvasNode>, words: Words): string {
  const source = steps.get(edge.source)!;
  const outcome = labelOf(edge, source);
  const values = { source: source.title, target: steps.get(edge.target)!.title, outcome: outcome ?? "" };
  return fill(outcome ? words.edgeBy : words.edge, values);
}

/** Cards as obstacles, as measured where they have been. */
export function measuredBoxes(nodes: readonly StepNode[]): Box[] {
  return nodes.map((node) => ({
    id: node.id,
    x: node.position.x,
    y: node.position.y,
    width: node.measured?.width ?? widthOf(node.data.step),
    height: node.measured?.height ?? heightOf(node.data.step),
  }));
}

/** Would this connection say something new? Nothing leads to a trigger; a wait may lead to itself. */
export function canConnect(document: CanvasDocument, source: string, sourcePort: string, target: string): boolean {
  if (!document.nodes.find((node) => node.id === target)?.hasInput) return false;
  return !document.edges.some((edge) => edge.source === source && edge.sourcePort === sourcePort && edge.target === target);
}
