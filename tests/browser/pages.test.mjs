// Every page as people meet it: at the width of a phone and of a desk, in Chinese and in English, for people who
// see and for people who listen.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  APPLICATION, PLACE, WIDTHS, barriers, choose, fill, openBrowser, openOffice, picture, signIn, words,
} from "./house.mjs";

const PROCEDURE = "ordinary-reconsideration";

let office, browser, matter, receipt, mine;
const people = {};

/** Pages of the portal and of the workbench; those of the matter that was filed come with their doors. */
const portal = () => ({
  home: "/",
  place: `/p/${PLACE}`,
  guide: `/p/${PLACE}/apply/${PROCEDURE}`,
  form: `/p/${PLACE}/apply/${PROCEDURE}/form`,
  track: `/track?p=${PLACE}`,
  mine,
  receipt,
  published: `/p/${PLACE}/published`,
  report: `/p/500105/report/2023`,
  figure: `/p/500105/figures/applications-received/2023`,
  due: "/due?from=2026-02-10&length=20&unit=working-day",
  law: "/law",
  rendering: `/law/${PROCEDURE}`,
  login: "/login",
  nothing: "/no-such-page",
});

const workbench = () => ({
  inbox: "/work",
  overdue: "/work?kind=overdue",
  matter: `/work/m/${PLACE}/${matter}`,
  act: `/work/m/${PLACE}/${matter}/act/accept-application`,
  impossible: `/work/m/${PLACE}/${matter}/act/extend-review`,
  counter: "/work/new",
  intake: `/work/new/${PROCEDURE}`,
  search: "/work/search?q=2026",
  figures: "/work/figures?year=2026",
  cases: "/work/figures/applications-received/2026",
  import: "/work/import",
  account: "/work/account",
  clock: "/demo/clock",
});

before(async () => {
  [office, browser] = [await openOffice(), await openBrowser()];
  people.citizen = await browser.person();
  people.handler = await browser.person();
  await signIn(people.handler, office.base, "handler");
  const { citizen } = people;
  await citizen.goto(`${office.base}/p/${PLACE}/apply/${PROCEDURE}/form`);
  await fill(citizen, APPLICATION);
  await choose(citizen, "f.contested-act-kind", "penalty-decision");
  await citizen.locator("main form.sheet button.main").click();
  await citizen.locator("main form button.main").click();
  receipt = new URL(citizen.url()).pathname;
  matter = receipt.match(/receipt\/([0-9a-f-]{36})/)[1];
  mine = `/p/${PLACE}/my/${matter}`;
});

after(async () => {
  await browser.close();
  await office.close();
});

async function look(page, name, address, size) {
  await page.setViewportSize(WIDTHS[size]);
  await page.goto(office.base + address);
  await picture(page, `${name}-${size}`);
  const found = (await barriers(page)).map((it) => `${name} ${size}: ${it}`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wide > 0) found.push(`${name} ${size}: ${wide} px wider than the screen`);
  if ((await page.locator("h1").count()) !== 1) found.push(`${name} ${size}: not one first heading`);
  return found;
}

for (const size of Object.keys(WIDTHS)) {
  test(`no barriers in the portal on a ${size}`, async () => {
    const found = [];
    for (const [name, address] of Object.entries(portal())) found.push(...(await look(people.citizen, name, address, size)));
    assert.deepEqual(found, []);
  });
  test(`no barriers at the workbench on a ${size}`, async () => {
    const found = [];
    for (const [name, address] of Object.entries(workbench())) found.push(...(await look(people.handler, name, address, size)));
    assert.deepEqual(found, []);
  });
}

test("dark mode has no barriers either", async () => {
  const found = [];
  for (const [page, pages] of [[people.citizen, portal()], [people.handler, workbench()]]) {
    await page.emulateMedia({ colorScheme: "dark" });
    for (const [name, address] of Object.entries(pages)) found.push(...(await look(page, `dark-${name}`, address, "desk")));
    await page.emulateMedia({ colorScheme: "light" });
  }
  assert.deepEqual(found, []);
});

test("every page is there in English", async () => {
  for (const [page, pages] of [[people.citizen, portal()], [people.handler, workbench()]]) {
    for (const [name, address] of Object.entries(pages)) {
      const mark = address.includes("?") ? "&" : "?";
      await page.goto(`${office.base}${address}${mark}lang=en`);
      assert.equal(await page.locator("html").getAttribute("lang"), "en", name);
      assert.match(await page.title(), /[A-Za-z]/, name);
      // What people typed and what the law is called stay Chinese; labels, headings and buttons do not.
      for (const label of await page.locator("main label:visible, main button:visible, main th[scope=col], nav a").allInnerTexts()) {
        assert.doesNotMatch(label.replace(/《[^》]*》[^ ]*/g, ""), /[\u4e00-\u9fff]/, `${name}: ${label}`);
      }
      await picture(page, `en-${name}`);
    }
    await page.goto(`${office.base}/?lang=zh`);
  }
});

test("a filing with the keyboard alone", async () => {
  const page = await browser.person();
  await page.goto(`${office.base}/p/${PLACE}/apply/${PROCEDURE}/form`);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main", "the first stop skips to the main part");
  const wanted = new Map(Object.entries(APPLICATION));
  let chosen = false;
  for (let step = 0; step < 200; step += 1) {
    await page.keyboard.press("Tab");
    const { name, type, tag, main } = await page.evaluate(() => {
      const it = document.activeElement;
      return { name: it.name, type: it.type, tag: it.tagName, main: it.classList.contains("main") };
    });
    if (name === "f.contested-act-kind" && !chosen) {
      chosen = true;
      await page.keyboard.press(tag === "SELECT" ? "ArrowDown" : "Space");
    } else if (type === "date" && wanted.has(name)) {
      const [year, month, day] = wanted.get(name).split("-");
      await page.keyboard.type(month + day + year);
      assert.equal(await page.locator(`[name="${name}"]`).inputValue(), wanted.get(name));
    } else if (wanted.has(name)) {
      await page.keyboard.type(wanted.get(name));
    } else if (main && type === "submit") {
      await page.keyboard.press("Enter");
      break;
    }
  }
  await page.waitForURL(/\/check$/);
  for (let step = 0; step < 60; step += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(() => document.activeElement.matches("main form button.main"))) break;
  }
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/receipt\//);
  assert.match(await words(page), /复收〔2026〕\d+号/);
});
