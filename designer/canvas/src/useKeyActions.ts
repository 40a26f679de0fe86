import { useRef, type Dispatch, type RefObject, type SetStateAction } from "react";
import type { Calls } from "./calls";
import type { KeyActions } from "./keys";
import type { Command, Placement } from "./model";
import type { Store } from "./store";
import type { View } from "./view";
import { readingOrder, step, type Point } from "./walk";
import type { WayEdgeType } from "./WayEdge";
import { fill, wordsOf } from "./words";

interface Needs {
  store: Store;
  calls: Calls;
  command(...commands: Command[]): void;
  move(placements: Placement[]): void;
  say(text: string): void;
  root: RefObject<HTMLDivElement | null>;
  view: View;
  edges: readonly WayEdgeType[];
  setEdges: Dispatch<SetStateAction<WayEdgeType[]>>;
}

/** What the keys do to the canvas. */
export function useKeyActions({ store, calls, command, move, say, root, view, edges, setEdges }: Needs): KeyActions {
  const cameFrom = useRef<string | null>(null);
  const nudging = useRef(new Map<string, Placement>());
  const before = useRef<ReadonlyMap<string, Point> | null>(null);
  const words = () => wordsOf(store.state.options.language);
  const titleOf = (id: string) => store.state.document.nodes.find((node) => node.id === id)?.title ?? id;

  const choose = (ids: readonly string[]) => {
    store.select(ids);
    calls.select(ids);
  };
  const go = (id: string | undefined) => {
    if (id === undefined) return;
    root.current?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`)?.focus({ preventScroll: true });
    view.keepInSight(id);
    choose([id]);
  };
  const clearEdges = () => setEdges((known) => known.map((edge) => (edge.selected ? { ...edge, selected: false } : edge)));

  return {
    walk(focused, direction) {
      const from = focused ?? [...store.state.selection][0];
      if (from === undefined) return go(readingOrder(store.state.document)[0]);
      const next = step(store.state.document, store.state.places, from, direction, cameFrom.current);
      if (next === null) return say(words().endOfWay);
      if (direction === "down" || direction === "up") cameFrom.current = direction === "down" ? from : null;
      go(next);
    },
    first: () => go(readingOrder(store.state.document)[0]),
    last: () => go(readingOrder(store.state.document).at(-1)),
    nudge(dx, dy) {
      if (store.state.options.readOnly) return;
      for (const id of store.state.selection) {
        const place = nudging.current.get(id) ?? store.state.places.get(id);
        if (place) nudging.current.set(id, { id, x: place.x + dx, y: place.y + dy });
      }
      // Shown at once, said to C# when Alt is let go: one move, one step to undo.
      before.current ??= store.state.places;
      store.place([...nudging.current.values()]);
    },
    nudged() {
      const moved = [...nudging.current.values()];
      nudging.current.clear();
      if (moved.length === 0 || !before.current) return;
      store.place(moved.flatMap(({ id }) => (before.current!.has(id) ? [{ id, ...before.current!.get(id)! }] : [])));
      before.current = null;
      move(moved);
      say(fill(words().moved, { title: titleOf(moved[0]!.id) }));
    },
    open: (id) => calls.open(id),
    toggle(id) {
      const ids = new Set(store.state.selection);
      ids[ids.has(id) ? "delete" : "add"](id);
      choose([...ids]);
      say(ids.size === 0 ? words().nothingSelected : ids.size === 1 ? fill(words().selected, { title: titleOf([...ids][0]!) }) : fill(words().selectedMany, { count: ids.size }));
    },
    all() {
      choose(readingOrder(store.state.document));
      say(fill(words().selectedMany, { count: store.state.selection.size }));
    },
    remove() {
      if (store.state.options.readOnly) return;
      const nodeIds = [...store.state.selection];
      const edgeIds = edges.filter((edge) => edge.selected).map((edge) => edge.id);
      if (nodeIds.length === 0 && edgeIds.length === 0) return;
      say(fill(words().deleted, { what: nodeIds.map(titleOf).join(", ") || edgeIds.map((id) => edges.find((edge) => edge.id === id)!.data!.name).join(", ") }));
      command(nodeIds.length === 0 && edgeIds.length === 1 ? { kind: "Disconnect", edgeId: edgeIds[0]! } : { kind: "Delete", nodeIds, edgeIds });
    },
    leave() {
      const any = store.state.selection.size > 0 || edges.some((edge) => edge.selected);
      if (!any) return false;
      choose([]);
      clearEdges();
      say(words().nothingSelected);
      return true;
    },
    zoomIn: view.zoomIn,
    zoomOut: view.zoomOut,
    fit: view.fit,
  };
}
