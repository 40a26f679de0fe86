// Serves the harness and the built canvas on 127.0.0.1, with Radzen's icon font where NuGet has it.
import { existsSync, readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { homedir } from "node:os";
import { dirname, extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const webRoot = join(here, "..", "..", "wwwroot");
const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2", ".map": "application/json", ".svg": "image/svg+xml" };

function iconFont() {
  const packages = join(process.env.NUGET_PACKAGES ?? join(homedir(), ".nuget", "packages"), "radzen.blazor");
  if (!existsSync(packages)) return null;
  const fonts = readdirSync(packages).map((version) => join(packages, version, "staticwebassets", "fonts", "MaterialSymbolsOutlined.woff2"));
  return fonts.filter(existsSync).at(-1) ?? null;
}

function fileOf(path) {
  if (path === "/") return join(here, "index.html");
  if (path === "/icons.woff2") return iconFont();
  const folder = path.startsWith("/canvas/") || path.startsWith("/fonts/") ? webRoot : here;
  const file = normalize(join(folder, path));
  return file.startsWith(folder) ? file : null;
}

export function serve(port = 0) {
  const server = createServer(async (request, response) => {
    const file = fileOf(decodeURIComponent(new URL(request.url, "http://127.0.0.1").pathname));
    if (!file || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream", "cache-control": "no-store" });
    response.end(await readFile(file));
  });
  return new Promise((resolve) => server.listen(port, "127.0.0.1", () => resolve(server)));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const server = await serve(Number(process.argv[2] ?? 0));
  console.log(`http://127.0.0.1:${server.address().port}/?dark=0&language=en`);
}
