import { useReactFlow } from "@xyflow/react";
import type { ClipboardEvent, RefObject } from "react";
import { snap } from "./arrange";
import { cardWidth } from "./card";
import type { Calls } from "./calls";
import { copyText, looksLikeSteps } from "./clipboard";
import type { Command } from "./model";
import type { Store } from "./store";
import type { WayEdgeType } from "./WayEdge";
import { counted, wordsOf } from "./words";

interface Needs {
  store: Store;
  calls: Calls;
  command(...commands: Command[]): void;
  say(text: string): void;
  root: RefObject<HTMLDivElement | null>;
  edges: readonly WayEdgeType[];
}

/** Copy, cut and paste of steps through the system's clipboard, so that they travel between scenarios and browsers. */
export function useClipboard({ store, calls, command, say, root }: Needs) {
  const flow = useReactFlow();

  const copy = (event: ClipboardEvent): boolean => {
    const ids = [...store.state.selection];
    if (ids.length === 0 || inField(event)) return false;
    event.preventDefault();
    // The event wants its text at once; what C# gives comes a moment later and replaces it.
    event.clipboardData.setData("text/plain", copyText(store.state.document, ids));
    void calls.copy(ids).then((text) => (text ? navigator.clipboard?.writeText(text) : undefined)).catch((error: unknown) => {
      console.warn("canvas: the browser kept the plain copy", error);
    });
    say(counted(store.state.options.language, "copied", ids.length));
    return true;
  };

  return {
    copy: (event: ClipboardEvent) => void copy(event),
    cut(event: ClipboardEvent) {
      const ids = [...store.state.selection];
      if (copy(event) && !store.state.options.readOnly) command({ kind: "Delete", nodeIds: ids, edgeIds: [] });
    },
    paste(event: ClipboardEvent) {
      if (store.state.options.readOnly || inField(event)) return;
      const text = event.clipboardData.getData("text/plain");
      if (!looksLikeSteps(text)) return;
      event.preventDefault();
      const size = root.current!.getBoundingClientRect();
      const middle = flow.screenToFlowPosition({ x: size.left + size.width / 2, y: size.top + size.height / 3 });
      command({ kind: "Paste", text, x: snap(middle.x - cardWidth / 2), y: snap(middle.y) });
      say(wordsOf(store.state.options.language).pasted);
    },
  };
}

function inField(event: ClipboardEvent): boolean {
  return (event.target as HTMLElement).closest("input, textarea, [contenteditable]") !== null;
}
