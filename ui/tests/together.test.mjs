// Two procedures of one matter, filled in beside each other on a telephone and sent by one press.

import { after, test } from "node:test";
import assert from "node:assert/strict";
import { Finger, fillEmpty, forward, press } from "./filing.mjs";
import { PNG } from "./papers.mjs";
import { accounts, closeBrowser, openBrowser, sound, visit } from "./support.mjs";

const COPY = "Cấp bản sao từ sổ gốc";
const EXTRACT = "Cấp bản sao trích lục hộ tịch";
const IDENTITY = "Thẻ căn cước hoặc giấy tờ tùy thân khác";
const HOME = '[name="applicant.residence.detail"]';
const NUMBER = "12 đường Ví Dụ";
const ANSWERS = {
  "applicant.phone": "0901234567",
  "applicant.email": "",
  "applicant.residence.province": "Tỉnh Khánh Hòa",
  "applicant.residence.commune": "Phường Nha Trang",
  "applicant.residence.detail": NUMBER,
  "applicant.place": "Tại bộ phận một cửa",
  "applicant.relation": "bản thân",
  applicant_kind: "Cá nhân",
  requester: "Người được cấp bản chính",
  paper: "Bằng tốt nghiệp mẫu",
  subject: "Nguyễn Ví Dụ Mẫu",
  issued_on: "",
  "issued_on.day": "",
  "issued_on.month": "",
  "issued_on.year": "",
  issued_number: "",
  event: "Khai sinh",
  "subject.full_name": "Nguyễn Ví Dụ Mẫu",
  "subject.birth_date": "01/02/1990",
  "subject.sex": "Nữ",
  "subject.id_number": "",
  registered_at: "Phường Nha Trang",
  registered_on: "",
  registered_number: "",
  purpose: "",
  copies: "1",
  commitment: true,
};

await openBrowser();
after(closeBrowser);
const offered = await accounts();
const citizen = offered.filter(({ name }) => name.endsWith("mức định danh 2")).at(3);

/// Every page of the form that the link leads to.
async function fill(finger, name) {
  const page = finger.page;
  await page.getByRole("link", { name, exact: true }).first().click();
  await page.waitForURL("**/trang/*");
  while (/\/trang\//.test(page.url())) {
    await fillEmpty(finger, page.locator("main form"), (field) => ANSWERS[field]);
    if (await page.locator(HOME).count()) await page.locator(HOME).fill(NUMBER);
    await sound(page);
    await forward(finger, page.getByRole("button", { name: "Lưu và tiếp tục" }));
  }
}

test("two procedures with one paper go in by one press", async () => {
  const page = await visit({ width: 390, account: citizen });
  const finger = new Finger(page);
  await page.goto("/ho-so");
  await page.getByRole("link", { name: "Nộp nhiều hồ sơ cùng lúc" }).click();
  await sound(page);
  for (const name of [COPY, EXTRACT]) await page.getByLabel(name, { exact: true }).check();
  await page.getByRole("button", { name: "Xem cần những gì" }).click();
  await page.getByText("Dùng chung cho 2 hồ sơ").first().waitFor();
  await sound(page);
  for (const choice of await page.getByLabel("Cơ quan nhận hồ sơ").all())
    await choice.selectOption({ label: "Ủy ban nhân dân phường Nha Trang" });
  await press(page, "Bắt đầu khai các hồ sơ", /\/nop-cung\/[0-9a-f-]+$/);
  const together = page.url();
  await sound(page);

  await fill(finger, COPY);
  await page.getByLabel(IDENTITY).setInputFiles({ name: "can-cuoc.png", mimeType: "image/png", buffer: PNG });
  await forward(finger, page.getByRole("button", { name: "Lưu và tiếp tục" }));
  await page.getByRole("button", { name: "Trở lại các hồ sơ nộp cùng" }).click();
  await page.waitForURL(together);
  await page.getByText("can-cuoc.png").waitFor();

  await page.getByRole("link", { name: EXTRACT, exact: true }).first().click();
  await page.waitForURL("**/trang/*");
  assert.equal(await page.locator(HOME).inputValue(), NUMBER, "said in the form beside it");
  await page.goto(together);
  await fill(finger, EXTRACT);
  await page.getByText("can-cuoc.png").waitFor();
  await page.goto(together);
  await sound(page);
  await press(page, "Gửi tất cả", together);
  await page.getByText("Đã gửi 2 hồ sơ.").waitFor();
  await sound(page);
  const codes = await page.locator("main section.card li small").allInnerTexts();
  assert.equal(new Set(codes).size, 2);
  await page.getByRole("link", { name: COPY, exact: true }).click();
  await page.getByRole("heading", { name: "Nộp cùng" }).waitFor();
});
