// An office of its own for every test file: a copy of the demonstration, served on a free port, and a browser.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import axe from "axe-core";

const { YIFA, YIFA_DATA, YIFA_CHROMIUM, YIFA_SCREENSHOTS } = process.env;

export const PLACE = "990001";
export const PASSWORD = "yifa-demo-2026";
export const WIDTHS = { phone: { width: 390, height: 844 }, desk: { width: 1366, height: 900 } };

async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

async function answers(base, server) {
  for (let tried = 0; tried < 200; tried += 1) {
    if (server.exitCode !== null) throw new Error(`yifa serve ended with ${server.exitCode}`);
    const well = await fetch(`${base}/healthz`).then((it) => it.ok, () => false);
    if (well) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error("yifa serve does not answer");
}

/** Serves a copy of the demonstration. */
export async function openOffice() {
  const folder = mkdtempSync(join(tmpdir(), "yifa-browser-"));
  cpSync(YIFA_DATA, folder, { recursive: true });
  const port = await freePort();
  const base = `http://localhost:${port}`;
  const server = spawn(YIFA, ["serve", "--data", folder, "--address", `127.0.0.1:${port}`], { stdio: "ignore" });
  await answers(base, server);
  return {
    base,
    folder,
    async close() {
      const ended = new Promise((done) => server.once("exit", done));
      server.kill("SIGINT");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A browser that says how long pages took. */
export async function openBrowser() {
  const browser = await chromium.launch({
    executablePath: YIFA_CHROMIUM,
    // The language decides in which order a date is typed.
    args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-quic", "--lang=en-US"],
  });
  const took = [];
  return {
    took,
    async person(options = {}) {
      const context = await browser.newContext({ viewport: WIDTHS.desk, locale: "zh-CN", ...options });
      context.setDefaultTimeout(15_000);
      const page = await context.newPage();
      page.on("response", (response) => {
        if (response.request().resourceType() !== "document") return;
        const { responseStart, requestStart } = response.request().timing();
        if (responseStart >= 0) took.push({ address: new URL(response.url()).pathname, ms: responseStart - requestStart });
      });
      return page;
    },
    async close() {
      await browser.close();
      tell(took);
    },
  };
}

function tell(took) {
  const kinds = new Map();
  for (const { address, ms } of took) {
    const kind = address.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, "ID").replace(/[0-9a-f]{64}/, "HASH");
    kinds.set(kind, [...(kinds.get(kind) ?? []), ms]);
  }
  for (const [kind, times] of [...kinds].sort()) {
    const most = Math.max(...times).toFixed(0);
    const mean = (times.reduce((a, b) => a + b, 0) / times.length).toFixed(1);
    console.log(`${kind}: ${times.length} times, mean ${mean} ms, most ${most} ms`);
  }
}

/** Keeps a picture for people to look at. */
export async function picture(page, name) {
  if (!YIFA_SCREENSHOTS) return;
  mkdirSync(YIFA_SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: join(YIFA_SCREENSHOTS, `${name}.png`), fullPage: true });
}

/** What axe finds wrong with a page, one line each. */
export async function barriers(page) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  return violations.flatMap((it) => it.nodes.map((node) => `${it.id}: ${node.target.join(" ")} ${node.failureSummary}`));
}

/** Signs an official in. */
export async function signIn(page, base, name) {
  await page.goto(`${base}/login`);
  await page.fill("#name", name);
  await page.fill("#password", PASSWORD);
  await page.click("main button.main");
  await page.waitForURL(/\/work/);
}

/** Sets the simulated clock forward; the law does what it then has done. */
export async function clock(page, base, to) {
  await page.goto(`${base}/demo/clock`);
  await page.fill("#to", to);
  await page.click("main button.main");
  await page.waitForURL(/\/work$/);
}

/** The words of the page's main part, white space joined. */
export async function words(page) {
  return (await page.locator("main").innerText()).replace(/\s+/g, " ");
}

/** A made-up identity number with a right check digit: division, birth, order. */
export function identity(stem) {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = [...stem].reduce((total, digit, at) => total + Number(digit) * weights[at], 0);
  return stem + "10X98765432"[sum % 11];
}

/** An application as a person fills it in. */
export const APPLICATION = {
  "p.applicant.0.name": "沈若兰",
  "p.applicant.0.number": identity("11010519900307002"),
  "p.applicant.0.phone": "13900000001",
  "p.applicant.0.address": "示范区和平里1号",
  "p.respondent.0.name": "示范区城市管理局",
  "f.contested-act": "2026年2月10日作出的罚款三千元的行政处罚决定",
  "f.known-on": "2026-02-11",
  "f.relief-sought": "请求撤销该行政处罚决定",
  "f.facts-and-reasons": "沈若兰并未占用道路，现场照片可以证明。",
};

/** Fills in inputs by name; the kind of act is chosen, the rest is typed. */
export async function fill(page, values) {
  for (const [name, value] of Object.entries(values)) {
    await page.locator(`[name="${name}"]:not([type=radio])`).fill(value);
  }
}

/** Chooses the nth option of a field with options, however it is drawn. */
export async function choose(page, name, value) {
  const select = page.locator(`select[name="${name}"]`);
  if (await select.count()) return select.selectOption(value);
  return page.locator(`input[name="${name}"][value="${value}"]`).check();
}

/** A matter at the workbench: acts are done in it by name, as a person would. */
export function matterAt(base, matter) {
  const at = `${base}/work/m/${PLACE}/${matter}`;
  async function act(page, key, values = {}, choices = {}, query = "") {
    await page.goto(`${at}/act/${key}${query}`);
    await fill(page, values);
    for (const [name, value] of Object.entries(choices)) await choose(page, name, value);
    await page.locator("main form.sheet button.main").click();
  }
  /** An act that the law lets be done: it ends on the matter's page. */
  async function done(page, key, values, choices, query) {
    await act(page, key, values, choices, query);
    assert.equal(page.url().split("?")[0].split("#")[0], at, `${key}: ${await words(page)}`);
  }
  /** Somebody drafts an act, the head agrees, somebody does it with what was agreed. */
  async function approved(writer, head, signer, key, values, choices) {
    await done(writer, "draft-act", values, choices, `?of=${key}`);
    await done(head, "endorse-draft");
    await done(signer, key);
  }
  return { at, act, done, approved };
}

/** The numbers of the figures page by indicator. */
export async function figuresOf(page, base, year) {
  await page.goto(`${base}/work/figures?year=${year}`);
  const found = {};
  for (const row of await page.locator("main table tbody tr").all()) {
    const link = await row.locator("a").first().getAttribute("href").catch(() => null);
    const key = link?.match(/figures\/([a-z0-9-]+)\//)?.[1] ?? (await row.locator("th").innerText());
    found[key] = (await row.locator("td").first().innerText()).trim();
  }
  return found;
}

/** How figures changed, by indicator, those that did not left out. */
export function moved(before, after) {
  const changes = {};
  for (const [key, value] of Object.entries(after)) {
    if (value !== before[key]) changes[key] = parseFloat(value) - (parseFloat(before[key]) || 0);
  }
  return changes;
}

/** A citizen files; gives the matter's id, number and access code. */
export async function file(page, base) {
  await page.goto(`${base}/p/${PLACE}/apply/ordinary-reconsideration/form`);
  await fill(page, APPLICATION);
  await choose(page, "f.contested-act-kind", "penalty-decision");
  await page.locator("main form.sheet button.main").click();
  await page.locator("main form button.main").click();
  const receipt = await words(page);
  return {
    matter: page.url().match(/receipt\/([0-9a-f-]{36})/)[1],
    number: receipt.match(/复收〔2026〕\d+号/)[0],
    code: (await page.locator("main .code").first().innerText()).trim(),
  };
}
