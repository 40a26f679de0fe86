import {
  applyEdgeChanges, applyNodeChanges, Background, BackgroundVariant, MiniMap, ReactFlow, useNodesInitialized,
  type Connection, type EdgeChange, type FinalConnectionState, type NodeChange,
} from "@xyflow/react";
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type RefObject } from "react";
import { arrangeAll } from "./arrange";
import type { Calls } from "./calls";
import { grid } from "./card";
import { Board as BoardContextProvider, useStoreState } from "./context";
import { canConnect, edgesOf, measuredBoxes, nodesOf } from "./flow";
import { Icon } from "./Icon";
import { onKey } from "./keys";
import type { Command, Placement } from "./model";
import type { Box } from "./segments";
import { StepCard, type StepNode } from "./StepCard";
import type { Store } from "./store";
import { Tools } from "./Tools";
import { useClipboard } from "./useClipboard";
import { useDark } from "./useDark";
import { usePaletteDrop } from "./usePaletteDrop";
import { useKeyActions } from "./useKeyActions";
import { maxZoom, minZoom, useView, type View } from "./view";
import { tipOf, WayEdge, type WayEdgeType } from "./WayEdge";
import { waysOf } from "./ways";
import { wordsOf } from "./words";

const nodeTypes = { step: StepCard };
const edgeTypes = { way: WayEdge };
const snapGrid: [number, number] = [grid, grid];

export interface BoardHandle {
  view: View;
  arrange(): void;
}

/** The canvas: what the store holds, drawn; what the user does, said to C#. */
export function Board({ store, calls, onReady }: { store: Store; calls: Calls; onReady(handle: BoardHandle): void }) {
  const state = useStoreState(store);
  const { readOnly, language } = state.options;
  const words = wordsOf(language);
  const root = useRef<HTMLDivElement>(null);
  const live = useRef<HTMLDivElement>(null);
  const view = useView(root, store);
  const [nodes, setNodes] = useState<StepNode[]>([]);
  const [edges, setEdges] = useState<WayEdgeType[]>([]);
  const dark = useDark(root, state.options.dark);

  const say = useCallback((text: string) => {
    if (live.current) live.current.textContent = text;
  }, []);
  const command = useCallback((...commands: Command[]) => calls.commands(store.state.document.revision, commands), [calls, store]);
  const move = useCallback((moved: Placement[]) => {
    const changed = moved.filter(({ id, x, y }) => store.state.places.get(id)?.x !== x || store.state.places.get(id)?.y !== y);
    if (changed.length === 0) return;
    store.place(changed);
    command({ kind: "Move", placements: store.placementsWith(changed) });
  }, [command, store]);
  const arrange = useCallback(() => {
    const fresh = [...arrangeAll(store.state.document)].map(([id, place]) => ({ id, ...place }));
    if (store.state.options.readOnly) store.place(fresh);
    else move(fresh);
    requestAnimationFrame(view.fit);
  }, [move, store, view]);

  useLayoutEffect(() => setNodes((known) => nodesOf(state, words, known)), [state.document, state.places, state.selection, words]);
  useLayoutEffect(() => setEdges((known) => edgesOf(state, words, known)), [state.document, state.places, words]);
  useEffect(() => onReady({ view, arrange }), [onReady, view, arrange]);
  useOpeningView(view, state.document.nodes.length > 0, state.document.revision > 0);
  useSteadyView(view, root);

  const boxes = useBoxesAtRest(nodes);
  const ways = useMemo(() => waysOf(state.document, boxes, tipOf(readOnly)), [state.document, boxes, readOnly]);
  const select = useSelection(store, calls);
  const onNodesChange = useCallback((changes: NodeChange<StepNode>[]) => {
    select(changes);
    setNodes((known) => applyNodeChanges(changes.filter((change) => change.type !== "select" && change.type !== "remove"), known));
  }, [select]);
  const onEdgesChange = useCallback((changes: EdgeChange<WayEdgeType>[]) => {
    setEdges((known) => applyEdgeChanges(changes.filter((change) => change.type !== "remove"), known));
  }, []);

  const connect = useCallback((source: string, sourcePort: string, target: string) => {
    if (canConnect(store.state.document, source, sourcePort, target)) command({ kind: "Connect", source, sourcePort, target });
  }, [command, store]);
  const onConnectEnd = useCallback((event: MouseEvent | TouchEvent, end: FinalConnectionState) => {
    // Dropped on a card rather than on its small dot: that is meant too.
    if (end.isValid || end.fromHandle?.type !== "source" || !end.fromHandle.id) return;
    const point = "changedTouches" in event ? event.changedTouches[0]! : event;
    const card = document.elementsFromPoint(point.clientX, point.clientY).find((element) => element.closest(".react-flow__node"));
    const target = card?.closest<HTMLElement>(".react-flow__node")?.dataset["id"];
    // Its own card is where a drag begins: only its own entry means "again".
    if (target && target !== end.fromHandle.nodeId) connect(end.fromHandle.nodeId, end.fromHandle.id, target);
  }, [connect]);
  const onReconnect = useCallback((old: WayEdgeType, now: Connection) => {
    if (!now.sourceHandle || !canConnect(store.state.document, now.source, now.sourceHandle, now.target)) return;
    command({ kind: "Disconnect", edgeId: old.id }, { kind: "Connect", source: now.source, sourcePort: now.sourceHandle, target: now.target });
  }, [command, store]);

  const context = useMemo(
    () => ({ store, words, language, readOnly, ways, disconnect: (edgeId: string) => command({ kind: "Disconnect", edgeId }) }),
    [store, words, language, readOnly, ways, command],
  );
  const drop = usePaletteDrop({ readOnly, command, setEdges });
  const clipboard = useClipboard({ store, calls, command, say, root, edges });
  const keys = useKeyActions({ store, calls, command, move, say, root, view, edges, setEdges });
  const empty = state.document.nodes.length === 0;
  const help = `${words.help} ${readOnly ? "" : words.helpEditing}`;

  return (
    <BoardContextProvider.Provider value={context}>
      <div
        ref={root}
        className={["cpc", dark ? "dark" : "light", drop.over ? "over" : "", typeof state.options.dark === "boolean" ? "fixed" : ""].join(" ")}
        lang={language}
        role="application"
        aria-label={words.canvas}
        aria-description={help}
        onKeyDown={(event) => onKey(event, keys)}
        onKeyUp={(event) => event.key === "Alt" && keys.nudged()}
        onCopy={clipboard.copy}
        onCut={clipboard.cut}
        onPaste={clipboard.paste}
        onDragOver={drop.dragOver}
        onDragLeave={drop.dragLeave}
        onDrop={drop.drop}
      >
        <ReactFlow<StepNode, WayEdgeType>
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          onNodesChange={onNodesChange}
          onEdgesChange={onEdgesChange}
          onNodeClick={(event, node) => {
            // A plain click on one of several chosen steps means that one.
            if (event.ctrlKey || event.metaKey || event.shiftKey || store.state.selection.size < 2) return;
            store.select([node.id]);
            calls.select([node.id]);
          }}
          onNodeDoubleClick={(_, node) => calls.open(node.id)}
          onNodeDragStop={(_, __, moved) => move(moved.map(({ id, position }) => ({ id, ...position })))}
          onConnect={(made) => made.sourceHandle && connect(made.source, made.sourceHandle, made.target)}
          onConnectEnd={onConnectEnd}
          onReconnect={onReconnect}
          isValidConnection={(made) => canConnect(state.document, made.source, made.sourceHandle ?? "", made.target)}
          nodesDraggable={!readOnly}
          nodesConnectable={!readOnly}
          edgesReconnectable={!readOnly}
          edgesFocusable={false}
          connectionRadius={36}
          nodeDragThreshold={3}
          snapToGrid
          snapGrid={snapGrid}
          minZoom={minZoom}
          maxZoom={maxZoom}
          zoomOnDoubleClick={false}
          disableKeyboardA11y
          deleteKeyCode={null}
          panActivationKeyCode={null}
          elevateNodesOnSelect={false}
          colorMode={dark ? "dark" : "light"}
          ariaLabelConfig={{ "minimap.ariaLabel": words.minimap }}
        >
          <Background variant={BackgroundVariant.Dots} gap={grid * 3} size={1.5} />
          {!empty && <MiniMap<StepNode> pannable zoomable nodeBorderRadius={24} nodeStrokeWidth={0} style={{ width: 168, height: 120 }} nodeClassName={(node) => node.data.step.category} />}
          {!empty && <Tools view={view} arrange={arrange} />}
        </ReactFlow>
        {empty && (
          <div className="cpc-empty">
            <Icon name="account_tree" />
            <strong>{words.emptyTitle}</strong>
            <span>{readOnly ? words.emptyReadOnly : words.emptyHint}</span>
          </div>
        )}
        <div ref={live} className="cpc-hidden" aria-live="polite" />
      </div>
    </BoardContextProvider.Provider>
  );
}

/** The store holds the selection; the pointer's changes go there, and C# hears of them once per gesture. */
function useSelection(store: Store, calls: Calls) {
  const told = useRef(false);
  return useCallback((changes: readonly NodeChange<StepNode>[]) => {
    const selection = new Set(store.state.selection);
    for (const change of changes)
      if (change.type === "select") selection[change.selected ? "add" : "delete"](change.id);
    const before = store.state.selection;
    store.select(selection);
    if (store.state.selection === before || told.current) return;
    told.current = true;
    queueMicrotask(() => {
      told.current = false;
      calls.select([...store.state.selection]);
    });
  }, [store, calls]);
}

/** Cards as they rest: while one is dragged the others' ways stay, and its own run freely. */
function useBoxesAtRest(nodes: readonly StepNode[]): readonly Box[] {
  const rest = useRef<readonly Box[]>([]);
  const fresh = measuredBoxes(nodes.filter((node) => !node.dragging));
  const same =
    fresh.length === rest.current.length &&
    fresh.every((box, index) => {
      const old = rest.current[index]!;
      return old.id === box.id && old.x === box.x && old.y === box.y && old.width === box.width && old.height === box.height;
    });
  if (!same) rest.current = fresh;
  return rest.current;
}

/**
 * The first graph is shown whole, or from its start where whole would be too small to read. Who begins on an empty canvas
 * finds each step where it was dropped: there the view never moves by itself.
 */
function useOpeningView(view: View, any: boolean, shown: boolean): void {
  const measured = useNodesInitialized();
  const opened = useRef(false);
  useEffect(() => {
    if (shown && !any) opened.current = true;
    if (!measured || !any || opened.current) return;
    opened.current = true;
    view.open();
  }, [measured, any, shown, view]);
}

/** A panel that opens or closes beside the canvas must not push what is looked at out of sight. */
function useSteadyView(view: View, root: RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    const element = root.current;
    if (!element) return;
    let { width, height } = element.getBoundingClientRect();
    const observer = new ResizeObserver(() => {
      const now = element.getBoundingClientRect();
      const [byWidth, byHeight] = [now.width - width, now.height - height];
      const known = width > 0 && now.width > 0;
      ({ width, height } = now);
      if (known && (byWidth !== 0 || byHeight !== 0)) view.resized(byWidth, byHeight);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [view, root]);
}
