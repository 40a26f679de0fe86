import { createContext, useContext, useSyncExternalStore } from "react";
import type { State, Store } from "./store";
import type { Way } from "./ways";
import type { Words } from "./words";

export interface BoardContext {
  store: Store;
  words: Words;
  language: string;
  readOnly: boolean;
  /** Ways between cards at rest; those of a card that is being dragged are missing. */
  ways: ReadonlyMap<string, Way>;
  disconnect(edgeId: string): void;
}

export const Board = createContext<BoardContext | null>(null);

export function useBoard(): BoardContext {
  const board = useContext(Board);
  if (!board) throw new Error("a card is drawn outside of its board");
  return board;
}

export function useStoreState(store: Store): State {
  return useSyncExternalStore(store.subscribe, () => store.state);
}
