// Bundles the canvas for the browser and copies the Inter font beside it.
// Everything under designer/wwwroot/canvas and designer/wwwroot/fonts comes from here and is not committed.
import { build } from "esbuild";
import { copyFile, mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const webRoot = join(here, "..", "wwwroot");
const bundleFolder = join(webRoot, "canvas");
const fontFolder = join(webRoot, "fonts");

await mkdir(bundleFolder, { recursive: true });
await mkdir(fontFolder, { recursive: true });
await copyFont();
await build({
  entryPoints: { canvas: join(here, "src", "canvas.tsx") },
  outdir: bundleFolder,
  bundle: true,
  format: "esm",
  target: ["es2022"],
  jsx: "automatic",
  minify: true,
  sourcemap: true,
  legalComments: "linked",
  define: { "process.env.NODE_ENV": '"production"' },
  logLevel: "warning",
});
for (const name of ["canvas.js", "canvas.css"]) await printSize(join(bundleFolder, name), name);

async function copyFont() {
  const source = join(here, "node_modules", "@fontsource-variable", "inter");
  // The ranges are fontsource's own, so that a browser fetches latin-ext only when a text needs it.
  const ranges = JSON.parse(await readFile(join(source, "unicode.json"), "utf8"));
  const faces = [];
  for (const subset of ["latin-ext", "latin"]) {
    const file = `inter-${subset}-wght-normal.woff2`;
    await copyFile(join(source, "files", file), join(fontFolder, file));
    faces.push(`@font-face {
  font-family: "Inter";
  font-style: normal;
  font-weight: 100 900;
  font-display: swap;
  src: url("./${file}") format("woff2");
  unicode-range: ${ranges[subset]};
}
`);
  }
  await copyFile(join(source, "LICENSE"), join(fontFolder, "inter-license.txt"));
  await writeFile(join(fontFolder, "inter.css"), faces.join("\n"));
}

async function printSize(path, name) {
  const [{ size }, bytes] = await Promise.all([stat(path), readFile(path)]);
  console.log(`canvas: ${name} ${Math.round(size / 1024)} KB, ${Math.round(gzipSync(bytes).length / 1024)} KB gzipped`);
}
