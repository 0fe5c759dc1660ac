// Opens HTML reports in headless Chromium, wide and narrow, light and dark: accessibility (axe-core), script errors, sideways scroll.
// usage: npm install --prefix target/html puppeteer-core axe-core
//        node scripts/check-html.mjs PAGE.html... [--shots DIR]
// CHROMIUM names the browser; the default is /usr/bin/chromium. Exit status 1 if it finds something. CI does not need it.
import { readFileSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const library = createRequire(new URL("../target/html/package.json", import.meta.url));
const puppeteer = library("puppeteer-core");
const axe = readFileSync(library.resolve("axe-core/axe.min.js"), "utf8");

const names = process.argv.slice(2);
const at = names.indexOf("--shots");
const shots = at < 0 ? "" : names.splice(at, 2)[1];
if (shots) mkdirSync(shots, { recursive: true });

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
let problems = 0;
const problem = text => { problems++; console.log("  " + text); };

async function check(page, what) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  for (const v of violations) {
    problem(`${what}, ${v.id}: ${v.help}; ${v.nodes.length} times, first ${v.nodes[0].html.slice(0, 160)}`);
  }
  const [whole, seen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  if (whole > seen) problem(`${what} scrolls sideways: ${whole} px in ${seen}`);
}

/** Whether anything is drawn on the canvas. */
const drawn = canvas => new Set(new Uint32Array(canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.buffer)).size > 2;

for (const name of names) {
  for (const width of [1400, 400]) {
    for (const scheme of ["light", "dark"]) {
      console.log(`${name}, ${width} px, ${scheme}`);
      const page = await browser.newPage();
      page.on("pageerror", e => problem("script: " + e.message));
      page.on("console", m => { if (m.type() === "error") problem("console: " + m.text()); });
      page.on("request", r => { if (!/^(file|data):/.test(r.url())) problem("loads " + r.url()); });
      await page.setViewport({ width, height: 900 });
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
      await page.goto(pathToFileURL(resolve(name)).href);
      const shot = async suffix => {
        if (shots) await page.screenshot({ path: join(shots, `${basename(name, ".html")}-${width}-${scheme}${suffix}.png`) });
      };
      await shot("");
      // What is folded away has to be accessible too.
      await page.$$eval("details", all => all.slice(0, 30).forEach(d => { d.open = true; }));
      await check(page, "page");
      const button = await page.$("button[data-graph]");
      if (button) {
        await button.click();
        await page.waitForSelector("#explorer[open]");
        await page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))));
        for (const canvas of await page.$$("#explorer canvas")) {
          if (!await canvas.evaluate(drawn)) problem("explorer: a canvas is empty");
        }
        await check(page, "explorer");
        await shot("-graph");
        await page.keyboard.press("Escape");
        if (await page.$("#explorer[open]")) problem("explorer: Escape does not close it");
      }
      await page.close();
    }
  }
}
await browser.close();
console.log(problems ? `${problems} problems` : "nothing found");
process.exitCode = problems ? 1 : 0;
