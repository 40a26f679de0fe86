import type { KeyboardEvent } from "react";
import { grid } from "./card";
import type { Direction } from "./walk";

const arrows: Record<string, Direction> = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "left", ArrowRight: "right" };

export interface KeyActions {
  walk(from: string | null, direction: Direction): void;
  first(): void;
  last(): void;
  nudge(dx: number, dy: number): void;
  nudged(): void;
  open(id: string): void;
  toggle(id: string): void;
  all(): void;
  remove(): void;
  /** False when there was nothing to leave, so that Esc goes on to the page. */
  leave(): boolean;
  zoomIn(): void;
  zoomOut(): void;
  fit(): void;
}

/** What a key means on the canvas. Buttons and fields inside it keep their own keys. */
export function onKey(event: KeyboardEvent, actions: KeyActions): void {
  const target = event.target as HTMLElement;
  if (target.closest("input, textarea, select, [contenteditable]")) return;
  const onButton = target.closest("button, a") !== null;
  if (onButton && (event.key === "Enter" || event.key === " ")) return;
  const focused = target.closest<HTMLElement>(".react-flow__node")?.dataset["id"] ?? null;
  const run = meaning(event, focused, actions);
  if (!run) return;
  if (run() !== false) event.preventDefault();
}

function meaning(event: KeyboardEvent, focused: string | null, actions: KeyActions): (() => void | boolean) | null {
  const direction = arrows[event.key];
  const control = event.ctrlKey || event.metaKey;
  if (direction && event.altKey) {
    const by = event.shiftKey ? grid * 5 : grid;
    const [dx, dy] = { up: [0, -by], down: [0, by], left: [-by, 0], right: [by, 0] }[direction] as [number, number];
    return () => actions.nudge(dx, dy);
  }
  if (control) return event.key.toLowerCase() === "a" ? () => actions.all() : null;
  if (event.altKey) return null;
  if (direction) return () => actions.walk(focused, direction);
  switch (event.key) {
    case "Home": return () => actions.first();
    case "End": return () => actions.last();
    case "Enter": return focused ? () => actions.open(focused) : null;
    case " ": return focused ? () => actions.toggle(focused) : null;
    case "Delete":
    case "Backspace": return () => actions.remove();
    case "Escape": return () => actions.leave();
    case "+":
    case "=": return () => actions.zoomIn();
    case "-": return () => actions.zoomOut();
    case "0": return () => actions.fit();
    default: return null;
  }
}
