// Opens page.html in Chromium and measures one list of cases: `node drive.mjs CHROMIUM GL < cases.json > found.json`.
// GL is `mesa` (ANGLE on the machine's OpenGL) or `swiftshader` (Chromium's own software Vulkan).
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { dirname, extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const here = dirname(fileURLToPath(import.meta.url));
const KINDS = { ".html": "text/html", ".js": "text/javascript" };
const ANGLE = { mesa: ["--use-gl=angle", "--use-angle=gl-egl"], swiftshader: ["--use-gl=angle", "--use-angle=swiftshader"] };

let input = "";
for await (const some of process.stdin) input += some;
const [executablePath, gl] = process.argv.slice(2);

const server = createServer(async (request, response) => {
  const path = join(here, normalize(new URL(request.url, "http://localhost").pathname));
  try {
    const body = await readFile(path);
    response.writeHead(200, { "content-type": KINDS[extname(path)] ?? "application/octet-stream" }).end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));

const browser = await chromium.launch({
  executablePath,
  headless: true,
  env: process.env,
  args: [
    ...ANGLE[gl],
    "--no-sandbox",
    "--ignore-gpu-blocklist",
    "--disable-gpu-watchdog",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
  ],
});
try {
  const page = await browser.newPage();
  page.on("pageerror", (error) => console.error(`page: ${error}`));
  page.setDefaultTimeout(300_000);
  await page.goto(`http://127.0.0.1:${server.address().port}/page.html`);
  await page.waitForFunction("window.ready");
  const found = [];
  for (const one of JSON.parse(input)) found.push(await page.evaluate((given) => window.measure(given), one));
  console.log(JSON.stringify({ chromium: browser.version(), found }));
} finally {
  await browser.close();
  server.close();
}
