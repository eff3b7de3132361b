// Who may come in where: to a stranger a matter that exists and one that does not are the same.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { APPLICATION, PLACE, choose, fill, openBrowser, openOffice, signIn } from "./house.mjs";

const PROCEDURE = "ordinary-reconsideration";
const NOBODY = "01890000-0000-7000-8000-000000000000";

let office, browser, matter;

before(async () => {
  [office, browser] = [await openOffice(), await openBrowser()];
  const citizen = await browser.person();
  await citizen.goto(`${office.base}/p/${PLACE}/apply/${PROCEDURE}/form`);
  await fill(citizen, APPLICATION);
  await choose(citizen, "f.contested-act-kind", "penalty-decision");
  await citizen.locator("main form.sheet button.main").click();
  await citizen.locator("main form button.main").click();
  matter = citizen.url().match(/receipt\/([0-9a-f-]{36})/)[1];
});

after(async () => {
  await browser.close();
  await office.close();
});

const addresses = (id) => [
  `/p/${PLACE}/my/${id}`,
  `/p/${PLACE}/my/${id}/act/request-withdrawal`,
  `/p/${PLACE}/my/${id}/file/${"0".repeat(64)}`,
  `/p/${PLACE}/receipt/${id}`,
  `/p/${PLACE}/published/${id}/decision-letter-online`,
  `/work/m/${PLACE}/${id}`,
  `/work/m/${PLACE}/${id}/act/accept-application`,
  `/work/m/${PLACE}/${id}/correct/1`,
  `/work/m/${PLACE}/${id}/file/${"0".repeat(64)}`,
];

/** Status and words of each address, with the matter's name taken out. */
async function answers(page, id) {
  const found = [];
  for (const address of addresses(id)) {
    const response = await page.goto(office.base + address);
    const text = (await page.content()).replaceAll(id, "ID").replace(/name="csrf" value="[^"]*"/g, "");
    found.push([address.replace(id, "ID"), response.status(), text]);
  }
  return found;
}

test("a stranger gets the same page for a matter that exists and one that does not", async () => {
  const stranger = await browser.person({ javaScriptEnabled: false });
  const [real, none] = [await answers(stranger, matter), await answers(stranger, NOBODY)];
  assert.deepEqual(real, none);
  for (const [address, status] of real) assert.equal(status, 404, address);
});

test("an official of another place gets it too", async () => {
  const other = await browser.person({ javaScriptEnabled: false });
  await signIn(other, office.base, "jb-handler");
  const [real, none] = [await answers(other, matter), await answers(other, NOBODY)];
  assert.deepEqual(real, none);
  for (const [address, status] of real) assert.equal(status, 404, address);
});

test("the workbench asks who one is", async () => {
  const stranger = await browser.person({ javaScriptEnabled: false });
  for (const address of ["/work", "/work/figures", "/work/import", "/work/search?q=1", "/work/account", "/demo/clock"]) {
    await stranger.goto(office.base + address);
    assert.match(stranger.url(), /\/login/, address);
  }
});

test("a form from elsewhere is not taken", async () => {
  for (const address of ["/login", "/logout", "/track", "/demo/clock", `/p/${PLACE}/apply/${PROCEDURE}/form`]) {
    const response = await fetch(office.base + address, { method: "POST", body: new URLSearchParams({ csrf: "x" }), redirect: "manual" });
    assert.equal(response.status, 403, address);
  }
});

test("every answer carries the rules for browsers", async () => {
  const { headers } = await fetch(office.base);
  assert.match(headers.get("content-security-policy"), /default-src 'none'/);
  assert.equal(headers.get("x-content-type-options"), "nosniff");
  assert.equal(headers.get("referrer-policy"), "no-referrer");
});

test("a wrong password is answered, the ninth not even tried", async () => {
  const guesser = await browser.person({ javaScriptEnabled: false });
  for (let tried = 0; tried < 9; tried += 1) {
    await guesser.goto(`${office.base}/login`);
    await guesser.fill("#name", "mayor");
    await guesser.fill("#password", "not the password");
    await guesser.locator("main button.main").click();
  }
  assert.match(await guesser.locator("main").innerText(), /15\s*分钟/);
});
