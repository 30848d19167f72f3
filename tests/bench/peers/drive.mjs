// Opens page.html in Chromium and measures one list of cases: `node drive.mjs CHROMIUM GL < cases.json > found.json`.
// GL is `mesa` (ANGLE on the machine's OpenGL) or `swiftshader` (Chromium's own software Vulkan).
import { createServer } from "node:http";
import { readFile, readdir } from "node:fs/promises";
import { dirname, extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const here = dirname(fileURLToPath(import.meta.url));
const KINDS = { ".html": "text/html", ".js": "text/javascript" };
const ANGLE = { mesa: ["--use-gl=angle", "--use-angle=gl-egl"], swiftshader: ["--use-gl=angle", "--use-angle=swiftshader"] };

let input = "";
for await (const some of process.stdin) input += some;
const [executablePath, gl] = process.argv.slice(2);

// Seconds that this process's descendants have worked, Chromium's several processes together (proc(5): utime and stime, in 10 ms).
async function worked() {
  const parents = new Map();
  const seconds = new Map();
  for (const entry of await readdir("/proc")) {
    if (!/^[0-9]+$/.test(entry)) continue;
    const stat = await readFile(`/proc/${entry}/stat`, "utf8").catch(() => "");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    parents.set(Number(entry), Number(fields[1]));
    seconds.set(Number(entry), (Number(fields[11]) + Number(fields[12])) / 100);
  }
  let sum = 0;
  for (const one of parents.keys()) {
    let above = parents.get(one);
    while (above && above !== process.pid) above = parents.get(above);
    if (above === process.pid) sum += seconds.get(one) || 0;
  }
  return sum;
}

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
  for (const one of JSON.parse(input)) {
    const about = await page.evaluate((given) => window.prepare(given), one);
    await page.evaluate((given) => window.run(given), { blocks: 1, frames: one.frames, each: false });
    const before = await worked();
    const whole = await page.evaluate((given) => window.run(given), { blocks: one.blocks, frames: one.frames, each: false });
    const processor = ((await worked()) - before) / (one.blocks * one.frames);
    const waited = await page.evaluate((given) => window.run(given), { blocks: one.blocks, frames: one.frames, each: true });
    found.push({ ...about, ...whole, processor: processor * 1e3, waited: waited.clock });
  }
  console.log(JSON.stringify({ chromium: browser.version(), found }));
} finally {
  await browser.close();
  server.close();
}
