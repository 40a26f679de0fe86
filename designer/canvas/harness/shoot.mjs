// Pictures of the canvas to look at: node harness/shoot.mjs [folder]. Fails when the page logs an error.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { openBrowser } from "./browser.mjs";
import { serve } from "./serve.mjs";

const folder = process.argv[2] ?? join(import.meta.dirname, "..", "..", "..", "TestResults", "canvas");
await mkdir(folder, { recursive: true });
const server = await serve();
const browser = await openBrowser();
const address = `http://127.0.0.1:${server.address().port}/`;
const wide = { width: 1440, height: 900 };
const phone = { width: 360, height: 740 };
const pictures = [
  ["light", "language=en&graph=story", wide],
  ["full", "language=en", { width: 1440, height: 1400 }],
  ["dark", "language=en&graph=story&dark=1&overlay=1&select=wait", wide],
  ["french", "language=fr&problems=1&overlay=1", wide],
  ["live", "language=fr&overlay=1&readOnly=1&graph=story", wide],
  ["phone", "language=fr&readOnly=1&overlay=1&graph=story", phone],
  ["tablet", "language=en&problems=1", { width: 768, height: 1024 }],
  ["empty", "language=en&graph=empty", wide],
  ["large", "language=en&graph=large&count=200", wide],
];
const only = process.argv.slice(3);
for (const [name, query, size] of pictures) {
  if (only.length > 0 && !only.includes(name)) continue;
  await browser.open(`${address}?${query}`, size);
  await browser.shoot(join(folder, `${name}.png`));
  if (["full", "french", "light"].includes(name)) {
    await browser.evaluate("handle.fit()");
    await browser.evaluate("new Promise(done => setTimeout(done, 350))");
    await browser.shoot(join(folder, `${name}-fit.png`));
  }
}
await browser.close();
server.close();
if (browser.errors.length > 0) {
  console.error(browser.errors.join("\n"));
  process.exitCode = 1;
}
console.log(folder);
