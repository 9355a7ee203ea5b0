// The desk looks ahead: lists narrowed, who has what and when, what will be late, what was filed online, and the register.

import { after, test } from "node:test";
import assert from "node:assert/strict";
import { fileBirth } from "./births.mjs";
import { WIDTHS, accounts, closeBrowser, officer, openBrowser, sound, visit } from "./support.mjs";

const WARD = "h32.103";

await openBrowser();
const offered = await accounts();
const citizens = offered.filter(({ name }) => name.endsWith("mức định danh 2"));
after(closeBrowser);

for (const width of WIDTHS) {
  test(`a list is narrowed, and an empty one says what to drop, at ${width} px`, async () => {
    const page = await officer(offered, "motcua", WARD, { width });
    await page.goto("/mot-cua/ho-so");
    await page.getByText("Lọc theo thủ tục, lĩnh vực, cách nộp").click();
    await page.getByLabel("Cách nộp").selectOption({ label: "Qua bưu chính công ích" });
    await page.getByLabel("Lĩnh vực").selectOption({ index: 1 });
    await page.getByRole("button", { name: "Tìm" }).click();
    await page.getByRole("link", { name: "Đã trễ hạn", exact: true }).click();
    await sound(page);
    assert.match(
      page.url(),
      /linh-vuc=.*cach-nop=post|cach-nop=post.*linh-vuc=/,
      "what is wanted stands in the address",
    );
    await page.getByText("Bỏ bớt một điều kiện").waitFor();
    await page.getByRole("link", { name: "Bỏ Cách nộp: Qua bưu chính công ích" }).click();
    await sound(page);
    assert.doesNotMatch(page.url(), /cach-nop/);
    await page.goto("/mot-cua/ho-so?han=tre");
    await sound(page);
    const rows = await page.locator("tr[data-row]").count();
    assert.equal(await page.locator("tr[data-row].late").count(), rows, "only what is late");
  });

  test(`a leader sees who has what, and each figure opens its steps, at ${width} px`, async () => {
    const page = await officer(offered, "lanhdao", WARD, { width });
    await page.goto("/mot-cua/khoi-luong");
    await sound(page);
    assert.equal(await page.locator("svg.bars rect.track").count(), 9);
    const figure = page
      .getByRole("row", { name: /^Cả cơ quan/ })
      .getByRole("link")
      .first();
    const said = Number((await figure.innerText()).split(":").at(-1));
    await figure.click();
    await sound(page);
    assert.equal(await page.locator("tbody tr").count(), Math.min(said, 50));
    await page.goto("/mot-cua/xin-loi");
    await sound(page);
  });

  test(`what is filed online waits for its answer, at ${width} px`, async () => {
    const citizen = citizens[WIDTHS.indexOf(width)];
    const phone = await visit({ width: 390, account: citizen });
    const code = await fileBirth(phone, citizen.login);
    const page = await officer(offered, "motcua", WARD, { width });
    await page.goto("/mot-cua/kiem-tra-truc-tuyen");
    await sound(page);
    const row = page.locator("tr", { hasText: code });
    await row.locator("svg.left").waitFor();
    await row.getByRole("link").click();
    await page.waitForURL(`**/mot-cua/ho-so/${code}`);
  });

  test(`the register is read, printed and taken along, at ${width} px`, async () => {
    const page = await officer(offered, "motcua", WARD, { width });
    await page.goto("/mot-cua/so-theo-doi?tu=2026-01-01&den=2026-12-31");
    await sound(page);
    await page.getByRole("link", { name: "Bản in" }).click();
    await page.getByText("Mẫu số 07").waitFor();
    await sound(page);
  });
}
