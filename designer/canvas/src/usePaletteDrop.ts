import { useReactFlow } from "@xyflow/react";
import { useCallback, useRef, useState, type Dispatch, type DragEvent, type SetStateAction } from "react";
import { snap } from "./arrange";
import { cardWidth } from "./card";
import { paletteMediaType, type Command } from "./model";
import type { WayEdgeType } from "./WayEdge";

interface Needs {
  readOnly: boolean;
  command(...commands: Command[]): void;
  setEdges: Dispatch<SetStateAction<WayEdgeType[]>>;
}

/** A palette entry dropped on the canvas, or on a way, which it then stands on. */
export function usePaletteDrop({ readOnly, command, setEdges }: Needs) {
  const flow = useReactFlow();
  const [over, setOver] = useState(false);
  const marked = useRef<string | null>(null);

  const mark = useCallback((id: string | null) => {
    if (marked.current === id) return;
    marked.current = id;
    setEdges((edges) => edges.map((edge) => ((edge.className === "drop") === (edge.id === id) ? edge : { ...edge, className: edge.id === id ? "drop" : "" })));
  }, [setEdges]);

  const leave = useCallback(() => {
    mark(null);
    setOver(false);
  }, [mark]);

  return {
    over,
    dragOver(event: DragEvent) {
      if (readOnly || !event.dataTransfer.types.includes(paletteMediaType)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
      setOver(true);
      mark(edgeAt(event.clientX, event.clientY));
    },
    dragLeave(event: DragEvent) {
      if (!event.currentTarget.contains(event.relatedTarget as Node | null)) leave();
    },
    drop(event: DragEvent) {
      const activityType = event.dataTransfer.getData(paletteMediaType);
      if (readOnly || !activityType) return;
      event.preventDefault();
      const onEdge = edgeAt(event.clientX, event.clientY);
      leave();
      const point = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
      const place = { x: snap(point.x - cardWidth / 2), y: snap(point.y - 24) };
      command({ kind: "Add", activityType, ...place, ...(onEdge ? { onEdge } : {}) });
    },
  };
}

function edgeAt(x: number, y: number): string | null {
  for (const element of document.elementsFromPoint(x, y)) {
    if (element.closest(".react-flow__node")) return null;
    const label = element.closest<HTMLElement>(".cpc-label");
    if (label) return label.dataset["edge"] ?? null;
    const edge = element.closest(".react-flow__edge");
    if (edge) return edge.getAttribute("data-id");
  }
  return null;
}
