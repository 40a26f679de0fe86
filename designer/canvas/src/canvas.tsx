import { ReactFlowProvider } from "@xyflow/react";
import { createRoot } from "react-dom/client";
import { Board, type BoardHandle } from "./Board";
import { Calls } from "./calls";
import "./canvas.css";
import { stylesLoaded } from "./styles";
import { portFont, sentenceFont, titleFont } from "./card";
import type { CanvasDocument, DotNetReference, Operation, Options, Overlay, Problem } from "./model";
import { svgOf } from "./picture";
import { Store } from "./store";
import { paletteOf } from "./theme";
import { throttleLatest } from "./throttle";

export type { CanvasDocument, CanvasEdge, CanvasNode, Command, DotNetReference, Operation, Options, Overlay, Problem } from "./model";

/** A live feed redraws the map at most four times a second. */
const overlayIntervalMilliseconds = 250;
const fontPatienceMilliseconds = 600;

export interface CanvasHandle {
  setDocument(document: CanvasDocument): void;
  /** Throws when the patch does not fit what is shown; the caller then sends the whole document. */
  applyPatch(revision: number, operations: Operation[]): void;
  setOverlay(overlay: Overlay | null): void;
  setProblems(problems: Problem[]): void;
  setSelection(ids: string[]): void;
  /** Brings a step to the middle of the canvas. */
  reveal(id: string): void;
  /** Tidies the whole graph up; where it can be edited, as one Move. */
  layout(): void;
  fit(): void;
  exportSvg(): string;
  setOptions(options: Partial<Options>): void;
  dispose(): void;
}

/** Puts a canvas into an element; what the user does is said to `reference`. */
export function create(element: HTMLElement, reference: DotNetReference, options: Options): CanvasHandle {
  const store = new Store(options);
  const calls = new Calls(reference);
  const root = createRoot(element);
  let board: BoardHandle | null = null;
  const waiting: ((handle: BoardHandle) => void)[] = [];
  const onReady = (handle: BoardHandle) => {
    board = handle;
    for (const run of waiting.splice(0)) run(handle);
  };
  // What is asked before the first drawing happens right after it.
  const whenDrawn = (run: (handle: BoardHandle) => void) => {
    if (board) requestAnimationFrame(() => board && run(board));
    else waiting.push(run);
  };
  const setOverlay = throttleLatest(overlayIntervalMilliseconds, (overlay: Overlay | null) => store.setOverlay(overlay));
  let disposed = false;
  void Promise.all([stylesLoaded(), fontsLoaded()]).then(() => {
    if (disposed) return;
    store.arrangeAgain();
    root.render(
      <ReactFlowProvider>
        <Board store={store} calls={calls} onReady={onReady} />
      </ReactFlowProvider>,
    );
  });
  return {
    setDocument: (document) => store.setDocument(document),
    applyPatch: (revision, operations) => store.applyPatch(revision, operations),
    setOverlay,
    setProblems: (problems) => store.setProblems(problems),
    setSelection: (ids) => store.select(ids),
    reveal: (id) => whenDrawn((handle) => handle.view.reveal(id)),
    layout: () => whenDrawn((handle) => handle.arrange()),
    fit: () => whenDrawn((handle) => handle.view.fit()),
    exportSvg: () => svgOf(store.state.document, store.state.places, paletteOf(element.querySelector<HTMLElement>(".cpc") ?? element)),
    setOptions: (changed) => store.setOptions(changed),
    dispose() {
      disposed = true;
      calls.stop();
      board = null;
      root.unmount();
    },
  };
}

/** Cards are as high as their texts need, so the font comes first; a page without it does not wait for long. */
function fontsLoaded(): Promise<unknown> {
  const patience = new Promise((resolve) => setTimeout(resolve, fontPatienceMilliseconds));
  return Promise.race([patience, Promise.all([titleFont, sentenceFont, portFont].map((font) => document.fonts.load(font)))]);
}
