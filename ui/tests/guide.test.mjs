// Somebody who does not know what a procedure is called is asked, and led to what they need.

import { after, test } from "node:test";
import assert from "node:assert/strict";
import { closeBrowser, openBrowser, sound, visit } from "./support.mjs";

await openBrowser();
after(closeBrowser);

for (const javaScript of [true, false])
  test(`questions lead from the first page to a form${javaScript ? "" : ", without JavaScript"}`, async () => {
    const page = await visit({ width: 390, javaScript });
    await page.goto("/");
    await page.getByRole("link", { name: "Chưa biết cần làm thủ tục nào" }).click();
    await page.waitForURL("**/huong-dan");
    if (javaScript) await sound(page);
    await page.getByRole("link", { name: "Gia đình mới có em bé" }).click();
    for (const [question, answer] of [
      ["Bé đã có giấy khai sinh chưa?", "Chưa"],
      ["Cha mẹ của bé đã đăng ký kết hôn chưa?", "Đã đăng ký kết hôn"],
      ["Có muốn nhập hộ khẩu", "Có, làm cả ba việc"],
    ]) {
      await page.getByRole("heading", { level: 1, name: question }).waitFor();
      if (javaScript) await sound(page);
      await page.getByRole("link", { name: answer, exact: true }).click();
    }
    await page.getByRole("heading", { name: "Thủ tục cần làm" }).waitFor();
    if (javaScript) await sound(page);
    assert.equal(await page.locator("main tbody tr").count(), 1);
    await page.getByRole("link", { name: /Nộp hồ sơ/ }).waitFor();

    // Who changes an answer is asked from there on.
    await page.getByRole("link", { name: "Đổi Cha mẹ của bé đã đăng ký kết hôn chưa?" }).click();
    await page.getByRole("link", { name: "Chưa, người cha muốn đứng tên trên giấy khai sinh" }).click();
    assert.equal(await page.locator("main tbody tr").count(), 2, "two procedures, in their order");
  });
