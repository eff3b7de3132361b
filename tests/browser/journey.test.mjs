// One application from filing to its figure, without scripts in any browser: what is asserted here is the law as
// the procedure's file has it, on days that anyone can count on a wall calendar.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  APPLICATION, PLACE, choose, clock, figuresOf, fill, matterAt, moved, openBrowser, openOffice, picture, signIn, words,
} from "./house.mjs";

const PROCEDURE = "ordinary-reconsideration";
const YEAR = 2026;

let office, control, browser, citizen, handler, second, head, mayor, number, code, matter;
const figures = {};

before(async () => {
  [office, control, browser] = [await openOffice(), await openOffice(), await openBrowser()];
  const plain = { javaScriptEnabled: false };
  [citizen, handler, second, head, mayor] = await Promise.all([1, 2, 3, 4, 5].map(() => browser.person(plain)));
  await signIn(handler, office.base, "handler");
  await signIn(second, office.base, "handler2");
  await signIn(head, office.base, "head");
  await signIn(mayor, office.base, "mayor");
});

after(async () => {
  await browser.close();
  await office.close();
  await control.close();
});

const at = () => matterAt(office.base, matter).at;
const act = (...args) => matterAt(office.base, matter).act(...args);
const done = (...args) => matterAt(office.base, matter).done(...args);
const approved = (...args) => matterAt(office.base, matter).approved(...args);
const read = (page, base) => figuresOf(page, base, YEAR);

test("the figures before", async () => {
  figures.before = await read(handler, office.base);
  assert.ok(Object.keys(figures.before).length >= 10, JSON.stringify(figures.before));
  await picture(handler, "figures-before");
});

test("a citizen files", async () => {
  await citizen.goto(`${office.base}/p/${PLACE}/apply/${PROCEDURE}`);
  await picture(citizen, "apply-guide");
  await citizen.locator("main a.button.main").first().click();
  await fill(citizen, APPLICATION);
  await choose(citizen, "f.contested-act-kind", "penalty-decision");
  await picture(citizen, "apply-form");
  await citizen.locator("main form.sheet button.main").click();
  assert.match(citizen.url(), /\/check$/, await words(citizen));
  await picture(citizen, "apply-check");
  await citizen.locator("main form button.main").click();
  const receipt = await words(citizen);
  await picture(citizen, "receipt");
  matter = citizen.url().match(/receipt\/([0-9a-f-]{36})/)[1];
  number = receipt.match(/复收〔2026〕\d+号/)[0];
  code = (await citizen.locator("main .code").first().innerText()).trim();
  assert.match(receipt, /2026年3月9日/, "the last day of the examination");
});

test("nobody acts in five working days: accepted by law, with the article", async () => {
  await clock(handler, office.base, "2026-03-10T09:00");
  await handler.goto(at());
  const page = await words(handler);
  await picture(handler, "accepted-by-law");
  assert.match(page, /视为受理/);
  assert.match(page, /第三十条第三款/);
  await citizen.goto(`${office.base}/track?p=${PLACE}`);
  await citizen.fill("#number", number);
  await citizen.fill("#code", code);
  await citizen.locator("main form button.main").click();
  assert.match(citizen.url(), new RegExp(`/my/${matter}`));
  assert.match(await words(citizen), /视为受理.*第三十条第三款/);
  await picture(citizen, "citizen-accepted-by-law");
});

test("the copy goes out, is received, answered, and the parties are heard", async () => {
  await done(handler, "send-copy");
  await done(handler, "confirm-copy-receipt");
  await done(handler, "submit-answer", { "f.answer-summary": "处罚有现场照片为证，程序合法。" });
  await done(handler, "hear-opinions", { "f.opinions-record": "申请人称当日未出摊。" }, { "f.opinions-mode": "heard-in-person" });
});

test("suspended and resumed: ten days do not count", async () => {
  await clock(handler, office.base, "2026-03-16T09:00");
  const why = { "f.suspension-reason": "等待有权机关对规章的解释。" };
  await done(handler, "suspend-review", why, { "f.suspension-ground": "law-to-be-interpreted" });
  await picture(handler, "suspended");
  await clock(handler, office.base, "2026-03-26T09:00");
  await done(handler, "resume-review");
  assert.match(await words(handler), /2026年5月18日/, "8 May and ten days");
});

test("extended once", async () => {
  const why = { "f.extension-days": "30", "f.extension-reason": "案情复杂，需要补充鉴定。" };
  await approved(handler, head, handler, "extend-review", why);
  assert.match(await words(handler), /2026年6月17日/, "18 May and thirty days");
});

test("a second extension is refused with the article", async () => {
  const why = { "f.extension-days": "10", "f.extension-reason": "仍需时间。" };
  await act(handler, "draft-act", why, {}, "?of=extend-review");
  const refusal = await words(handler);
  await picture(handler, "second-extension-refused");
  assert.match(refusal, /依法只能延长1次/);
  assert.match(refusal, /第六十二条第一款/);
});

test("decided late: recorded and marked, not refused", async () => {
  await clock(mayor, office.base, "2026-06-25T10:00");
  const reasons = "经审查，沈若兰所称当日未出摊属实，处罚认定事实不清。";
  await act(mayor, "decide-revoke", { "f.decision-reasons": reasons }, { "f.redo-ordered": "no", "f.revocation-ground": "main-facts-unclear" });
  assert.match(await words(mayor), /拟办.*第六十一条第一款/, "the office proposes, the head agrees");
  const choices = { "f.redo-ordered": "no", "f.revocation-ground": "main-facts-unclear" };
  await approved(handler, head, mayor, "decide-revoke", { "f.decision-reasons": reasons }, choices);
  const page = await words(mayor);
  await picture(mayor, "decided-late");
  assert.match(page, /逾期\s*8\s*日/, page);
});

test("served", async () => {
  await done(handler, "serve-decision", {}, { "f.service-mode": "served-in-person" });
  assert.match(await words(handler), /办结/);
});

test("published masked, and a text with a name in it is not taken", async () => {
  await handler.goto(`${at()}/act/anonymise-decision`);
  await picture(handler, "publish-form");
  const suggested = await handler.locator('[name="f.published-text"]').inputValue();
  assert.ok(suggested.length > 0 && !suggested.includes("沈若兰"), suggested);
  await act(handler, "anonymise-decision", { "f.published-text": "申请人沈若兰的请求成立。" });
  assert.match(await words(handler), /个人信息/);
  await done(handler, "anonymise-decision", { "f.published-text": suggested });
  await act(handler, "publish-decision");
  assert.match(await words(handler), /隐名处理以外的人/, "a second person publishes");
  await second.goto(`${at()}/act/publish-decision`);
  await picture(second, "publish-beside-original");
  const beside = await words(second);
  assert.ok(beside.includes("沈若兰") && beside.includes(suggested.slice(0, 6)), "the original stands beside");
  await done(second, "publish-decision");
  await citizen.goto(`${office.base}/p/${PLACE}/published`);
  await citizen.locator(`main a[href*="${matter}"]`).first().click();
  const shown = await citizen.content();
  await picture(citizen, "published");
  assert.ok(!shown.includes("沈若兰") && shown.includes("处罚认定事实不清"), await words(citizen));
});

test("taken down with a reason: the page is gone", async () => {
  const address = citizen.url();
  await done(head, "take-down-decision", { "f.take-down-reason": "发现文字有误，更正后重新公开。" });
  const gone = await citizen.goto(address);
  assert.equal(gone.status(), 404);
  assert.ok(!(await citizen.content()).includes("处罚认定事实不清"));
});

test("the figures move by exactly that", async () => {
  const clerk = await browser.person({ javaScriptEnabled: false });
  await signIn(clerk, control.base, "handler");
  for (const to of ["2026-03-10T09:00", "2026-03-16T09:00", "2026-03-26T09:00", "2026-06-25T10:00"]) {
    await clock(clerk, control.base, to);
  }
  const without = await read(clerk, control.base);
  figures.after = await read(handler, office.base);
  await picture(handler, "figures-after");
  const changes = Object.entries(moved(without, figures.after));
  // Rates move with their parts; what their parts are is told by the figures themselves.
  const counts = changes.filter(([key]) => !figures.after[key].includes("%"));
  assert.deepEqual(Object.fromEntries(counts), {
    "applications-received": 1,
    "applications-accepted": 1,
    "accepted-by-silence": 1,
    "cases-handled": 1,
    "corrected-overall": 1,
    "decided-revoked": 1,
    "reviews-concluded": 1,
    "acts-corrected": 1,
    "decided-late": 1,
    "reconsideration-and-suits": 1,
  });
  await handler.goto(`${office.base}/work/figures/decided-revoked/${YEAR}`);
  assert.ok((await words(handler)).includes(number), "the figure opens the case");
});
