// A headless Chromium spoken to over a pipe: enough of the DevTools protocol to look at a page, press keys and drag.
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const flags = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--remote-debugging-pipe", "--hide-scrollbars=false", "about:blank",
];

export async function openBrowser(executable = process.env.CHROMIUM ?? "chromium") {
  const profile = await mkdtemp(join(tmpdir(), "canvas-harness-"));
  const child = spawn(executable, [`--user-data-dir=${profile}`, ...flags], { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
  const waiting = new Map();
  const errors = [];
  let last = 0;
  let received = "";
  child.stdio[4].on("data", (bytes) => {
    received += bytes;
    const messages = received.split("\0");
    received = messages.pop();
    for (const message of messages.map((text) => JSON.parse(text))) {
      if (message.method === "Runtime.exceptionThrown") errors.push(message.params.exceptionDetails.exception?.description ?? message.params.exceptionDetails.text);
      if (message.method === "Runtime.consoleAPICalled" && ["error", "warning"].includes(message.params.type))
        errors.push(message.params.args.map((argument) => argument.value ?? argument.description).join(" "));
      const call = waiting.get(message.id);
      if (!call) continue;
      waiting.delete(message.id);
      if (message.error) call.reject(new Error(message.error.message));
      else call.resolve(message.result);
    }
  });
  const send = (method, parameters = {}, sessionId = undefined) =>
    new Promise((resolve, reject) => {
      const id = ++last;
      waiting.set(id, { resolve, reject });
      child.stdio[3].write(`${JSON.stringify({ id, method, params: parameters, sessionId })}\0`);
    });
  const { targetId } = await send("Target.createTarget", { url: "about:blank" });
  const { sessionId } = await send("Target.attachToTarget", { targetId, flatten: true });
  const page = (method, parameters) => send(method, parameters, sessionId);
  await page("Page.enable");
  await page("Runtime.enable");

  const evaluate = async (expression) => {
    const { result, exceptionDetails } = await page("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
  const mouse = (type, x, y, buttons = 0) =>
    page("Input.dispatchMouseEvent", { type, x, y, button: type === "mouseMoved" && !buttons ? "none" : "left", buttons, clickCount: 1 });
  return {
    errors,
    evaluate,
    async open(url, { width, height, dark = false, reducedMotion = false }) {
      await page("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: false });
      await page("Emulation.setEmulatedMedia", {
        features: [
          { name: "prefers-color-scheme", value: dark ? "dark" : "light" },
          { name: "prefers-reduced-motion", value: reducedMotion ? "reduce" : "no-preference" },
        ],
      });
      await page("Page.navigate", { url });
      await evaluate("new Promise(done => { const wait = () => window.ready ? done() : setTimeout(wait, 20); wait(); })");
    },
    async shoot(file) {
      const { data } = await page("Page.captureScreenshot", { format: "png" });
      await writeFile(file, Buffer.from(data, "base64"));
    },
    async key(key, modifiers = 0) {
      const codes = { Enter: 13, Escape: 27, Delete: 46, Tab: 9, ArrowLeft: 37, ArrowUp: 38, ArrowRight: 39, ArrowDown: 40, Alt: 18 };
      const event = { key, windowsVirtualKeyCode: codes[key] ?? key.toUpperCase().charCodeAt(0), modifiers };
      await page("Input.dispatchKeyEvent", { type: key.length === 1 && !modifiers ? "keyDown" : "rawKeyDown", ...event });
      await page("Input.dispatchKeyEvent", { type: "keyUp", ...event });
    },
    async hover(x, y) {
      await mouse("mouseMoved", x, y);
    },
    async click(x, y) {
      await mouse("mouseMoved", x, y);
      await mouse("mousePressed", x, y, 1);
      await mouse("mouseReleased", x, y);
    },
    async drag(from, to) {
      await mouse("mouseMoved", from.x, from.y);
      await mouse("mousePressed", from.x, from.y, 1);
      for (let part = 1; part <= 8; part++) await mouse("mouseMoved", from.x + ((to.x - from.x) * part) / 8, from.y + ((to.y - from.y) * part) / 8, 1);
      await mouse("mouseReleased", to.x, to.y);
    },
    async close() {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      await send("Browser.close").catch(() => child.kill());
      await ended;
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
