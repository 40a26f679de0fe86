import { arrange } from "./arrange";
import type { CanvasDocument, Operation, Options, Overlay, Placement, Problem, StepFigures } from "./model";
import { applyOperations } from "./operations";
import type { Point } from "./walk";

export interface State {
  document: CanvasDocument;
  /** A place for every step, laid out ones included. */
  places: ReadonlyMap<string, Point>;
  selection: ReadonlySet<string>;
  options: Options;
}

/** What the canvas shows. Cards listen to their own figures and problems, so that a live feed redraws only them. */
export class Store {
  state: State;
  private figures: Record<string, StepFigures> = {};
  private problems = new Map<string, Problem[]>();
  private readonly listeners = new Set<() => void>();

  constructor(options: Options) {
    this.state = { document: { revision: 0, nodes: [], edges: [] }, places: new Map(), selection: new Set(), options };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  figuresOf(id: string): StepFigures | undefined {
    return this.figures[id];
  }

  problemsOf(id: string): readonly Problem[] | undefined {
    return this.problems.get(id);
  }

  setDocument(document: CanvasDocument): void {
    this.take(document);
  }

  applyPatch(revision: number, operations: readonly Operation[]): void {
    this.take(applyOperations(this.state.document, revision, operations));
  }

  private take(document: CanvasDocument): void {
    const ids = new Set([...document.nodes.map((node) => node.id), ...document.edges.map((edge) => edge.id)]);
    const selection = new Set([...this.state.selection].filter((id) => ids.has(id)));
    this.change({ document, places: arrange(document, this.state.places), selection });
  }

  /** Lays out anew what nobody has placed: for when the font, and so the cards' heights, have become known. */
  arrangeAgain(): void {
    this.change({ places: arrange(this.state.document) });
  }

  /** Shows a move before C# has answered; a patch or a document that says otherwise takes it back. */
  place(placements: readonly Placement[]): void {
    const places = new Map(this.state.places);
    for (const { id, x, y } of placements) places.set(id, { x, y });
    this.change({ places });
  }

  /** What a move must tell C#: the moved steps, and those that C# has no place for, so that what is seen is what is kept. */
  placementsWith(moved: readonly Placement[]): Placement[] {
    const ids = new Set(moved.map((placement) => placement.id));
    const unplaced = this.state.document.nodes
      .filter((node) => !ids.has(node.id) && typeof node.x !== "number")
      .map((node) => ({ id: node.id, ...this.state.places.get(node.id)! }));
    return [...moved, ...unplaced];
  }

  select(ids: Iterable<string>): void {
    const selection = new Set(ids);
    const same = selection.size === this.state.selection.size && [...selection].every((id) => this.state.selection.has(id));
    if (!same) this.change({ selection });
  }

  setOptions(options: Partial<Options>): void {
    this.change({ options: { ...this.state.options, ...options } });
  }

  setOverlay(overlay: Overlay | null): void {
    const before = this.figures;
    this.figures = Object.fromEntries(
      // The same figures keep their object, so that their card is not drawn again.
      Object.entries(overlay?.nodes ?? {}).map(([id, now]) => [id, sameFigures(before[id], now) ? before[id]! : now]),
    );
    this.tell();
  }

  setProblems(problems: readonly Problem[]): void {
    const byNode = new Map<string, Problem[]>();
    for (const problem of problems)
      if (problem.nodeId) byNode.set(problem.nodeId, [...(byNode.get(problem.nodeId) ?? []), problem]);
    this.problems = byNode;
    this.tell();
  }

  private change(part: Partial<State>): void {
    this.state = { ...this.state, ...part };
    this.tell();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

function sameFigures(before: StepFigures | undefined, now: StepFigures): boolean {
  return before !== undefined && before.cases === now.cases && before.openMinor === now.openMinor && before.formatted === now.formatted;
}
