// One dossier with a supplement and a part of another agency, from a citizen's phone to the signed result.

import { after, test } from "node:test";
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { assertState, issued, jointPart, pressWhenReady, signed, take, whenReady } from "./desk.mjs";
import { fillIn, press } from "./filing.mjs";
import { PNG, pdf, signatures } from "./papers.mjs";
import { accounts, assertReadable, closeBrowser, officer, openBrowser, sound, visit } from "./support.mjs";

const PROCEDURE = "Liên thông đăng ký khai sinh, cấp thẻ bảo hiểm y tế cho trẻ em dưới 6 tuổi";
const WORDS_WITHOUT_MARKS = "khai sinh the bao hiem y te";
const RECEIVING = "Ủy ban nhân dân phường Nha Trang";
const WARD = "h32.103";
const INSURANCE = "h32.93";
const MARRIAGE = "Giấy chứng nhận kết hôn của cha mẹ";
const NOTE = "Ảnh mờ, không đọc được số đăng ký.";
const PICTURES = join(import.meta.dirname, "../../docs/pictures");

const BORN = new Date(Date.now() - 10 * 24 * 3600 * 1000).toLocaleDateString("en-GB");
const HOME = { "Tỉnh, thành phố": "Tỉnh Khánh Hòa", "Xã, phường, đặc khu": "Phường Nha Trang" };
const parent = (name) => ({
  "Họ, chữ đệm, tên": name,
  "Ngày sinh": "01/02/1995",
  "Dân tộc": "Kinh",
  "Quốc tịch": "Việt Nam",
  "Nơi cư trú": HOME,
});
const ANSWERS = {
  "nguoi-yeu-cau": { "Người yêu cầu": { "Nơi cư trú": HOME, "Quan hệ với trẻ": "Mẹ" } },
  "tre-em": {
    "Người được khai sinh": {
      "Họ, chữ đệm, tên": "Nguyễn Ví Dụ Mẫu",
      "Giới tính": "Nữ",
      "Ngày sinh": BORN,
      "Sinh tại": "Cơ sở y tế",
      "Tên cơ sở y tế": "Bệnh viện Ví Dụ",
      "Dân tộc": "Kinh",
      "Quốc tịch": "Việt Nam",
      "Quê quán": "Phường Nha Trang, tỉnh Khánh Hòa",
    },
  },
  "cha-me": {
    Mẹ: parent("Trần Thị Ví Dụ"),
    "Khai thông tin về cha": "Có",
    Cha: parent("Nguyễn Văn Mẫu"),
    "Cha mẹ có đăng ký kết hôn": "Có",
  },
  "bao-hiem": { "Nơi đăng ký khám chữa bệnh ban đầu": "Trạm y tế Ví Dụ", "Nhận thẻ bằng": "Thẻ điện tử" },
  "dang-ky": {
    "Số bản sao cần cấp": "1",
    "Tôi cam đoan nội dung khai là đúng sự thật và chịu trách nhiệm trước pháp luật": true,
  },
};

await openBrowser();
const offered = await accounts();
const citizen = offered.find(({ name }) => name.endsWith("mức định danh 2"));
const applicant = citizen.name.split(",")[0];

after(closeBrowser);

const desk = (position, agency, title) => officer(offered, position, agency, { title, width: 1280 });

test("a dossier with a supplement and a joint part, from the phone to the signed result", async () => {
  const phone = await visit({ width: 390 });
  const code = await file(phone);

  const [reception, specialist] = [await desk("motcua", WARD), await desk("chuyenvien", WARD, "Tư pháp - Hộ tịch")];
  await take(reception, code, "Tiếp nhận hồ sơ");
  await press(reception, "Tiếp nhận", `**/mot-cua/ho-so/${code}`);
  await askForSupplement(specialist, code);
  await answer(phone, code);
  await propose(specialist, code);

  const [leader, clerk] = [await desk("lanhdao", WARD), await desk("vanthu", WARD)];
  await take(leader, code, "Ký giấy khai sinh");
  await whenReady(leader, "Ký");
  await picture(leader, "desk-signing");
  await signed(leader, code, "Ký giấy khai sinh");
  await issued(clerk, code, "Cấp số, đóng dấu");

  // The certificate is there, the card is not: the dossier is not finished.
  await phone.goto(`/ho-so/${code}`);
  await assertState(phone, "Đang xử lý");
  await jointPart(offered, code, INSURANCE);

  await take(reception, code, "Trả giấy khai sinh và thẻ bảo hiểm y tế");
  await pressWhenReady(reception, "Đã trao kết quả");
  await resultsOf(phone, code);
  await lookUp(await visit({ width: 390 }), code, "Đã trả kết quả");
});

test("signing in, finding, filing and looking up without JavaScript", async () => {
  const page = await visit({ width: 390, javaScript: false });
  await findProcedure(page);
  await signIn(page);
  await begin(page);
  const [name, answers] = Object.entries(ANSWERS)[0];
  await fillIn(page.locator("main form"), answers);
  await assertReadable(page);
  await press(page, "Lưu và tiếp tục", (address) => !address.pathname.endsWith(name));

  const reception = await desk("motcua", WARD);
  await reception.goto("/mot-cua/ho-so");
  const row = reception.locator("tr[data-row]").first();
  const [code, state] = [await row.locator("td.num a").innerText(), await row.locator(".tag").innerText()];
  await lookUp(await visit({ width: 390, javaScript: false }), code, state);
});

/// The way from the home page to the code of the dossier.
async function file(page) {
  await page.goto("/");
  await picture(page, "phone-home");
  await findProcedure(page);
  await signIn(page);
  await begin(page);
  for (const [name, answers] of Object.entries(ANSWERS)) {
    await page.waitForURL(`**/trang/${name}`);
    await fillIn(page.locator("main form"), answers);
    if (name === "tre-em") await picture(page, "phone-form");
    await sound(page);
    await press(page, "Lưu và tiếp tục", (address) => !address.pathname.endsWith(name));
  }

  await choose(page, "Giấy chứng sinh", "giay-chung-sinh.pdf", "application/pdf", pdf("Giay chung sinh mau"));
  await choose(page, MARRIAGE, "ket-hon.png", "image/png", PNG);
  await sound(page);
  await press(page, "Lưu và tiếp tục", "**/kiem-tra");
  await sound(page);
  return sendTwice(page);
}

async function findProcedure(page) {
  await page.goto("/");
  await page.fill("#q", WORDS_WITHOUT_MARKS);
  await page.press("#q", "Enter");
  await page.getByRole("link", { name: PROCEDURE, exact: true }).click();
  await page.getByRole("heading", { name: PROCEDURE, level: 1 }).waitFor();
  await picture(page, "phone-procedure");
  await assertReadable(page);
  await page.getByRole("button", { name: "Nộp hồ sơ" }).click();
}

/// From the guide to the first page of the form.
async function begin(page) {
  await page.getByLabel("Cơ quan nhận hồ sơ").selectOption({ label: RECEIVING });
  await page.locator("form[action^='/nop-ho-so/'] button").click();
  await page.waitForURL("**/trang/*");
}

async function signIn(page) {
  await page.fill("#login", citizen.login);
  await page.fill("#password", citizen.password);
  await page.press("#password", "Enter");
  await page.waitForURL("**/nop-ho-so/*");
}

async function choose(page, paper, name, mimeType, buffer) {
  await page.getByLabel(new RegExp(`^(Chọn|Thêm) tệp: ${paper}$`)).setInputFiles({ name, mimeType, buffer });
}

/// Sends the form from two windows, as somebody does who thinks that the first press was lost: one dossier comes of it.
async function sendTwice(page) {
  const before = await filed(page);
  const again = await page.context().newPage();
  await again.goto(page.url());
  await press(page, "Gửi hồ sơ", "**/da-gui");
  await sound(page);
  const code = await page.locator(".govuk-panel__body .num").innerText();
  assert.match(code, /^H32\.103-\d{6}-\d{4,}$/);
  await press(again, "Gửi hồ sơ", `**/ho-so/${code}/da-gui`);
  await again.close();
  assert.deepEqual(await filed(page), [code, ...before]);
  return code;
}

/// Codes of the newest dossiers of the citizen.
async function filed(page) {
  const window = await page.context().newPage();
  await window.goto("/ho-so");
  const links = await window.$$eval("main td a[href^='/ho-so/']", (links) => links.map(({ pathname }) => pathname));
  await window.close();
  return links.map((path) => path.split("/").at(-1));
}

async function askForSupplement(page, code) {
  await page.goto("/viec");
  await picture(page, "inbox");
  await take(page, code, "Thẩm tra, ghi sổ hộ tịch");
  await page.getByText("Yêu cầu bổ sung", { exact: true }).click();
  await page.getByLabel(MARRIAGE, { exact: true }).check();
  await page.getByLabel("Cần sửa hoặc bổ sung gì").filter({ visible: true }).fill(NOTE);
  await page.getByLabel("Lý do", { exact: true }).fill("Giấy tờ nộp kèm chưa đọc được.");
  await press(page, "Gửi yêu cầu bổ sung", `**/mot-cua/ho-so/${code}`);
  await sound(page);
}

async function answer(page, code) {
  await page.goto(`/ho-so/${code}`);
  await assertState(page, "Chờ bổ sung");
  await picture(page, "phone-dossier-waiting", true);
  await sound(page);
  await page.getByRole("button", { name: "Gửi bổ sung" }).click();
  await page.getByText(NOTE).waitFor();
  await choose(page, MARRIAGE, "ket-hon-ro.pdf", "application/pdf", pdf("Giay chung nhan ket hon mau"));
  await sound(page);
  await press(page, "Gửi bổ sung", `**/ho-so/${code}`);
  await assertState(page, "Đang xử lý");
}

/// Proposes in one window; another that still shows the step says that it is over.
async function propose(page, code) {
  await take(page, code, "Thẩm tra, ghi sổ hộ tịch");
  await page.getByRole("link", { name: "ket-hon-ro.pdf" }).waitFor();
  const stale = await page.context().newPage();
  await stale.goto(page.url());
  await page.getByLabel("Ý kiến").fill("Đủ điều kiện đăng ký khai sinh.");
  await press(page, "Trình kết quả", `**/mot-cua/ho-so/${code}`);
  const [refused] = await Promise.all([
    stale.waitForResponse((response) => response.request().method() === "POST"),
    stale.getByRole("button", { name: "Trình kết quả", exact: true }).click(),
  ]);
  assert.equal(refused.status(), 409);
  await stale.getByText("Bước này đã được xử lý xong trong khi trang đang mở. Xin xem lại hồ sơ.").waitFor();
  await sound(stale);
  await stale.close();
}

/// Each result has the leader's signature and the agency's seal.
async function resultsOf(page, code) {
  await page.goto(`/ho-so/${code}`);
  await assertState(page, "Đã trả kết quả");
  await sound(page);
  const results = page.locator("section:has(#results) a");
  assert.deepEqual(await results.allInnerTexts(), ["Giấy khai sinh", "Thẻ bảo hiểm y tế"]);
  for (const link of await results.all()) {
    const answer = await page.request.get(await link.getAttribute("href"));
    assert.equal(answer.status(), 200);
    const paper = await answer.body();
    assert.equal(paper.toString("latin1", 0, 5), "%PDF-");
    assert.deepEqual(signatures(paper), ["KyCaNhan", "KyCoQuan"], await link.innerText());
  }
  await page.setViewportSize({ width: 1280, height: 844 });
  await picture(page, "dossier");
  await page.goto("/");
  await picture(page, "home");
}

async function lookUp(page, code, state) {
  await page.goto("/tra-cuu");
  await page.getByLabel("Tra cứu hồ sơ").fill(code.toLowerCase());
  await page.getByRole("button", { name: "Tra cứu", exact: true }).click();
  await assertState(page, state);
  assert.ok(!(await page.innerText("body")).includes(applicant), "a look-up without an account shows a name");
  await assertReadable(page);
}

/// A picture of the window, or of the whole page, for the documentation.
async function picture(page, name, fullPage = false) {
  if (!process.env.TINHSO_PICTURES) return;
  mkdirSync(PICTURES, { recursive: true });
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => window.scrollTo(0, 0));
  await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage });
}
