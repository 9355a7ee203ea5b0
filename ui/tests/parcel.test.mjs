// A parcel of land that is split: the part of the tax office is late and explains itself, and another one goes the whole road.

import { after, test } from "node:test";
import assert from "node:assert/strict";
import { assertState, issued, jointPart, pressWhenReady, signed, take } from "./desk.mjs";
import { Finger, fillEmpty, forward, press } from "./filing.mjs";
import { appears } from "./outside.mjs";
import { pdf } from "./papers.mjs";
import { accounts, closeBrowser, officer, openBrowser, sound, visit } from "./support.mjs";

const CODE = "1.012784";
const RECEIVING = "Sở Nông nghiệp và Môi trường tỉnh Khánh Hòa";
const TAX_OFFICE = "Thuế tỉnh Khánh Hòa";
const [LAND, TAX] = ["h32.54", "h32.96"];

/// What is entered where nothing is known yet, by the last part of the field's name.
const ANSWERS = {
  agency: RECEIVING,
  owner_kind: "Cá nhân, hộ gia đình",
  province: "Tỉnh Khánh Hòa",
  commune: "Phường Nha Trang",
  detail: "Số 1 đường Ví Dụ",
  phone: "0900000000",
  email: "vidu@example.vn",
  parcel: "12",
  sheet: "3",
  area: "240",
  certificate: "AB 000000",
  book_number: "",
  work: "Tách thửa",
  purpose: "Đất ở",
  access: "Giáp đường Ví Dụ, rộng 6 m",
  holder: "Nguyễn Văn Mẫu",
  reason: "Chia tài sản chung, thừa kế",
  exempt: "Không",
  owing: "Không",
  commitment: true,
};

await openBrowser();
const offered = await accounts();
const citizens = offered.filter(({ name }) => name.endsWith("mức định danh 2"));
after(closeBrowser);

const desk = (position, agency, title) => officer(offered, position, agency, { title, width: 1280 });

test("a tax part that is late says so to the applicant and to both agencies", async () => {
  const phone = await visit({ width: 390, account: citizens[0] });
  const taxLeader = await desk("lanhdao", TAX);
  const code = await lateOne(phone, taxLeader);
  await explains(phone);
  await phone.getByText("Phần việc của cơ quan phối hợp quá hạn").first().waitFor();

  for (const page of [taxLeader, await desk("lanhdao", LAND), await desk("motcua", TAX)]) {
    await page.goto(`/mot-cua/ho-so/${code}`);
    await explains(page);
  }
  const english = await visit({ width: 390, account: citizens[0], language: "en" });
  await english.goto(`/ho-so/${code}`);
  await english.getByRole("heading", { name: "A part that is late" }).waitFor();
  await sound(english);

  await apologises(await desk("lanhdao", LAND), code);
  const again = /Cơ quan xin lỗi vì trả kết quả chậm và hẹn lại: .*\d{2}\/\d{2}\/\d{4}/;
  await phone.goto(`/ho-so/${code}`);
  await phone.getByText(again).first().waitFor();
  await sound(phone);
  await phone.goto(`/tra-cuu?ma=${code}`);
  await phone.getByText("Hẹn lại", { exact: true }).waitFor();

  // The applicant was told where everything is told.
  await phone.goto("/thong-bao");
  await phone.getByText(new RegExp(`Hồ sơ ${code} sẽ trễ hẹn`)).waitFor();
  await phone
    .getByText(new RegExp(`Hồ sơ ${code} đang chờ ${TAX_OFFICE}`))
    .first()
    .waitFor();
});

test("a parcel is split from the phone to the certificate, by way of the tax office", async () => {
  const phone = await visit({ width: 390, account: citizens[1] });
  const code = await file(phone);
  const reception = await desk("motcua", LAND);
  await take(reception, code, "Tiếp nhận hồ sơ");
  await press(reception, "Tiếp nhận", `**/mot-cua/ho-so/${code}`);
  const head = await desk("truongphong", LAND, "Trưởng phòng");
  await take(head, code, "Phân công thụ lý");
  await press(head, "Giao việc", `**/mot-cua/ho-so/${code}`);

  const specialist = await desk("chuyenvien", LAND);
  for (const step of ["Thẩm tra điều kiện tách thửa, hợp thửa", "Kiểm tra bản vẽ, hiện trạng và ranh giới"]) {
    await take(specialist, code, step);
    await sound(specialist);
    await press(specialist, "Trình kết quả", `**/mot-cua/ho-so/${code}`);
  }
  await phone.goto(`/ho-so/${code}`);
  await phone.getByText(TAX_OFFICE).first().waitFor();
  assert.equal(await phone.getByRole("heading", { name: "Phần việc đang chậm" }).count(), 0, "nothing is late yet");
  await sound(phone);

  await jointPart(offered, code, TAX);
  await take(specialist, code, "Dự thảo giấy chứng nhận cho từng thửa");
  await press(specialist, "Trình kết quả", `**/mot-cua/ho-so/${code}`);
  await take(head, code, "Trưởng phòng xem xét");
  await press(head, "Đồng ý, trình ký", `**/mot-cua/ho-so/${code}`);
  await signed(await desk("lanhdao", LAND), code, "Lãnh đạo ký giấy chứng nhận");
  await issued(await desk("vanthu", LAND), code, "Vào sổ cấp giấy, chỉnh lý hồ sơ địa chính");
  await take(reception, code, "Trao giấy chứng nhận");
  await pressWhenReady(reception, "Đã trao kết quả");

  await phone.goto(`/ho-so/${code}`);
  await assertState(phone, "Đã trả kết quả");
  assert.equal(await phone.locator("section:has(#results) li").count(), 2, "the certificate and the notice of the tax");
  await sound(phone);
});

/// The code of the dossier of this person of whose late part the leader of the tax office was told.
async function lateOne(phone, leader) {
  await leader.goto("/thong-bao");
  const told = () => leader.getByRole("link", { name: `Phần việc của ${TAX_OFFICE} trong hồ sơ` });
  await appears(leader, told);
  for (const text of await told().allInnerTexts()) {
    const code = /trong hồ sơ (\S+) quá hạn/.exec(text)[1];
    const answer = await phone.goto(`/ho-so/${code}`);
    if (answer.status() === 200) return code;
  }
  assert.fail("no late part of a dossier of this person");
}

/// Which agency, since when, by how much, who was told, and what it does to the promise.
async function explains(page) {
  const card = page.locator("section.card:has(#late)");
  await card.getByRole("heading", { name: "Phần việc đang chậm" }).waitFor();
  const words = await card.innerText();
  for (const told of [
    /Cơ quan\s+Thuế tỉnh Khánh Hòa/,
    /Hết thời hạn của phần này\s+.*\d{2}\/\d{2}\/\d{4}/,
    /Đã quá\s+\d+ ngày làm việc/,
    /Đang ở bước\s+Tiếp nhận hồ sơ liên thông/,
    /Người nộp hồ sơ và lãnh đạo .*Thuế tỉnh Khánh Hòa/,
    /Ngày hẹn trả kết quả vẫn là .*\d{2}\/\d{2}\/\d{4}.*còn \d+ ngày làm việc cho các bước sau/,
  ])
    assert.match(words, told);
  await sound(page);
}

/// The agency that answers for it gives a new date, once.
async function apologises(leader, code) {
  await leader.goto(`/mot-cua/ho-so/${code}`);
  await leader.getByText("Xin lỗi và hẹn lại ngày trả", { exact: true }).click();
  await leader.getByLabel("Lý do chậm").fill("Chờ cơ quan thuế xác định nghĩa vụ tài chính");
  await leader.getByLabel("Hẹn lại vào ngày").fill("2020-01-02");
  await leader.getByRole("button", { name: "Gửi phiếu xin lỗi" }).click();
  await leader.locator(".govuk-error-summary").getByText("Chọn ngày sau ngày hẹn đầu").waitFor();
  await sound(leader);
  await leader.getByLabel("Hẹn lại vào ngày").fill(workingDay(60));
  await press(leader, "Gửi phiếu xin lỗi", `**/mot-cua/ho-so/${code}`);
  await leader.getByText("Phiếu xin lỗi và hẹn lại", { exact: false }).first().waitFor();
  assert.equal(await leader.getByRole("button", { name: "Gửi phiếu xin lỗi" }).count(), 0, "a date is moved once");
  await sound(leader);
}

/// A Wednesday at least so many days from now.
function workingDay(days) {
  const day = new Date();
  day.setDate(day.getDate() + days);
  while (day.getDay() !== 3) day.setDate(day.getDate() + 1);
  return day.toISOString().slice(0, 10);
}

/// Files it with a drawing and the certificate; gives its code.
async function file(page) {
  const finger = new Finger(page);
  await page.goto(`/nop-ho-so/${CODE}`);
  await fillEmpty(finger, page.locator(`form[action^='/nop-ho-so/${CODE}']`), (name) => ANSWERS[name]);
  await forward(finger, page.locator("form[action^='/nop-ho-so/'] button"));
  while (/\/trang\//.test(page.url())) {
    await sound(page);
    await fillEmpty(finger, page.locator("main form"), (name) => ANSWERS[name.split(".").at(-1)]);
    await forward(finger, page.getByRole("button", { name: "Lưu và tiếp tục", exact: true }));
  }
  for (const paper of ["Bản vẽ tách thửa đất, hợp thửa đất", "Bản gốc giấy chứng nhận đã cấp"])
    await page
      .getByLabel(`Chọn tệp: ${paper}`)
      .setInputFiles({ name: "giay-to.pdf", mimeType: "application/pdf", buffer: pdf("Giay to mau") });
  await sound(page);
  await press(page, "Lưu và tiếp tục", "**/kiem-tra");
  await press(page, "Gửi hồ sơ", "**/da-gui");
  return page.locator(".govuk-panel__body .num").innerText();
}
