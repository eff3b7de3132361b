// The field whole: a citizen's case with a hearing, its papers and its file, then the suit in court with the
// head's appearance. Without scripts.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import {
  PLACE, choose, clock, figuresOf, file, fill, matterAt, moved, openBrowser, openOffice, picture, signIn, words,
} from "./house.mjs";

const YEAR = 2026;
const { YIFA_WORK } = process.env;

let office, browser, citizen, handler, second, head, mayor, litigator, stranger;
let filed, review, suit;

before(async () => {
  [office, browser] = [await openOffice(), await openBrowser()];
  const plain = { javaScriptEnabled: false };
  const names = [null, "handler", "handler2", "head", "mayor", "litigator", "jb-handler"];
  const people = await Promise.all(names.map(() => browser.person(plain)));
  [citizen, handler, second, head, mayor, litigator, stranger] = people;
  for (const [at, name] of names.entries()) if (name) await signIn(people[at], office.base, name);
  filed = await file(citizen, office.base);
  review = matterAt(office.base, filed.matter);
});

after(async () => {
  await browser.close();
  await office.close();
});

const HEARING = {
  "f.hearing-place": "示范区政务中心三楼听证室",
  "f.hearing-subject": "处罚认定的事实",
  "f.hearing-chair": "赵建国",
  "f.hearing-members": "陈明\n林静",
  "f.hearing-clerk": "周敏",
};

async function call(on) {
  await handler.goto(`${review.at}/act/call-hearing`);
  await fill(handler, { ...HEARING, "f.hearing-on": on });
  const choices = await handler.locator("main form.sheet fieldset, main form.sheet select").all();
  assert.ok(choices.length > 0, "cause and form of the hearing are chosen");
  for (const name of ["f.hearing-cause", "f.hearing-form"]) {
    const select = handler.locator(`select[name="${name}"]`);
    if (await select.count()) await select.selectOption({ index: 1 });
    else await handler.locator(`input[name="${name}"]`).first().check();
  }
  await handler.locator("main form.sheet button.main").click();
}

test("an act done wrongly is corrected by another person, and the figures follow", async () => {
  const first = await figuresOf(handler, office.base, YEAR);
  await review.done(handler, "accept-application", {}, { "f.seven-conditions": "yes" });
  const wrong = await figuresOf(handler, office.base, YEAR);
  assert.equal(moved(first, wrong)["applications-accepted"], 1);
  const seq = (await handler.goto(review.at), await handler.locator("ol.timeline > li").first().getAttribute("id")).replace("event-", "");
  await second.goto(`${review.at}/correct/${seq}`);
  await second.locator("main textarea").fill("点错了，应当先补正。");
  await picture(second, "correct-form");
  await second.locator("main form button.main").click();
  assert.match(await words(second), /已更正/);
  assert.deepEqual(moved(first, await figuresOf(handler, office.base, YEAR)), {}, "every figure is back");
  await review.done(handler, "accept-application", {}, { "f.seven-conditions": "yes" });
});

test("a hearing called with too short a notice is refused with its article", async () => {
  // Monday 2 March; five full working days lie before Tuesday 10 March.
  await call("2026-03-09");
  const refusal = await words(handler);
  await picture(handler, "hearing-notice-too-short");
  assert.match(refusal, /五个工作日/);
  assert.match(refusal, /第五十一条第一款/);
  await call("2026-03-10");
  assert.match(handler.url(), /done=/, await words(handler));
  await picture(handler, "hearing-called");
});

test("the hearing is held on its day, with the respondent's head", async () => {
  await review.act(handler, "hold-hearing", { "f.hearing-minutes": "双方陈述、质证。" }, { "f.head-attended": "yes" }, "?item=1");
  assert.match(await words(handler), /还没有到通知的听证日期/);
  await clock(handler, office.base, "2026-03-10T15:00");
  await review.done(handler, "hold-hearing", { "f.hearing-minutes": "双方陈述、质证。" }, { "f.head-attended": "yes" }, "?item=1");
});

test("decided: drafted, agreed to, signed; the paper carries its number", async () => {
  await review.done(handler, "send-copy");
  await review.done(handler, "confirm-copy-receipt");
  await review.done(handler, "submit-answer", { "f.answer-summary": "处罚有现场照片为证，程序合法。" });
  await review.done(handler, "hear-opinions", { "f.opinions-record": "申请人称当日未出摊。" }, { "f.opinions-mode": "heard-in-person" });
  const reasons = { "f.decision-reasons": "经审查，处罚认定事实清楚，证据确凿，适用依据正确，程序合法，内容适当。" };
  await review.done(handler, "draft-act", reasons, {}, "?of=decide-uphold");
  await picture(handler, "draft-in-approval");
  const own = review.act(handler, "endorse-draft");
  await own;
  assert.ok(!handler.url().includes("done="), "nobody agrees to their own draft");
  await review.done(head, "return-draft", { "f.return-reason": "请补充裁量的理由。" });
  await review.done(handler, "draft-act", reasons, {}, "?of=decide-uphold");
  await review.done(head, "endorse-draft");
  await mayor.goto(`${review.at}/act/decide-uphold`);
  await picture(mayor, "sign-what-was-agreed");
  assert.match(await words(mayor), /经审核同意的内容/);
  await mayor.locator("main form.sheet button.main").click();
  assert.match(mayor.url(), /done=/, await words(mayor));
  await mayor.locator("section.papers a", { hasText: "决定书" }).first().click();
  const paper = await words(mayor);
  await picture(mayor, "decision-paper");
  assert.match(paper, /复决〔2026〕\d+号/);
  assert.match(paper, /维持/);
});

test("the paper as PDF and DOCX, and its address tells that it stands and nothing more", async () => {
  const page = mayor.url();
  const pdf = await mayor.request.get(`${page}.pdf`);
  assert.equal(pdf.status(), 200, await pdf.text().catch(() => ""));
  const at = join(YIFA_WORK, "decision.pdf");
  writeFileSync(at, await pdf.body());
  const text = execFileSync("pdftotext", ["-layout", at, "-"]).toString();
  assert.match(text.replace(/\s+/g, ""), /维持被申请人作出的行政行为/);
  const docx = await mayor.request.get(`${page}.docx`);
  assert.equal((await docx.body()).subarray(0, 2).toString(), "PK");
  const strange = await stranger.request.get(`${page}.pdf`);
  assert.equal(strange.status(), 404, "a stranger's paper is not there");
});

test("the case file: catalogue, progress, one PDF with every piece", async () => {
  await handler.goto(`${review.at}/dossier`);
  await picture(handler, "dossier-catalogue");
  const pieces = await handler.locator("main tbody tr").count();
  assert.ok(pieces >= 4, `${pieces} pieces`);
  await handler.locator("main form button.main").click();
  for (let tried = 0; tried < 60 && !(await words(handler)).includes("已制成"); tried += 1) {
    await new Promise((go) => setTimeout(go, 500));
    await handler.reload();
  }
  await picture(handler, "dossier-made");
  const link = await handler.locator("main a.button").first().getAttribute("href");
  const whole = await handler.request.get(office.base + link);
  const at = join(YIFA_WORK, "dossier.pdf");
  writeFileSync(at, await whole.body());
  const info = execFileSync("pdfinfo", [at]).toString();
  const pages = Number(info.match(/Pages:\s+(\d+)/)[1]);
  assert.ok(pages >= pieces + 2, `${pages} pages for ${pieces} pieces, cover and catalogue`);
  const text = execFileSync("pdftotext", [at, "-"]).toString().replace(/\s+/g, "");
  for (const wanted of ["目录", "受理通知书", "听证", "决定书"]) assert.ok(text.includes(wanted), wanted);
  const strange = await stranger.goto(`${review.at}/dossier`);
  assert.equal(strange.status(), 404);
});

test("served; the citizen sues, the suit is linked to the case", async () => {
  await review.done(handler, "serve-decision", {}, { "f.service-mode": "served-in-person" });
  await clock(litigator, office.base, "2026-03-23T09:00");
  await litigator.goto(`${office.base}/work/new/administrative-suit`);
  await picture(litigator, "suit-form");
  await fill(litigator, {
    "p.plaintiff.0.name": "沈若兰",
    "p.defendant.0.name": "示范区城市管理局",
    "f.trying-court": "示范区人民法院",
    "f.court-case-number": "（2026）示01行初7号",
    "f.sued-organ": "示范区城市管理局",
    "f.sued-act": "罚款三千元的行政处罚决定",
    "f.claims-stated": "撤销该处罚决定",
    "f.reconsideration-matter": filed.number,
  });
  for (const [name, value] of Object.entries({
    "f.court-instance": "first-instance",
    "f.sued-organ-level": "level-department",
    "f.sued-act-kind": "sued-penalty",
    "f.reconsideration-standing": "joint-after-upholding",
    "f.public-interest-case": "no",
  })) await choose(litigator, name, value);
  await litigator.locator("main form.sheet button.main").click();
  assert.match(litigator.url(), /receipt\//, await words(litigator));
  suit = matterAt(office.base, litigator.url().match(/receipt\/([0-9a-f-]{36})/)[1]);
  await litigator.goto(suit.at);
  const page = await words(litigator);
  await picture(litigator, "suit");
  assert.ok(page.includes(filed.number), "the case that it follows");
  assert.match(page, /2026年4月7日/, "fifteen days from 23 March");
  await handler.goto(review.at);
  assert.match(await words(handler), /复议后起诉/, "and back");
});

test("answer and evidence in fifteen days", async () => {
  await suit.done(litigator, "file-answer-brief", { "f.answer-points": "处罚合法，请求驳回诉讼请求。" });
  await suit.done(
    litigator, "submit-evidence",
    { "f.evidence-list": "现场照片\n询问笔录", "f.basis-documents": "行政处罚法 第二十八条" },
    { "f.not-collected-in-suit": "yes" },
  );
  const agents = { "f.suit-agents": "某律师事务所 李律师 特别授权" };
  await suit.done(litigator, "appoint-agents", agents, { "f.staff-among-agents": "yes", "f.head-comes-too": "yes" });
});

test("if the head cannot come, a lawyer alone is not enough", async () => {
  await suit.done(litigator, "call-court-hearing", { "f.hearing-on": "2026-04-20" }, { "f.head-notified": "yes" });
  await litigator.goto(`${suit.at}/act/submit-excuse?item=1`);
  await fill(litigator, { "f.excuse-statement": "须主持防汛会商", "f.staff-entrusted": "某律师事务所 李律师" });
  await litigator.setInputFiles('[name="f.excuse-papers"]', { name: "proof.txt", mimeType: "text/plain", buffer: Buffer.from("x") });
  for (const [name, value] of Object.entries({ "f.excuse-ground": "excuse-other-duty", "f.excuse-sealed": "yes", "f.staff-proper": "no" })) {
    await choose(litigator, name, value);
  }
  await litigator.locator("main form.sheet button.main").click();
  const refusal = await words(litigator);
  await picture(litigator, "lawyer-alone-refused");
  assert.match(refusal, /不得仅委托律师/);
  assert.match(refusal, /第三条第三款/);
});

test("the head appears in court and it is counted", async () => {
  const before = await figuresOf(litigator, office.base, YEAR);
  await clock(litigator, office.base, "2026-04-20T11:30");
  await suit.act(litigator, "head-appeared", {}, { "f.spoke-on-solution": "yes" }, "?item=1");
  assert.ok(!litigator.url().includes("done="), "no head without proof of identity");
  const person = { "f.appearing-head": "黄志远 副局长", "f.appearing-organ": "示范区城市管理局" };
  await litigator.goto(`${suit.at}/act/confirm-appearance?item=1`);
  await fill(litigator, person);
  await litigator.setInputFiles('[name="f.identity-papers"]', { name: "proof.txt", mimeType: "text/plain", buffer: Buffer.from("x") });
  for (const [name, value] of Object.entries({ "f.appearing-level": "head-deputy", "f.head-of-defendant": "yes", "f.identity-sealed": "yes" })) {
    await choose(litigator, name, value);
  }
  await litigator.locator("main form.sheet button.main").click();
  assert.match(litigator.url(), /done=/, await words(litigator));
  await suit.done(litigator, "head-appeared", {}, { "f.spoke-on-solution": "yes" }, "?item=1");
  await picture(litigator, "head-appeared");
  const changes = moved(before, await figuresOf(litigator, office.base, YEAR));
  assert.ok(Object.values(changes).some((it) => it >= 1), JSON.stringify(changes));
});

test("judgment, effective when both sides let the fifteen days pass, and closed", async () => {
  await clock(litigator, office.base, "2026-05-11T10:00");
  await suit.done(
    litigator, "judged-dismissed",
    { "f.judgment-number": "（2026）示01行初7号" },
    { "f.reconsideration-ruling": "reconsideration-stands" },
  );
  await suit.act(litigator, "record-effective", { "f.effective-on": "2026-05-11" });
  assert.match(await words(litigator), /上诉期限/, "both periods must be over");
  await suit.done(litigator, "record-other-service", { "f.served-on-others": "2026-05-11" });
  await clock(litigator, office.base, "2026-05-28T10:00");
  await suit.done(litigator, "record-effective", { "f.effective-on": "2026-05-27" });
  await picture(litigator, "judgment-effective");
  assert.match(await words(litigator), /判决驳回诉讼请求/);
  await handler.goto(review.at);
  assert.match(await words(handler), /复议后起诉/);
});
