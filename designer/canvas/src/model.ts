// The contract with C#: CanvasModel.cs mirrors these types, property for property (camelCase in JSON).
// Only view models cross: what a card shows, never what a step is configured with.

/** What a step is about; decides the colour of its bar and the word a screen reader says. */
export type Category = "trigger" | "collecting" | "informing" | "decision" | "connecting" | "flow";

/** One outcome of a step. `id` is stable across languages, `label` is what people read. */
export interface Port {
  id: string;
  label: string;
}

/** One step as a card. `x` and `y` are its top left corner; null means that nobody has placed it yet. */
export interface CanvasNode {
  id: string;
  /** The activity's type name, as the definition stores it. */
  type: string;
  title: string;
  /** What the step does with its present settings, in one or two lines. */
  sentence: string;
  /** A name of a Material Symbol. */
  icon: string;
  category: Category;
  ports: Port[];
  x?: number | null;
  y?: number | null;
  /** False for triggers: nothing leads to them. */
  hasInput: boolean;
  /** A word or two in the card's corner: "Start", "Paused". */
  badge?: string | null;
}

/** A way from one outcome of a step to the next step. */
export interface CanvasEdge {
  id: string;
  source: string;
  sourcePort: string;
  target: string;
  /** Shown on the edge; where absent, the outcome's label is shown when the source has more than one. */
  label?: string | null;
}

/** The whole graph at one revision. C# raises the revision with every change, layout included. */
export interface CanvasDocument {
  revision: number;
  nodes: CanvasNode[];
  edges: CanvasEdge[];
}

/** A change of the graph. C# is the only one to make them; the canvas applies them. */
export type Operation =
  | { kind: "AddNode"; node: CanvasNode }
  | { kind: "UpdateNode"; node: CanvasNode }
  | { kind: "RemoveNode"; id: string }
  | { kind: "MoveNode"; id: string; x: number; y: number }
  | { kind: "AddEdge"; edge: CanvasEdge }
  | { kind: "RemoveEdge"; id: string };

/** What stands at a step now. `formatted` is the open amount as C# wrote it for the reader's culture. */
export interface StepFigures {
  cases: number;
  openMinor: number;
  currency: string;
  formatted: string;
}

export interface Overlay {
  nodes: Record<string, StepFigures>;
}

export type Severity = "error" | "warning" | "info";

/** Something wrong with the scenario; without `nodeId` it concerns the whole and the canvas shows nothing. */
export interface Problem {
  nodeId?: string | null;
  severity: Severity;
  message: string;
}

export interface Placement {
  id: string;
  x: number;
  y: number;
}

/** What the user asked for. Nothing happens until C# answers with a patch; only a drag is shown at once. */
export type Command =
  | { kind: "Add"; activityType: string; x: number; y: number; onEdge?: string }
  | { kind: "Move"; placements: Placement[] }
  | { kind: "Connect"; source: string; sourcePort: string; target: string }
  | { kind: "Disconnect"; edgeId: string }
  | { kind: "Delete"; nodeIds: string[]; edgeIds: string[] }
  | { kind: "Paste"; text: string; x: number; y: number };

export type Language = "en" | "fr";

export interface Options {
  language: Language;
  readOnly: boolean;
  /** Absent: as the system has it. */
  dark?: boolean | null;
}

/** Blazor's DotNetObjectReference. */
export interface DotNetReference {
  invokeMethodAsync(method: string, ...parameters: unknown[]): Promise<unknown>;
}

/** The media type under which a palette entry carries its activity's type name while it is dragged. */
export const paletteMediaType = "application/x-centralpay-activity";

/** The `format` of what copying puts on the clipboard when C# gives nothing richer. */
export const clipboardFormat = "centralpay-steps/1";
