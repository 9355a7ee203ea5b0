// An applicant is asked to pay, pays through the gateway of the demo, takes the receipt, and the dossier goes on.

import { after, test } from "node:test";
import assert from "node:assert/strict";
import { press } from "./filing.mjs";
import { appears, toGateway } from "./outside.mjs";
import { accounts, closeBrowser, officer, openBrowser, sound, visit } from "./support.mjs";

const DESK = "/mot-cua/ho-so";
const WARD = "h32.103";

await openBrowser();
const offered = await accounts();
after(closeBrowser);

test("a duty is asked for, paid on a phone, and the dossier goes on", async () => {
  const reception = await officer(offered, "motcua", WARD);
  const { code, name } = await dossierAtWork(reception);
  await ask(reception, code);

  const phone = await visit({ width: 390, account: offered.find((one) => one.name.startsWith(`${name},`)) });
  await phone.goto(`/ho-so/${code}`);
  await appears(phone, () => phone.getByRole("button", { name: "Thanh toán", exact: true }));
  await sound(phone);
  await phone.getByRole("button", { name: "Thanh toán", exact: true }).click();
  await phone.waitForURL("**/thanh-toan/*");
  await sound(phone);
  const charge = new URL(phone.url()).pathname;

  // As a transfer it is a code with words beside it.
  await press(phone, "Chuyển khoản bằng mã VietQR", `**${charge}`);
  // Earlier tries to pay for the same dossier were counted too.
  await phone.getByText(new RegExp(`^${code}-\\d+$`)).waitFor();
  await sound(phone);

  // Who gives up at the gateway may try again.
  await toGateway(phone, charge);
  await sound(phone);
  await press(phone, "Thôi", `**${charge}`);
  await toGateway(phone, charge);
  await press(phone, "Trả tiền", `**${charge}`);
  await phone.getByText("Đã nộp", { exact: true }).waitFor();
  await appears(phone, () => phone.getByRole("button", { name: "Tải biên lai (PDF)" }));
  await sound(phone);
  const receipt = await phone.request.get(`${charge}/bien-lai`);
  assert.equal(receipt.headers()["content-type"], "application/pdf");
  assert.equal((await receipt.body()).subarray(0, 5).toString(), "%PDF-");

  await phone.goto(`/ho-so/${code}`);
  await appears(phone, () => phone.locator("main .tag").filter({ hasText: "Đang xử lý" }));
  await reception.goto(`/thanh-toan-xu-ly/${charge.split("/").at(-1)}`);
  await reception.getByText("MH-").first().waitFor();
  await sound(reception);
  await reception.goto("/thanh-toan-xu-ly");
  await sound(reception);
});

/// A dossier on which work goes on, of somebody who has an account.
async function dossierAtWork(page) {
  await page.goto(`${DESK}?trang-thai=4`);
  const codes = await page.$$eval("tr[data-row] td.num a", (links) => links.map((link) => link.textContent.trim()));
  for (const code of codes) {
    await page.goto(`${DESK}/${code}`);
    const name = (await page.locator("h1 + p").innerText()).split("·")[1].split(" Đang")[0].trim();
    const owner = offered.find((one) => name.startsWith(one.name.split(",")[0]) && one.name.includes(","));
    if (owner && (await page.getByText("Nghĩa vụ tài chính", { exact: true }).count())) {
      return { code, name: owner.name.split(",")[0] };
    }
  }
  assert.fail(`none of ${codes} can be asked for a payment`);
}

async function ask(page, code) {
  await page.getByText("Nghĩa vụ tài chính", { exact: true }).click();
  for (const fee of await page.locator("input[name=fees]").all()) await fee.uncheck();
  await page.getByLabel("Nghĩa vụ tài chính khác").fill("150.000");
  await page.getByRole("button", { name: "Yêu cầu thực hiện nghĩa vụ tài chính" }).click();
  await page.locator(".govuk-error-summary").getByText("Ghi rõ nộp cho việc gì").waitFor();
  await sound(page);
  await page.getByLabel("Nộp cho việc gì").fill("Tiền sử dụng đất theo thông báo");
  await press(page, "Yêu cầu thực hiện nghĩa vụ tài chính", `**${DESK}/${code}`);
  await sound(page);
}
