import type { Palette } from "./picture";

/** The colours in force on the canvas, theme included, as plain values that stand on their own. */
export function paletteOf(element: HTMLElement): Palette {
  // A custom property may hold var() or color-mix(): only a real property gives the colour itself.
  const probe = element.appendChild(document.createElement("span"));
  const colour = (name: string): string => {
    probe.style.color = `var(--c-${name})`;
    return getComputedStyle(probe).color;
  };
  const palette: Palette = {
    ground: colour("ground"),
    card: colour("card"),
    border: colour("border"),
    text: colour("text"),
    muted: colour("muted"),
    way: colour("way"),
    accents: {
      trigger: colour("trigger"),
      collecting: colour("collecting"),
      informing: colour("informing"),
      decision: colour("decision"),
      connecting: colour("connecting"),
      flow: colour("flow"),
    },
  };
  probe.remove();
  return palette;
}
