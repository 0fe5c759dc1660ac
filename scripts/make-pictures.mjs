// Writes docs/pictures: screenshots of the HTML reports of the example models.
// usage: npm install --prefix target/html puppeteer-core
//        node scripts/make-pictures.mjs
// CHROMIUM names the browser (default /usr/bin/chromium), QDQLINT another program than ./qdqlint.
import { spawnSync } from "node:child_process";
import { mkdirSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { join } from "node:path";

const root = fileURLToPath(new URL("..", import.meta.url));
const puppeteer = createRequire(join(root, "target/html/package.json"))("puppeteer-core");
const pages = join(root, "target/html/pages"), pictures = join(root, "docs/pictures");
const MOST = 150_000;
mkdirSync(pages, { recursive: true });
mkdirSync(pictures, { recursive: true });

function page(name, ...args) {
  const file = join(pages, name + ".html");
  const done = spawnSync(process.env.QDQLINT || "./qdqlint", [...args, "-f", "html=" + file], { cwd: root, encoding: "utf8" });
  // 1 means that there are findings.
  if (done.status > 1 || done.status === null) throw new Error(args.join(" ") + ": " + done.stderr);
  return file;
}

const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox"] });

async function shoot(name, file, height, scheme, act) {
  const tab = await browser.newPage();
  await tab.setViewport({ width: 1100, height });
  await tab.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }, { name: "prefers-reduced-motion", value: "reduce" }]);
  await tab.goto(pathToFileURL(file).href);
  if (act) await tab.evaluate(act);
  await tab.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))));
  const path = join(pictures, name + ".png");
  await tab.screenshot({ path });
  await tab.close();
  const size = statSync(path).size;
  if (size > MOST) throw new Error(`${path} has ${size} bytes, more than ${MOST}`);
  console.log(path, size);
}

const check = page("check", "check", "examples/yolov7.monkey.onnx");
await shoot("check", check, 860, "light");
await shoot("finding", check, 760, "light", () => { location.hash = "m1-f1"; });
await shoot("graph", check, 720, "dark", () => document.querySelector("button[data-graph]").click());
await shoot("forecast", page("forecast", "forecast", "examples/yolov7.monkey.onnx"), 720, "light");
const engines = "src/test/resources/engines/yolov7.";
const compare = page("compare", "compare", engines + "monkey.int8.layer.json", engines + "tied.int8.layer.json");
await shoot("compare", compare, 760, "light");
await browser.close();
