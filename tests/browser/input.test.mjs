// What people get wrong: a clear word at the right place, and nothing they typed is lost.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { APPLICATION, PLACE, choose, fill, openBrowser, openOffice, picture, signIn, words } from "./house.mjs";

const PROCEDURE = "ordinary-reconsideration";

let office, browser;

before(async () => {
  [office, browser] = [await openOffice(), await openBrowser()];
});

after(async () => {
  await browser.close();
  await office.close();
});

/** A file of so many megabytes, as a path: a browser reads it faster than it is told it. */
function large(name, megabytes) {
  const path = join(office.folder, name);
  writeFileSync(path, Buffer.alloc(megabytes << 20, 1));
  return path;
}

/** A citizen before the filled form, without scripts. */
async function filled(changes, lang = "zh") {
  const page = await browser.person({ javaScriptEnabled: false });
  await page.goto(`${office.base}/p/${PLACE}/apply/${PROCEDURE}/form?lang=${lang}`);
  await choose(page, "f.contested-act-kind", "penalty-decision");
  const { "f.known-on": day, ...rest } = { ...APPLICATION, ...changes };
  await fill(page, rest);
  // A browser takes no impossible date; a program does.
  const input = page.locator('[name="f.known-on"]');
  await input.evaluate((it) => it.setAttribute("type", "text"));
  await input.fill(day);
  return page;
}

/** Sends it; tells what the page says, and that everything typed is still there. */
async function refused(page, changes) {
  await page.locator("main form.sheet button.main").click();
  const says = await words(page);
  const { "f.known-on": day, ...rest } = { ...APPLICATION, ...changes };
  for (const [name, value] of Object.entries(rest)) {
    assert.equal(await page.locator(`[name="${name}"]:not([type=radio])`).inputValue(), value, name);
  }
  assert.equal(await page.locator('[name="f.known-on"]').getAttribute("value"), day);
  const link = await page.locator("main .faults a").first().getAttribute("href");
  assert.ok(await page.locator(`[id="${link.slice(1)}"]`).count(), `${link} leads nowhere`);
  return says;
}

const WRONG = [
  ["an identity number with a wrong check digit", { "p.applicant.0.number": "110105199003070021" }, /校验位/, /check digit/i],
  ["an identity number of a day that never was", { "p.applicant.0.number": "11010519900231002X" }, /出生日期不存在/, /birth/i],
  ["an impossible date", { "f.known-on": "2026-02-30" }, /日期/, /date|day/i],
  ["a day in the future", { "f.known-on": "2026-12-01" }, /晚于今天/, /later than today|future/i],
  ["nothing where something must stand", { "f.relief-sought": "" }, /没有填写/, /missing|not given|fill|answer/i],
];

for (const [name, changes, zh, en] of WRONG) {
  test(name, async () => {
    const page = await filled(changes);
    assert.match(await refused(page, changes), zh);
    await picture(page, `wrong-${Object.keys(changes)[0].replaceAll(".", "-")}`);
    const english = await filled(changes, "en");
    assert.match(await refused(english, changes), en);
  });
}

test("a file over the bound is left behind, the words are not", async () => {
  const page = await filled({});
  await page.locator('input[type="file"]').first().setInputFiles(large("证据.pdf", 21));
  assert.match(await refused(page, {}), /20\s*(MB|兆)/);
  await picture(page, "wrong-large-file");
});

test("files beyond all bounds are answered with a page, the words are kept", async () => {
  const page = await filled({});
  await page.locator('input[type="file"]').first().setInputFiles([large("a.pdf", 19), large("b.pdf", 19)]);
  assert.match(await refused(page, {}), /25\s*(MB|兆)|过大|太大/);
});

test("a draft outlives the page", async () => {
  const page = await filled({});
  await page.locator("main form.sheet button:has-text('保存')").first().click();
  await page.goto(`${office.base}/p/${PLACE}`);
  await page.goto(`${office.base}/p/${PLACE}/apply/${PROCEDURE}/form`);
  assert.equal(await page.locator('[name="p.applicant.0.name"]').inputValue(), APPLICATION["p.applicant.0.name"]);
});

test("spreadsheets that are none are refused in words, and nothing is brought in", async () => {
  const page = await browser.person({ javaScriptEnabled: false });
  await signIn(page, office.base, "jb-handler");
  const files = [
    ["报表.xlsx", Buffer.from("%PDF-1.7 this is no spreadsheet")],
    ["报表.csv", Buffer.from([0x81, 0x20, 0xff, 0xfe, 0x00, 0x41])],
    ["报表.csv", Buffer.from("不认识的列,另一列\n1,2\n")],
  ];
  for (const [name, buffer] of files) {
    await page.goto(`${office.base}/work/import`);
    await page.locator('input[type="file"]').setInputFiles({ name, mimeType: "application/octet-stream", buffer });
    await page.locator("main form button.main").first().click();
    const says = await words(page);
    assert.match(says, /错误 [1-9]/, name);
    assert.match(says, /什么都没有写入/, name);
    assert.equal(await page.locator("main form[action*=apply]").count(), 0, `${name} could be brought in`);
  }
  await picture(page, "import-refused");
});
