import { chromium } from "playwright-core";
const base = process.argv[2];
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox","--disable-dev-shm-usage","--disable-quic"] });
async function person(w,h){ const c = await browser.newContext({ viewport:{width:w,height:h}, locale:"zh-CN"}); c.setDefaultTimeout(30000); return c.newPage(); }
async function signIn(p, name){ await p.goto(base+"/login"); await p.fill("[name=name]", name); await p.fill("[name=password]", "yifa-demo-2026"); await p.click("main button[type=submit]"); }
const steps = JSON.parse(process.argv[3]);
for (const s of steps) {
  const p = await person(s.w||1366, s.h||900);
  if (s.as) await signIn(p, s.as);
  await p.goto(base + s.at);
  if (s.click) for (const sel of s.click) { await p.click(sel); await p.waitForLoadState(); }
  if (s.open) await p.evaluate(()=>document.querySelectorAll("details").forEach(d=>d.open=true));
  console.log(s.out, p.url(), await p.title());
  await p.screenshot({ path: "/tmp/shots/"+s.out+".png", fullPage: s.full!==false });
  await p.context().close();
}
await browser.close();
