// Officers at work on a dossier.

import assert from "node:assert/strict";
import { press } from "./filing.mjs";
import { officer, sound } from "./support.mjs";

const PAPER_SECONDS = 60;

/// Opens a step of the dossier from the inbox, and takes it if nobody has.
export async function take(page, code, step) {
  await page.goto("/viec");
  const row = page.locator("tr[data-row]", { hasText: code }).filter({ hasText: step });
  while (!(await row.count())) await page.getByRole("link", { name: "Trang sau" }).click();
  const free = row.getByRole("button", { name: "Nhận việc" });
  await ((await free.count()) ? free : row.getByRole("link")).click();
  await page.waitForURL(`**/mot-cua/ho-so/${code}?buoc=*`);
  await page.locator("#viec h2", { hasText: step }).waitFor();
}

/// Looks again until the paper is made and the button can be pressed.
export async function whenReady(page, name) {
  const button = page.getByRole("button", { name, exact: true });
  const last = Date.now() + PAPER_SECONDS * 1000;
  while (await button.isDisabled()) {
    assert.ok(Date.now() < last, `no paper after ${PAPER_SECONDS} seconds: ${await page.innerText("#viec")}`);
    await page.getByRole("link", { name: "Tải lại" }).click();
  }
}

export async function pressWhenReady(page, name) {
  await whenReady(page, name);
  await press(page, name, /\/mot-cua\/ho-so\/[^/?]+$/);
}

export async function assertState(page, state) {
  await page.locator("main .tag", { hasText: state }).first().waitFor();
}

export async function signed(page, code, step) {
  await take(page, code, step);
  await whenReady(page, "Ký");
  await sound(page);
  await press(page, "Ký", `**/mot-cua/ho-so/${code}`);
}

export async function issued(page, code, step) {
  await take(page, code, step);
  await pressWhenReady(page, "Cấp số và đóng dấu");
}

/// The part of another agency: its own reception, specialist, leader and clerk.
export async function jointPart(offered, code, agency) {
  const desk = (position) => officer(offered, position, agency, { width: 1280 });
  const [reception, specialist] = [await desk("motcua"), await desk("chuyenvien")];
  await take(reception, code, "Tiếp nhận hồ sơ liên thông");
  await press(reception, "Tiếp nhận", `**/mot-cua/ho-so/${code}`);
  await take(specialist, code, "Thực hiện và dự thảo kết quả");
  await press(specialist, "Trình kết quả", `**/mot-cua/ho-so/${code}`);
  await signed(await desk("lanhdao"), code, "Ký kết quả");
  await issued(await desk("vanthu"), code, "Cấp số");
  await take(reception, code, "Gửi kết quả cho hồ sơ liên thông");
  await pressWhenReady(reception, "Đã trao kết quả");
}
