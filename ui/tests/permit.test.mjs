// A building permit from the home page, on a phone: how many taps it takes beyond the fields of its form.

import { after, test } from "node:test";
import assert from "node:assert/strict";
import { Finger, fillEmpty, forward } from "./filing.mjs";
import { PNG, pdf } from "./papers.mjs";
import { accounts, closeBrowser, openBrowser, sound, visit } from "./support.mjs";

const PROCEDURE = "Cấp giấy phép xây dựng mới công trình cấp III, cấp IV và nhà ở riêng lẻ";
const BEYOND = 5;

/// What is entered where nothing is known yet, by the last part of the field's name.
const ANSWERS = {
  agency: "Ủy ban nhân dân phường Nha Trang",
  owner_kind: "Cá nhân, hộ gia đình",
  province: "Tỉnh Khánh Hòa",
  commune: "Phường Nha Trang",
  detail: "Số 1 đường Ví Dụ",
  phone: "0900000000",
  email: "vidu@example.vn",
  parcel: "12",
  sheet: "3",
  area: "120",
  certificate: "AB 000000",
  work: "Xây mới",
  purpose: "Nhà ở riêng lẻ",
  footprint: "80",
  floor_area: "160",
  floors: "2",
  height: "8",
  basement: "Không",
  building_line: "Trùng ranh giới lô đất",
  months: "6",
  commitment: true,
};

await openBrowser();
const offered = await accounts();
after(closeBrowser);

test("a building permit is filed with few taps beyond the fields of its form", async () => {
  const account = offered.find(({ name }) => name.endsWith("mức định danh 2"));
  const page = await visit({ width: 390, account });
  const finger = new Finger(page);
  const told = { fields: 0, known: 0, papers: 0 };
  const fill = async (form) => {
    const { fields, known } = await fillEmpty(finger, form, (name) => ANSWERS[name.split(".").at(-1)]);
    told.fields += fields;
    told.known += known;
  };

  await page.goto("/");
  await finger.enter(page.locator("#q"), "giay phep xay dung");
  await finger.click(page.getByRole("button", { name: "Tìm", exact: true }));
  await finger.click(page.getByRole("link", { name: `Nộp hồ sơ ${PROCEDURE}` }));
  await fill(page.locator("form[action^='/nop-ho-so/1.009994']"));
  await forward(finger, page.locator("form[action^='/nop-ho-so/'] button"));
  while (/\/trang\//.test(page.url())) {
    await sound(page);
    await fill(page.locator("main form"));
    await forward(finger, page.getByRole("button", { name: "Lưu và tiếp tục", exact: true }));
  }
  await papers(page, finger, told);
  await forward(finger, page.getByRole("button", { name: "Lưu và tiếp tục", exact: true }));
  await forward(finger, page.getByRole("button", { name: "Gửi hồ sơ", exact: true }));
  assert.match(page.url(), /\/da-gui$/, await page.innerText("main"));

  const fields = told.fields + told.papers;
  console.log(
    `${finger.taps} taps for ${fields} fields (${told.papers} of them papers, ${told.known} filled in before): ` +
      `${finger.taps - fields} beyond`,
  );
  assert.ok(told.fields > 15 && told.papers > 0, "the form is the whole one");
  assert.ok(finger.taps <= fields + BEYOND, `${finger.taps} taps for ${fields} fields`);
});

/// One file for each paper that must be there.
async function papers(page, finger, told) {
  assert.match(page.url(), /\/giay-to$/, await page.innerText("main"));
  await sound(page);
  const needed = page.locator("input[type=file][required], [data-needed] input[type=file]");
  const all = (await needed.count()) ? needed : page.locator("main input[type=file]");
  for (const field of await all.all()) {
    told.papers++;
    const accepted = (await field.getAttribute("accept")) ?? "";
    if (accepted.includes("pdf")) await finger.hold(field, "ban-ve.pdf", "application/pdf", pdf("Ban ve mau"));
    else await finger.hold(field, "anh.png", "image/png", PNG);
  }
}
