// A denunciation from a phone to its conclusion: who sent it is seen only with passphrase and reason, by one officer.

import { after, test } from "node:test";
import assert from "node:assert/strict";
import { PNG } from "./papers.mjs";
import { accounts, assertReadable, closeBrowser, openBrowser, sound, visit } from "./support.mjs";

const NAME = "Trương Thị Kín Tiếng";
const WORDS = "Phong bì màu xanh trong ngăn kéo thứ nhì";
/// The demo's own; it opens nothing else.
const PASSPHRASE = "minh họa niêm phong 2026";
const INSPECTORATE = "@h32.19";

await openBrowser();
const offered = (await accounts()).filter(({ login }) => login.endsWith(INSPECTORATE));
const officers = (kind) => offered.filter(({ login }) => login.startsWith(kind));

after(closeBrowser);

test("a denunciation is sealed on the phone, opened once, and concluded without a name", async () => {
  const phone = await visit({ width: 390 });
  const code = await denounce(phone);
  const [appointed, colleague] = await Promise.all(
    officers("chuyenvien").map((account) => visit({ width: 390, account })),
  );
  const leader = await visit({ width: 390, account: officers("lanhdao")[0] });
  const address = `/don-thu-xu-ly/${code}`;
  for (const page of [colleague, leader]) {
    await page.goto(address);
    await assertHidden(page);
    assert.equal(await page.locator("#passphrase").count(), 0, "no way to open it");
  }

  await appointed.goto(address);
  await assertHidden(appointed);
  await sound(appointed);
  await appointed.fill("#passphrase", PASSPHRASE);
  await appointed.fill("#reason", "Xử lý ban đầu theo Điều 24");
  await press(appointed, "Mở niêm phong");
  const opened = await appointed.innerText("main");
  assert.ok(opened.includes(NAME) && opened.includes(WORDS), opened);
  assert.equal(await appointed.locator("main img").evaluate((img) => img.naturalWidth > 0), true, "the photo is shown");
  await assertReadable(appointed);

  await appointed.goto(address);
  await assertHidden(appointed);
  await appointed.fill("#summary", "Tố cáo việc nhận tiền");
  await press(appointed, "Lưu tóm tắt");
  for (const box of await appointed.locator("input[name=met]").all()) await box.check();
  await appointed.selectOption("#field", "hanh-chinh");
  await appointed.fill("#reasons", "Có cơ sở");
  await press(appointed, "Trình lãnh đạo");
  await go(leader, address, "Duyệt");
  await appointed.goto(address);
  await appointed.selectOption("#finding", "right");
  await appointed.fill("#words", "Có việc nhận tiền");
  await press(appointed, "Trình quyết định");
  await go(leader, address, "Ban hành");
  await phone.reload();
  const told = await phone.innerText("main");
  assert.ok(told.includes("Đã có quyết định, kết luận") && !told.includes(NAME), told);
});

async function denounce(page) {
  await page.goto("/don-thu/to-cao");
  await sound(page);
  await page.fill("#name", NAME);
  await page.fill("#words", WORDS);
  await page.setInputFiles("#files", { name: "so-tay.png", mimeType: "image/png", buffer: PNG });
  await Promise.all([
    page.waitForURL("**/don-thu/da-gui/**"),
    page.getByRole("button", { name: "Niêm phong và gửi" }).click(),
  ]);
  await assertHidden(page);
  return page.url().match(/DT-\d\d-\d+/)[0];
}

async function press(page, name) {
  await Promise.all([page.waitForNavigation(), page.getByRole("button", { name, exact: true }).click()]);
}

async function go(page, address, name) {
  await page.goto(address);
  await press(page, name);
}

async function assertHidden(page) {
  const shown = await page.content();
  assert.ok(!shown.includes(NAME) && !shown.includes(WORDS), "what is sealed stands on the page");
}
