// Does in a real browser what a user does, and checks what C# is told: node harness/gestures.mjs
import assert from "node:assert/strict";
import { openBrowser } from "./browser.mjs";
import { serve } from "./serve.mjs";

const server = await serve();
const browser = await openBrowser();
const address = `http://127.0.0.1:${server.address().port}/`;
const size = { width: 1440, height: 1400, reducedMotion: true };
const settle = () => browser.evaluate("new Promise(done => setTimeout(done, 120))");
const told = async (method) => (await browser.evaluate("told")).filter(([name]) => name === method);
const card = (id) => `document.querySelector('.react-flow__node[data-id="${id}"]')`;
const middleOf = (element) => browser.evaluate(`(() => { const r = ${element}.getBoundingClientRect(); return { x: r.x + r.width / 2, y: r.y + r.height / 2 }; })()`);
const open = async (query) => { await browser.open(`${address}?${query}`, size); await browser.evaluate("told.length = 0"); };
const lastCommands = async () => (await told("OnCommands")).at(-1)?.[2];
const alt = 1;

await open("graph=story");
const from = await middleOf(card("erp"));
await browser.drag(from, { x: from.x - 96, y: from.y + 40 });
await settle();
assert.equal((await told("OnCommands")).length, 1, "one drag is one command");
assert.equal((await lastCommands())[0].kind, "Move");
assert.equal((await lastCommands())[0].placements[0].id, "erp");
assert.equal((await lastCommands())[0].placements.length, 7, "the first move keeps the places of all");

const port = await middleOf(`${card("wait")}.querySelector('.react-flow__handle[data-handleid="Partly paid"]')`);
await browser.drag(port, await middleOf(card("second")));
await settle();
assert.deepEqual((await lastCommands())[0], { kind: "Connect", source: "wait", sourcePort: "Partly paid", target: "second" });

await browser.evaluate(`${card("imported")}.focus()`);
await browser.key("ArrowDown");
await browser.key("ArrowDown");
await browser.key("ArrowDown");
await settle();
assert.deepEqual((await told("OnSelect")).at(-1)[1], ["wait"], "arrows walk along the first outcomes");
await browser.key("ArrowDown");
await browser.key("ArrowRight");
await settle();
assert.deepEqual((await told("OnSelect")).at(-1)[1], ["second"], "right leads to the next outcome's step");
await browser.key("Enter");
assert.deepEqual((await told("OnOpen")).at(-1)[1], "second");
await browser.key("ArrowLeft", alt);
await browser.key("ArrowLeft", alt);
await browser.key("Alt");
await settle();
assert.equal((await lastCommands())[0].kind, "Move");
assert.equal((await lastCommands())[0].placements.length, 1, "two nudges are one move of one step");
await browser.key("Delete");
await settle();
assert.deepEqual((await lastCommands())[0], { kind: "Delete", nodeIds: ["second"], edgeIds: [] });
assert.equal(await browser.evaluate(`${card("second")} === null`), true, "the patch took the step away");
await browser.key("Escape");

const drop = (target, x, y) => browser.evaluate(`(() => {
  const data = new DataTransfer();
  data.setData("application/x-centralpay-activity", "CentralPay.SendReminder");
  const at = { bubbles: true, cancelable: true, clientX: ${x}, clientY: ${y}, dataTransfer: data };
  const pane = document.querySelector(".react-flow__pane");
  pane.dispatchEvent(new DragEvent("dragover", at));
  pane.dispatchEvent(new DragEvent("drop", at));
})()`);
const way = await middleOf(`document.querySelector('.react-flow__edge[data-id="imported-Done-request"] path')`);
await drop("way", way.x, way.y);
await settle();
assert.equal((await lastCommands())[0].kind, "Add");
assert.equal((await lastCommands())[0].onEdge, "imported-Done-request", "dropped on a way");
await drop("pane", 60, 60);
await settle();
assert.equal((await lastCommands())[0].onEdge, undefined, "dropped beside");

const label = await middleOf(`document.querySelector('.cpc-label[data-edge="wait-Paid-erp"]')`);
await browser.click(label.x, label.y);
await settle();

await open("graph=story&readOnly=1");
const still = await middleOf(card("erp"));
await browser.drag(still, { x: still.x - 96, y: still.y });
await browser.evaluate(`${card("erp")}.focus()`);
await browser.key("Delete");
await settle();
assert.equal((await told("OnCommands")).length, 0, "what is read only stays");

await open("graph=story&problems=1");
const wrong = await middleOf(card("reminder"));
await browser.hover(wrong.x, wrong.y);
await settle();
assert.equal(await browser.evaluate(`getComputedStyle(${card("reminder")}.querySelector(".cpc-why")).display`), "block");
if (process.argv[2]) await browser.shoot(process.argv[2]);
const svg = await browser.evaluate("handle.exportSvg()");
assert.ok(svg.startsWith("<svg") && !svg.includes("var("));
if (process.argv[3]) await (await import("node:fs/promises")).writeFile(process.argv[3], svg);
await browser.evaluate("handle.dispose()");
assert.equal(await browser.evaluate("document.getElementById('canvas').childElementCount"), 0);

await browser.close();
server.close();
assert.deepEqual(browser.errors, [], "the page logged errors");
console.log("gestures: all as told");
