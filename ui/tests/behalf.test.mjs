// Filing for an enterprise, for a person who authorised one, and with the consent of a second person.

import { after, test } from "node:test";
import assert from "node:assert/strict";
import { WIDTHS, accounts, closeBrowser, open, openBrowser, sound, visit } from "./support.mjs";

const ENTERPRISE = "Công ty TNHH Ví Dụ";
/// It is for people, enterprises and whom they authorise.
const PROCEDURE = "/nop-ho-so/1.009994";

await openBrowser();
after(closeBrowser);
const offered = await accounts();
const people = offered.filter(({ name }) => name.endsWith("mức định danh 2"));
const [person, representative] = [people[0], offered.find(({ login }) => login === "056079000002")];

test("the enterprise that somebody represents is theirs to file for, without JavaScript too", async () => {
  for (const width of WIDTHS) {
    const page = await visit({ width, javaScript: false, account: representative });
    await open(page, "/tai-khoan/to-chuc");
    assert.match(await page.innerText("main"), new RegExp(ENTERPRISE));
    await open(page, PROCEDURE);
    await page.getByLabel(ENTERPRISE).check();
    const place = page.getByLabel("Cơ quan nhận hồ sơ");
    if (await place.count()) await place.selectOption({ index: 1 });
    await page.getByRole("button", { name: /^(Bắt đầu khai|Khai bản mới)$/ }).click();
    await page.waitForURL("**/trang/*");
    const draft = page.url().replace(/\/trang\/.*/, "");
    await open(page, `${draft}/kiem-tra`);
    assert.match(await page.innerText("main"), new RegExp(ENTERPRISE));
    await open(page, "/giay-to-cua-toi");
    await page.getByRole("link", { name: ENTERPRISE }).click();
    await open(page, `${draft}/xoa`);
    await page.context().close();
  }
});

test("who authorised one is said once, and never shown in full again", async () => {
  for (const width of WIDTHS) {
    const page = await visit({ width, account: person });
    await open(page, PROCEDURE);
    assert.equal(await page.getByLabel(ENTERPRISE).count(), 0, "somebody else's enterprise");
    await page.getByLabel("Cho người đã ủy quyền cho tôi").check();
    const place = page.getByLabel("Cơ quan nhận hồ sơ");
    if (await place.count()) await place.selectOption({ index: 1 });
    await page.getByRole("button", { name: /^(Bắt đầu khai|Khai bản mới)$/ }).click();
    await page.waitForURL("**/nguoi-uy-quyen");
    await sound(page);
    await page.getByRole("button", { name: "Tiếp tục" }).click();
    await page.locator(".govuk-error-summary").waitFor();
    await sound(page);
    await page.fill("#name", "Lê Văn Demo");
    await page.fill("#number", representative.login);
    await page.fill("#birth-date-day", "12");
    await page.fill("#birth-date-month", "6");
    await page.fill("#birth-date-year", "1979");
    await page.fill("#until", "2099-12-31");
    const asked = page.url();
    await page.getByRole("button", { name: "Tiếp tục" }).click();
    await page.waitForURL("**/trang/*");
    await open(page, new URL(asked).pathname);
    assert.doesNotMatch(await page.innerText("main"), new RegExp(representative.login));
    await open(page, new URL(asked.replace("nguoi-uy-quyen", "giay-to")).pathname);
    assert.match(await page.innerText("main"), /Giấy ủy quyền/);
    await page.context().close();
  }
});

test("the desk confirms who represents an enterprise", async () => {
  const desk = offered.find(({ login }) => login.endsWith("@h32.103") && login.startsWith("motcua"));
  for (const width of WIDTHS) {
    const page = await visit({ width, account: desk });
    await open(page, "/quan-tri/dai-dien");
    await page.fill("#ma", "9900000008");
    await page.getByRole("button", { name: "Tìm", exact: true }).click();
    await page.locator(".govuk-error-summary").waitFor();
    await page.fill("#ma", "9900000009");
    await page.getByRole("button", { name: "Tìm", exact: true }).click();
    await page.getByRole("heading", { name: ENTERPRISE }).waitFor();
    await sound(page);
    await page.context().close();
  }
});
