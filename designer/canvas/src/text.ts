/** The width of a text in pixels at a font ("600 14px Inter"). */
export type Measure = (text: string, font: string) => number;

/** The browser's own measure, and elsewhere Inter's average letter: near enough to lay out by. */
export const measureText: Measure = typeof document === "undefined" ? averageLetter : inBrowser();

function averageLetter(text: string, font: string): number {
  const [, weight, size] = /^(\d+) ([\d.]+)px/.exec(font) ?? [];
  return text.length * Number(size ?? 14) * (Number(weight ?? 400) >= 600 ? 0.54 : 0.51);
}

function inBrowser(): Measure {
  const context = document.createElement("canvas").getContext("2d");
  if (!context) return averageLetter;
  return (text, font) => {
    context.font = font;
    return context.measureText(text).width;
  };
}

/** A text in at most `limit` lines no wider than `width`; what does not fit ends in an ellipsis. */
export function wrap(text: string, width: number, limit: number, font: string, measure: Measure = measureText): string[] {
  const lines: string[] = [];
  let line = "";
  const words = text.split(/[ \t\n]+/).filter(Boolean);
  for (const [index, word] of words.entries()) {
    const longer = line ? `${line} ${word}` : word;
    if (!line || measure(longer, font) <= width) {
      line = longer;
      continue;
    }
    if (lines.length === limit - 1) return [...lines, shorten([line, ...words.slice(index)].join(" "), width, font, measure)];
    lines.push(line);
    line = word;
  }
  return line ? [...lines, shorten(line, width, font, measure)] : lines;
}

function shorten(text: string, width: number, font: string, measure: Measure): string {
  if (measure(text, font) <= width) return text;
  let end = text.length;
  while (end > 1 && measure(`${text.slice(0, end).trimEnd()}…`, font) > width) end--;
  return `${text.slice(0, end).trimEnd()}…`;
}
