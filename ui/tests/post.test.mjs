// An applicant wishes for the result by post on a phone; the carrier of the demo brings it, and the dossier is returned.

import { after, test } from "node:test";
import assert from "node:assert/strict";
import { press } from "./filing.mjs";
import { accounts, assertAccessible, assertReadable, closeBrowser, openBrowser, visit } from "./support.mjs";

const WARD = "h32.103";
const SECONDS = 60;

await openBrowser();
const offered = await accounts();
after(closeBrowser);

test("a result is chosen by post, carried, followed and returned", async () => {
  const reception = await visit({
    width: 1280,
    account: offered.find(({ login }) => login.startsWith("motcua") && login.endsWith(WARD)),
  });
  const { code, name } = await finished(reception);

  const phone = await visit({ width: 390, account: offered.find((one) => one.name.startsWith(`${name},`)) });
  await phone.goto(`/ho-so/${code}`);
  await sound(phone);
  await phone.getByRole("link", { name: "Nhận kết quả qua bưu chính" }).click();
  await phone.waitForURL(`**/buu-chinh/${code}`);
  await sound(phone);
  assert.notEqual(await phone.getByLabel("Họ tên").inputValue(), "", "what is held is offered");
  await phone.getByLabel("Số điện thoại").fill("123");
  await phone.getByRole("button", { name: "Đặt dịch vụ bưu chính" }).click();
  await phone.locator(".govuk-error-summary").getByText("Ghi số điện thoại").waitFor();
  await sound(phone);
  await phone.getByLabel("Số điện thoại").fill("0950 000 001");
  await phone.getByLabel("Địa chỉ").fill("1 đường Ví Dụ, phường Nha Trang");
  await press(phone, "Đặt dịch vụ bưu chính", `**/buu-chinh/${code}`);
  await sound(phone);

  const order = `${code}-1`;
  for (const step of ["Bưu chính đã nhận", "Đang phát", "Đã phát"]) await carry(reception, order, step);

  await phone.reload();
  await phone.getByText("Bưu cục minh họa").first().waitFor();
  await phone.locator("main .tag").filter({ hasText: "Đã phát" }).waitFor();
  await sound(phone);
  await phone.goto(`/ho-so/${code}`);
  await appears(phone, () => phone.locator("h1 + p .tag").filter({ hasText: "Đã trả kết quả" }));
  await phone.getByRole("link", { name: "Xem hành trình" }).waitFor();
  await sound(phone);

  await reception.goto("/buu-chinh-xu-ly?trang-thai=delivered");
  await sound(reception);
  await reception.getByRole("link", { name: order, exact: true }).click();
  await sound(reception);
  const label = await reception.request.get(`${new URL(reception.url()).pathname}/phieu-gui`);
  assert.equal((await label.body()).subarray(0, 5).toString(), "%PDF-");
  await reception.goto("/buu-chinh-xu-ly/ban-giao");
  await reception.getByRole("link", { name: order, exact: true }).waitFor();
  await sound(reception);
});

test("what crossed the border stands beside what the others have of it", async () => {
  const reception = await visit({
    width: 390,
    account: offered.find(({ login }) => login.startsWith("motcua") && login.endsWith(WARD)),
  });
  for (const address of [
    "/lien-thong-quoc-gia",
    "/lien-thong-quoc-gia?chua-khop=1",
    "/lien-thong-quoc-gia/tiep-nhan",
  ]) {
    await reception.goto(address);
    await sound(reception);
  }
  const administrator = await visit({
    width: 390,
    account: offered.find(({ login }) => login.startsWith("quantri")),
  });
  await administrator.goto("/quan-tri/doi-soat");
  await administrator.getByRole("heading", { name: "Cổng Dịch vụ công quốc gia" }).waitFor();
  await sound(administrator);
  for (const outcome of ["Khớp", "Chỉ bên kia có"]) {
    const partner = administrator.locator("section").filter({ hasText: "Cổng Dịch vụ công quốc gia" });
    await partner.getByRole("link", { name: outcome, exact: true }).click();
    await sound(administrator);
    await administrator.goto("/quan-tri/doi-soat");
  }
});

async function sound(page) {
  await assertReadable(page);
  await assertAccessible(page);
}

/// Looks again until what the worker makes is there.
async function appears(page, what) {
  for (let second = 0; second < SECONDS && !(await what().count()); second++) {
    await page.waitForTimeout(1000);
    await page.reload();
  }
  await what().first().waitFor();
}

/// The carrier of the demo goes on with an order.
async function carry(page, order, step) {
  await page.goto("/buu-chinh-minh-hoa");
  await sound(page);
  const card = page.locator("section.card").filter({ hasText: order });
  await card.getByRole("button", { name: step, exact: true }).click();
  await page.waitForURL("**/buu-chinh-minh-hoa");
}

/// A dossier whose result lies at the desk, of somebody who has an account and has not chosen the post yet.
async function finished(page) {
  await page.goto("/mot-cua/ho-so?trang-thai=9");
  const codes = await page.$$eval("tr[data-row] td.num a", (links) => links.map((link) => link.textContent.trim()));
  for (const code of codes) {
    await page.goto(`/mot-cua/ho-so/${code}`);
    if (await page.getByText("Bưu chính:").count()) continue;
    const name = (await page.locator("h1 + p").innerText()).split("·")[1];
    const owner = offered.find((one) => one.name.includes(",") && name.includes(one.name.split(",")[0]));
    if (owner) return { code, name: owner.name.split(",")[0] };
  }
  assert.fail(`none of ${codes} can go by post`);
}
