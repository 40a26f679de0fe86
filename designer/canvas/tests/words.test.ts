import assert from "node:assert/strict";
import test from "node:test";
import { copyText, looksLikeSteps } from "../src/clipboard";
import { canConnect } from "../src/flow";
import { svgOf } from "../src/picture";
import { wrap } from "../src/text";
import { throttleLatest } from "../src/throttle";
import { arrangeAll } from "../src/arrange";
import { counted, wordsOf, type Words } from "../src/words";
import { dunning } from "./graphs";

test("every word exists in both languages, with the same blanks to fill", () => {
  const [english, french] = [wordsOf("en"), wordsOf("fr-FR")];
  const blanks = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
  assert.deepEqual(Object.keys(english).sort(), Object.keys(french).sort());
  for (const key of Object.keys(english) as (keyof Words)[]) {
    assert.ok(english[key].trim() && french[key].trim(), key);
    assert.deepEqual(blanks(english[key]), blanks(french[key]), key);
  }
});

test("counts take the plural of their language", () => {
  assert.deepEqual([counted("en", "cases", 0), counted("en", "cases", 1), counted("en", "cases", 1200)], ["0 cases", "1 case", "1,200 cases"]);
  assert.deepEqual([counted("fr", "cases", 0), counted("fr", "cases", 2)], ["0 dossier", "2 dossiers"]);
});

test("an overlay is shown at once and then at most once an interval, the latest winning", () => {
  let now = 1000;
  const timers: (() => void)[] = [];
  const shown: number[] = [];
  const show = throttleLatest<number>(250, (value) => shown.push(value), () => now, (run) => timers.push(run));
  for (const value of [1, 2, 3, 4]) show(value);
  assert.deepEqual(shown, [1]);
  now += 250;
  timers.pop()!();
  assert.deepEqual(shown, [1, 4]);
  show(5);
  assert.deepEqual(shown, [1, 4]);
});

test("copying takes the chosen steps and the ways between them only", () => {
  const copied = JSON.parse(copyText(dunning(), ["wait", "erp"])) as { nodes: { id: string }[]; edges: { target: string }[] };
  assert.deepEqual(copied.nodes.map(({ id }) => id), ["wait", "erp"]);
  assert.deepEqual(copied.edges.map(({ target }) => target), ["erp"]);
});

test("only a text that may be steps is pasted", () => {
  assert.ok(looksLikeSteps(copyText(dunning(), ["wait"])));
  for (const text of ["", "hello", "{", "[1]", "{\"iban\":1}", "null"]) assert.ok(!looksLikeSteps(text), text);
});

test("nothing leads to a trigger or twice the same way; a wait may lead to itself", () => {
  const document = dunning();
  assert.ok(canConnect(document, "wait", "Paid", "task"));
  assert.ok(!canConnect(document, "wait", "Paid", "imported"));
  assert.ok(canConnect(document, "wait", "Paid", "wait"));
  assert.ok(!canConnect(document, "wait", "Paid", "erp"));
});

test("a text keeps to its lines and ends in an ellipsis where it is cut", () => {
  const measure = (text: string) => text.length;
  assert.deepEqual(wrap("one two three four", 9, 2, "", measure), ["one two", "three fo…"]);
  assert.deepEqual(wrap("short", 9, 2, "", measure), ["short"]);
  assert.deepEqual(wrap("", 9, 2, "", measure), []);
});

test("the exported picture holds every step and escapes what is written on it", () => {
  const document = dunning();
  document.nodes[0]!.title = "<Call> & \"ask\"";
  const colours = { ground: "#fff", card: "#fff", border: "#ccc", text: "#000", muted: "#555", way: "#999" };
  const accents = { trigger: "#1", collecting: "#2", informing: "#3", decision: "#4", connecting: "#5", flow: "#6" };
  const svg = svgOf(document, arrangeAll(document), { ...colours, accents });
  assert.equal(svg.match(/<rect [^>]*rx="12"/g)!.length, document.nodes.length);
  assert.ok(svg.includes("&#60;Call&#62; &#38;") && !svg.includes("<Call>"));
  assert.ok(!svg.includes("NaN") && !svg.includes("undefined"));
});
