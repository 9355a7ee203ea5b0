// A ticket from the telephone to the counter and the screen on the wall, with and without JavaScript.

import { after, test } from "node:test";
import assert from "node:assert/strict";
import { press } from "./filing.mjs";
import { accounts, closeBrowser, officer, openBrowser, sound, visit } from "./support.mjs";

const AGENCY = "H32.54";
const OFFICE = AGENCY.toLowerCase();
const COUNTER = "2 · Trả kết quả";
const KIND = "Nhận kết quả";

await openBrowser();
const offered = await accounts();
after(closeBrowser);

test("a ticket is drawn on a phone, called, passed on and finished, and the screen says so", async () => {
  const counter = await officer(offered, "motcua", OFFICE, { width: 1280 });
  await counter.goto("/quay");
  await sound(counter);
  await counter.getByRole("link", { name: COUNTER }).click();
  await free(counter);

  const phone = await visit({ width: 390 });
  await phone.goto("/lay-so");
  await sound(phone);
  await phone.goto(`/lay-so/${AGENCY}`);
  await sound(phone);
  await phone.getByLabel("Phụ nữ mang thai").check();
  await phone.getByRole("button", { name: KIND }).click();
  await phone.waitForURL("**/so/*");
  const label = await phone.locator("h1 b").innerText();
  assert.match(label, /^T\d{3}$/);
  await phone.getByText("Đang chờ").waitFor();
  await sound(phone);

  const wall = await visit({ width: 1920 });
  await wall.goto(`/man-hinh/${AGENCY}`);
  await sound(wall);
  await callUntil(counter, label);
  // Neither page is loaded anew: both renew themselves.
  await wall.getByText(`Mời số ${label} đến quầy 2`).waitFor({ state: "attached" });
  await sound(wall);
  await phone.getByText("Mời đến quầy 2").waitFor();
  await sound(phone);
  await sound(counter);

  await counter.getByLabel("Chuyển đến quầy").selectOption({ index: 0 });
  await press(counter, "Chuyển quầy", "**/quay/*");
  await phone.getByText("chuyển đến quầy 1").waitFor();
  const other = await officer(offered, "motcua", OFFICE, { width: 390 });
  await other.goto("/quay");
  await other.getByRole("link", { name: "1 · Tiếp nhận" }).click();
  await free(other);
  await callUntil(other, label);
  await sound(other);
  await other.getByRole("link", { name: "Tiếp nhận hồ sơ của người này" }).waitFor();
  await press(other, "Vắng", "**/quay/*");
  await phone.getByText("không thấy Ông/Bà").waitFor();
  await other.locator("li", { hasText: label }).getByRole("button", { name: "Gọi lại" }).click();
  await other.getByRole("heading", { name: `Đang gọi số ${label}` }).waitFor();
  await press(other, "Xong", "**/quay/*");
  await phone.getByText("Đã xong").waitFor();

  await other.goto("/quay/so-lieu");
  await other.getByRole("cell", { name: "1 · Tiếp nhận" }).waitFor();
  await sound(other);
});

test("without JavaScript a ticket is drawn, printed and given up, and its page reloads itself", async () => {
  const phone = await visit({ width: 390, javaScript: false });
  await phone.goto(`/lay-so/${AGENCY}`);
  await phone.getByRole("button", { name: KIND }).click();
  await phone.waitForURL("**/so/*");
  const address = new URL(phone.url()).pathname;
  assert.equal(await phone.locator("meta[http-equiv=refresh]").count(), 1);
  await phone.getByRole("link", { name: "In phiếu" }).click();
  await phone.waitForURL("**/in");
  await phone.getByRole("img", { name: "Mã QR" }).waitFor();
  await phone.goto(address);
  await phone.getByRole("button", { name: "Tôi không chờ nữa" }).click();
  await phone.locator("main .tag").getByText("Đã bỏ số").waitFor();
  await phone.goto(`/man-hinh/${AGENCY}`);
  assert.equal(await phone.locator("meta[http-equiv=refresh]").count(), 1);
});

test("the head of a desk adds a counter, is told what is wrong, and closes it", async () => {
  const head = await officer(offered, "truongphong", OFFICE, { width: 390 });
  await head.goto("/quay/thiet-lap");
  await sound(head);
  await head.getByLabel("Số quầy").fill("1");
  await head.getByLabel("Tên quầy").fill("Quầy ví dụ");
  await head.getByLabel("A Nộp hồ sơ").check();
  await head.getByRole("button", { name: "Thêm quầy" }).click();
  await head.locator(".govuk-error-summary").getByText("Đã có quầy mang số này").waitFor();
  await sound(head);
  await head.getByLabel("Số quầy").fill("9");
  await press(head, "Thêm quầy", "**/quay/thiet-lap");
  await head.getByRole("link", { name: "9 · Quầy ví dụ" }).click();
  await sound(head);
  await head.getByLabel("Tên quầy").fill("Quầy đã đổi");
  await press(head, "Lưu", "**/quay/thiet-lap");
  await head.getByRole("link", { name: "9 · Quầy đã đổi" }).click();
  await press(head, "Đóng quầy này", "**/quay/thiet-lap");
  assert.equal(await head.getByText("Quầy đã đổi").count(), 0);
});

test("an hour is booked on a phone and called off", async () => {
  const phone = await visit({ width: 390 });
  await phone.goto(`/lay-so/${AGENCY}`);
  await phone.getByRole("link", { name: "Đặt giờ hẹn" }).click();
  await sound(phone);
  await phone.getByLabel("Giờ hẹn").selectOption({ index: 3 });
  const slot = await phone.getByLabel("Giờ hẹn").locator("option:checked").innerText();
  await press(phone, "Đặt giờ này", "**/hen/*");
  await phone
    .locator("main strong", { hasText: slot.split(",")[0] })
    .first()
    .waitFor();
  await sound(phone);
  await phone.getByRole("button", { name: "Hủy lịch hẹn" }).click();
  await phone.locator("main .tag", { hasText: "Đã hủy" }).waitFor();
  await sound(phone);
});

/// Nobody is at the counter any more.
async function free(page) {
  await page.locator("#main .card h2").waitFor();
  if (await page.getByRole("button", { name: "Xong", exact: true }).count()) await press(page, "Xong", "**/quay/*");
  await page.getByRole("heading", { name: "Quầy đang trống" }).waitFor();
}

/// Calls and finishes until the ticket is called.
async function callUntil(page, label) {
  for (;;) {
    await press(page, "Gọi số tiếp theo", "**/quay/*");
    const heading = page.getByRole("heading", { name: "Đang gọi số" });
    if ((await heading.innerText()).includes(label)) return;
    await press(page, "Xong", "**/quay/*");
  }
}
