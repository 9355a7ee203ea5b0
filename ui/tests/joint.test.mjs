// One filing over three agencies: birth certificate, residence and insurance card, paid online and brought by the post.

import { after, test } from "node:test";
import assert from "node:assert/strict";
import { accept, askToPay, fileBirth, pay } from "./births.mjs";
import { assertState, issued, jointPart, signed, take, whenReady } from "./desk.mjs";
import { press } from "./filing.mjs";
import { appears, carry } from "./outside.mjs";
import { accounts, closeBrowser, officer, openBrowser, sound, visit } from "./support.mjs";

const [WARD, POLICE, INSURANCE] = ["h32.103", "h32.91", "h32.93"];

await openBrowser();
const offered = await accounts();
const citizen = offered.filter(({ name }) => name.endsWith("mức định danh 2"))[1];

after(closeBrowser);

test("a joint birth filing over three agencies, paid online and brought by the post", async () => {
  const phone = await visit({ width: 390, account: citizen });
  const code = await fileBirth(phone, citizen.login);
  const reception = await accept(offered, code, WARD);
  await askToPay(reception, code);
  await pay(phone, code);
  await wish(phone, code);

  const specialist = await officer(offered, "chuyenvien", WARD, { title: "Tư pháp - Hộ tịch" });
  await take(specialist, code, "Thẩm tra, ghi sổ hộ tịch");
  await press(specialist, "Trình kết quả", `**/mot-cua/ho-so/${code}`);
  const leader = await officer(offered, "lanhdao", WARD);
  await take(leader, code, "Ký giấy khai sinh");
  await whenReady(leader, "Ký");
  await signed(leader, code, "Ký giấy khai sinh");
  await issued(await officer(offered, "vanthu", WARD), code, "Cấp số, đóng dấu");

  // Both parts run side by side; the desk sees them as one.
  await reception.goto(`/mot-cua/ho-so/${code}`);
  for (const part of ["Đăng ký thường trú cho trẻ", "Cấp thẻ bảo hiểm y tế"])
    await reception.getByText(part).first().waitFor();
  await sound(reception);
  await jointPart(offered, code, POLICE);
  await phone.goto(`/ho-so/${code}`);
  await assertState(phone, "Đang xử lý");
  await jointPart(offered, code, INSURANCE);
  await phone.reload();
  await assertState(phone, "Có kết quả");

  for (const step of ["Bưu chính đã nhận", "Đang phát", "Đã phát"]) await carry(reception, `${code}-1`, step);
  await appears(phone, () => phone.locator("h1 + p .tag").filter({ hasText: "Đã trả kết quả" }));
  const results = phone.locator("section:has(#results) a");
  assert.equal(await results.count(), 3, "one result of each agency");
  await sound(phone);
  await phone.getByRole("link", { name: "Xem hành trình" }).click();
  await phone.getByText("Bưu cục minh họa").first().waitFor();
  await sound(phone);
  await labelAndList(reception, `${code}-1`);
});

/// Wishes for the results by post while the work goes on.
async function wish(page, code) {
  await page.getByRole("link", { name: "Nhận kết quả qua bưu chính" }).click();
  await page.waitForURL(`**/buu-chinh/${code}`);
  await sound(page);
  assert.notEqual(await page.getByLabel("Họ tên").inputValue(), "", "what is held is offered");
  await page.getByLabel("Số điện thoại").fill("123");
  await page.getByRole("button", { name: "Đặt dịch vụ bưu chính" }).click();
  await page.locator(".govuk-error-summary").getByText("Ghi số điện thoại").waitFor();
  await sound(page);
  await page.getByLabel("Số điện thoại").fill("0950 000 001");
  await page.getByLabel("Địa chỉ").fill("1 đường Ví Dụ, phường Nha Trang");
  await press(page, "Đặt dịch vụ bưu chính", `**/buu-chinh/${code}`);
  await sound(page);
}

/// What the desk prints for the carrier.
async function labelAndList(page, order) {
  await page.goto("/buu-chinh-xu-ly?trang-thai=delivered");
  await sound(page);
  await page.getByRole("link", { name: order, exact: true }).click();
  await page.waitForURL("**/buu-chinh-xu-ly/*");
  await sound(page);
  const label = await page.request.get(`${new URL(page.url()).pathname}/phieu-gui`);
  assert.equal((await label.body()).subarray(0, 5).toString(), "%PDF-");
  await page.goto("/buu-chinh-xu-ly/ban-giao");
  await page.getByRole("link", { name: order, exact: true }).waitFor();
  await sound(page);
}
