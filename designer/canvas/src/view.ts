import { useReactFlow } from "@xyflow/react";
import { useMemo, type RefObject } from "react";
import { heightOf, widthOf } from "./card";
import type { Store } from "./store";
import { readingOrder } from "./walk";

export const minZoom = 0.1;
export const maxZoom = 2;
const margin = 32;
/** Below this, 14 px titles can no longer be read: better to open at the beginning than to show all of it too small. */
const readableZoom = 0.62;
const openingZoom = 0.8;

export interface View {
  open(): void;
  fit(): void;
  reveal(id: string): void;
  /** As reveal, but only where the card is not wholly in sight. */
  keepInSight(id: string): void;
  /** The window became wider or narrower: what was in its middle stays there, and the chosen step stays in sight. */
  resized(byWidth: number, byHeight: number): void;
  zoomIn(): void;
  zoomOut(): void;
}

/** What the window on the graph can do. */
export function useView(root: RefObject<HTMLDivElement | null>, store: Store): View {
  const flow = useReactFlow();
  return useMemo(() => {
    const duration = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120);
    const stepOf = (id: string) => store.state.document.nodes.find((node) => node.id === id);

    const fit = () => void flow.fitView({ padding: `${margin}px`, maxZoom: 1, duration: duration() });
    const center = (id: string, zoom: number) => {
      const step = stepOf(id);
      const place = store.state.places.get(id);
      if (step && place) void flow.setCenter(place.x + widthOf(step) / 2, place.y + heightOf(step) / 2, { zoom, duration: duration() });
    };
    const open = () => {
      const size = root.current?.getBoundingClientRect();
      const first = readingOrder(store.state.document)[0];
      if (!size || !first) return;
      const bounds = flow.getNodesBounds(flow.getNodes());
      const whole = Math.min((size.width - 2 * margin) / bounds.width, (size.height - 2 * margin) / bounds.height, 1);
      if (whole >= readableZoom) {
        void flow.fitView({ padding: `${margin}px`, maxZoom: 1, duration: 0 });
        return;
      }
      const place = store.state.places.get(first)!;
      const zoom = Math.min(openingZoom, Math.max(whole, (size.width - 2 * margin) / widthOf(stepOf(first)!)));
      const fitsAcross = bounds.width * zoom <= size.width - 2 * margin;
      const middle = fitsAcross ? bounds.x + bounds.width / 2 : place.x + widthOf(stepOf(first)!) / 2;
      void flow.setViewport({ x: size.width / 2 - middle * zoom, y: margin - place.y * zoom, zoom });
    };
    const keepInSight = (id: string) => {
      const step = stepOf(id);
      const place = store.state.places.get(id);
      const size = root.current?.getBoundingClientRect();
      if (!step || !place || !size) return;
      const { x, y, zoom } = flow.getViewport();
      const left = place.x * zoom + x;
      const top = place.y * zoom + y;
      const inside = left >= 0 && top >= 0 && left + widthOf(step) * zoom <= size.width && top + heightOf(step) * zoom <= size.height;
      if (!inside) center(id, zoom);
    };
    return {
      open,
      fit,
      reveal: (id) => center(id, Math.max(flow.getZoom(), openingZoom)),
      keepInSight,
      resized: (byWidth, byHeight) => {
        const { x, y, zoom } = flow.getViewport();
        void flow.setViewport({ x: x + byWidth / 2, y: byHeight < 0 ? y : y + byHeight / 2, zoom });
        const [chosen, another] = store.state.selection;
        if (chosen !== undefined && another === undefined) keepInSight(chosen);
      },
      zoomIn: () => void flow.zoomIn({ duration: duration() }),
      zoomOut: () => void flow.zoomOut({ duration: duration() }),
    };
  }, [flow, root, store]);
}
