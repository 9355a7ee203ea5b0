// A province's own staff change a procedure in the browser: looked at on a phone, edited at a desk, published by a second
// person from a day on.

import { after, test } from "node:test";
import assert from "node:assert/strict";
import { press } from "./filing.mjs";
import { accounts, closeBrowser, officer, openBrowser, sound, visit } from "./support.mjs";

const CODE = "1.009994";
const HERE = `/quan-tri/thu-tuc/${CODE}`;

await openBrowser();
const offered = await accounts();
after(closeBrowser);

const tomorrow = (page) =>
  page.evaluate(() => {
    const day = new Date(Date.now() + 24 * 3600 * 1000);
    return day.toLocaleDateString("en-CA", { timeZone: "Asia/Ho_Chi_Minh" });
  });

test("a procedure is previewed, edited, published by a second person and announced", async () => {
  const author = await officer(offered, "quantri", "h32");
  await author.goto(`${HERE}/soan`);
  await sound(author);
  await press(author, "Soạn từ bản đã công bố", `**${HERE}/soan`);
  await author.getByText("Không có lỗi").waitFor();
  await sound(author);

  // Preview on a phone: the page, the process as a picture, the form page by page.
  await author.setViewportSize({ width: 390, height: 844 });
  await author.goto(`${HERE}/xem-truoc`);
  await author.getByRole("img", { name: /Sơ đồ quy trình/ }).waitFor();
  await sound(author);
  await author.getByRole("button", { name: "Xem trước biểu mẫu" }).click();
  await author.getByText("Trang 1 trên 3").waitFor();
  await sound(author);
  await author.getByRole("button", { name: "Tiếp tục" }).click();
  await author.getByRole("alert").waitFor();
  await sound(author);

  // Editor on a wide screen: a fee, a question, a step.
  await author.setViewportSize({ width: 1280, height: 900 });
  await author.goto(`${HERE}/soan/phi`);
  await author.getByLabel("Trực tuyến", { exact: true }).fill("nhiều");
  await author.getByRole("button", { name: "Lưu" }).first().click();
  await author.getByText("Nhập một số nguyên").first().waitFor();
  await sound(author);
  await author.getByLabel("Trực tuyến", { exact: true }).fill("40000");
  await author.getByRole("button", { name: "Lưu" }).first().click();
  await author.getByText("Đã lưu lần 2").waitFor();
  await sound(author);
  await author.goto(`${HERE}/soan/bieu-mau`);
  await author.getByRole("button", { name: "Thêm câu hỏi vào “Thửa đất”" }).click();
  const question = author.getByRole("region", { name: "Mục mới" });
  await question.getByLabel("Câu hỏi").fill("Mặt tiền");
  await author.getByRole("button", { name: "Lưu" }).first().click();
  await author.getByText("Đã lưu lần 3").waitFor();
  await sound(author);
  await author.goto(`${HERE}/soan/so-sanh`);
  await author.getByText("Trực tuyến 37.500 đ → 40.000 đ").waitFor();
  await author.getByText("Thêm: Mặt tiền").waitFor();
  await sound(author);

  // Who wrote it does not publish it.
  await author.goto(`${HERE}/soan`);
  await press(author, "Gửi duyệt", `**${HERE}/soan`);
  await author.getByText("không tự công bố").waitFor();
  assert.equal(await author.getByRole("button", { name: "Công bố" }).count(), 0);
  await sound(author);

  const second = await officer(offered, "lanhdao", "h32");
  await second.goto(`${HERE}/soan`);
  await second.getByLabel("Có hiệu lực từ ngày").fill(await tomorrow(second));
  await press(second, "Công bố", `**${HERE}/soan`);
  await second.getByText("Đã công bố, có hiệu lực từ").waitFor();
  await sound(second);

  // The portal says from when; dossiers under way stand where they stood.
  const visitor = await visit({ width: 390 });
  await visitor.goto(`/thu-tuc/${CODE}`);
  await visitor.getByText("thủ tục theo bản mới").waitFor();
  await sound(visitor);
  await second.goto(`${HERE}/chuyen`);
  await second.getByRole("heading", { name: "Hồ sơ đang ở đâu" }).waitFor();
  await sound(second);
});

test("rows are added, moved and taken away without JavaScript", async () => {
  const page = await officer(offered, "quantri", "h32", { javaScript: false });
  await page.goto("/quan-tri/thu-tuc-soan/moi");
  await page.getByLabel("Mã thủ tục").fill("xac-nhan-mau");
  await page.getByLabel("Tên thủ tục").fill("Xác nhận mẫu");
  await page.getByRole("button", { name: "Bắt đầu soạn" }).click();
  await page.getByText("Thiếu một mục bắt buộc").first().waitFor();
  await page.goto("/quan-tri/thu-tuc/xac-nhan-mau/soan/giay-to");
  for (const name of ["Tờ khai", "Ảnh"]) {
    await page.getByRole("button", { name: "Thêm", exact: true }).click();
    const row = page.getByRole("region", { name: "Mục mới" }).last();
    await row.getByLabel("Giấy tờ", { exact: true }).fill(name);
    await row.getByLabel("Mã", { exact: true }).fill(name === "Ảnh" ? "anh" : "to-khai");
  }
  await page.getByRole("button", { name: "Lưu" }).first().click();
  await page.getByText("Đã lưu lần 2").waitFor();
  await page.getByRole("button", { name: "Lên Ảnh" }).click();
  await page.getByRole("button", { name: "Bỏ Tờ khai" }).click();
  await page.getByRole("button", { name: "Lưu" }).first().click();
  await page.getByText("Đã lưu lần 3").waitFor();
  assert.equal(await page.getByRole("region", { name: "Tờ khai" }).count(), 0);
  await page.getByRole("region", { name: "Ảnh" }).waitFor();
});
