// A permit that the province issued stands for the one that its extension asks for; its person sees what is held and who looked.

import { after, test } from "node:test";
import assert from "node:assert/strict";
import { take } from "./desk.mjs";
import { fillIn, press } from "./filing.mjs";
import { WIDTHS, accounts, closeBrowser, officer, open, openBrowser, sound, visit } from "./support.mjs";

const PROCEDURE = "1.013227";
const RECEIVING = "Ủy ban nhân dân phường Nha Trang";
const WARD = "h32.103";
const ISSUED = /^Giấy phép xây dựng/;
const HELD = "Giấy đã có tại tỉnh";
const MINE = "/giay-to-cua-toi";

const HOME = { "Tỉnh, thành phố": "Tỉnh Khánh Hòa", "Xã, phường, đặc khu": "Phường Nha Trang" };
const START = new Date(Date.now() + 60 * 24 * 3600 * 1000).toLocaleDateString("en-GB");
const ANSWERS = {
  "chu-dau-tu": {
    "Chủ đầu tư là": "Cá nhân, hộ gia đình",
    "Người đứng tên hồ sơ": { "Nơi cư trú": HOME, "Số điện thoại": "0900000000" },
  },
  "giay-phep": {
    "Giấy phép xây dựng đã cấp": {
      "Số giấy phép": "01/GPXD-UBND",
      "Ngày cấp": "02/03/2026",
      "Cơ quan cấp": "Ủy ban nhân dân phường Nha Trang",
      "Công trình": "Nhà ở riêng lẻ",
      "Địa điểm xây dựng": HOME,
    },
    "Số lần đã gia hạn": "0",
  },
  "ly-do": {
    "Lý do chưa khởi công": "Chưa chọn được nhà thầu.",
    "Ngày dự kiến khởi công": START,
    "Tôi cam đoan công trình chưa khởi công và sẽ làm theo đúng giấy phép đã cấp": true,
  },
};

await openBrowser();
const offered = await accounts();
after(closeBrowser);

const owner = await whoHasAPermit();

test("a permit held by the province is used again, and its person sees where it went", async () => {
  const page = await visit({ width: 390, account: owner });
  await begin(page);
  for (const [name, answers] of Object.entries(ANSWERS)) {
    await page.waitForURL(`**/trang/${name}`);
    await fillIn(page.locator("main form"), answers);
    await press(page, "Lưu và tiếp tục", (address) => !address.pathname.endsWith(name));
  }
  await sound(page);
  const offer = page.locator(".govuk-inset-text", { hasText: "Đã có tại tỉnh: Giấy phép xây dựng" });
  assert.match(await offer.innerText(), new RegExp(`${RECEIVING} và cơ quan cùng giải quyết sẽ xem giấy này`));
  await offer.getByRole("button", { name: /^Dùng giấy này/ }).click();
  await page.getByText("Đã dùng giấy có tại tỉnh").waitFor();
  await sound(page);
  await press(page, "Lưu và tiếp tục", "**/kiem-tra");
  const row = page.locator(".govuk-summary-list__row", { hasText: "Bản chính giấy phép xây dựng đã được cấp" });
  assert.match(await row.innerText(), new RegExp(`Giấy phép xây dựng.*\\.pdf.*${HELD}`, "s"));
  await sound(page);
  await press(page, "Gửi hồ sơ", "**/da-gui");
  const code = await page.locator(".govuk-panel__body .num").innerText();

  const reception = await officer(offered, "motcua", WARD, { width: 1280 });
  await take(reception, code, "Tiếp nhận hồ sơ");
  const file = reception.getByRole("link", { name: /^Giấy phép xây dựng.*\.pdf/ }).first();
  const answer = await reception.request.get(await file.getAttribute("href"));
  assert.equal(answer.headers()["content-type"], "application/pdf");
  await press(reception, "Tiếp nhận", `**/mot-cua/ho-so/${code}`);

  await page.goto(`${MINE}?loai=da-nop`);
  const reused = page.getByRole("row", { name: new RegExp(code) });
  await reused.locator(".tag", { hasText: "Dùng lại" }).waitFor();
  await reused.getByRole("link", { name: /^Ai đã xem/ }).click();
  await page.getByRole("cell", { name: "Giải quyết hồ sơ" }).first().waitFor();
});

test("what is held is used and taken out again without JavaScript", async () => {
  const page = await visit({ width: 390, javaScript: false, account: owner });
  await begin(page);
  await page.goto(page.url().replace(/trang\/.*$/, "giay-to"));
  const offers = page.getByRole("button", { name: /^Dùng giấy này/ });
  const many = await offers.count();
  await offers.first().click();
  await page.locator("main .tag", { hasText: HELD }).waitFor();
  assert.equal(await offers.count(), many - 1);
  await page.getByRole("button", { name: /^Bỏ tệp/ }).click();
  await page.getByText("Đã bỏ tệp.").waitFor();
  assert.equal(await offers.count(), many);
});

test("my papers reads on a phone and on a desk, in both languages", async () => {
  for (const [width, language] of [
    [WIDTHS[0], "vi"],
    [WIDTHS[1], "en"],
  ]) {
    const page = await visit({ width, language, account: owner });
    for (const path of [MINE, `${MINE}?loai=da-nop`]) {
      await open(page, path);
      await sound(page);
    }
  }
});

/// Somebody identified at level 2 to whom a building permit was issued; from the end, where nobody else's tests file.
async function whoHasAPermit() {
  for (const account of offered.filter(({ name }) => name.endsWith("mức định danh 2")).reverse()) {
    const page = await visit({ account });
    await page.goto(MINE);
    const found = await page.getByRole("link", { name: ISSUED }).count();
    await page.context().close();
    if (found) return account;
  }
  throw new Error("the demo has issued no building permit");
}

/// From the guide to the first page of the form.
async function begin(page) {
  await page.goto(`/nop-ho-so/${PROCEDURE}`);
  await page.getByLabel("Cơ quan nhận hồ sơ").selectOption({ label: RECEIVING });
  await page.locator(`form[action^='/nop-ho-so/${PROCEDURE}'] button`).click();
  await page.waitForURL("**/trang/*");
}
