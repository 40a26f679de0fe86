import { clipboardFormat, type CanvasDocument } from "./model";

/**
 * What copying puts on the clipboard when C# has nothing richer to give: the chosen steps and the ways between them,
 * as the canvas sees them.
 */
export function copyText(document: CanvasDocument, ids: Iterable<string>): string {
  const chosen = new Set(ids);
  const nodes = document.nodes.filter((node) => chosen.has(node.id));
  const edges = document.edges.filter((edge) => chosen.has(edge.source) && chosen.has(edge.target));
  return JSON.stringify({ format: clipboardFormat, nodes, edges });
}

/** Whether a text may be steps at all: anything else on the clipboard is left to the browser. What it means, C# decides. */
export function looksLikeSteps(text: string): boolean {
  if (!text.trimStart().startsWith("{")) return false;
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" && parsed !== null && ("nodes" in parsed || "activities" in parsed || "root" in parsed);
  } catch {
    return false;
  }
}
