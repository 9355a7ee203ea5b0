// An officer who takes what is due first, without choosing.

import { after, test } from "node:test";
import assert from "node:assert/strict";
import { accounts, closeBrowser, officer, openBrowser, sound, visit } from "./support.mjs";

const WARD = "h32.103";
const NEXT = "Nhận việc gấp nhất";

await openBrowser();
after(closeBrowser);
const offered = await accounts();

for (const width of [390, 1280])
  test(`work that is due first is taken by one press at ${width} px`, async () => {
    const page = await officer(offered, "motcua", WARD, { width });
    await page.goto("/viec?loc=chua-nhan");
    await sound(page);
    const first = await page.locator("tr[data-row] a").first().getAttribute("href");
    await page.getByRole("button", { name: NEXT }).click();
    await page.waitForURL((url) => url.searchParams.has("buoc"));
    assert.equal(new URL(page.url()).pathname + new URL(page.url()).search, first);
    await page.getByText("Đã nhận việc.").waitFor();
  });

test("work of somebody who is away is with who stands in, and comes back", async () => {
  const here = offered.filter(({ login }) => login.startsWith("chuyenvien") && login.endsWith(`@${WARD}`));
  const away = await visit({ account: here[0], width: 390 });
  await away.goto("/viec?loc=chua-nhan");
  await away.getByRole("button", { name: NEXT }).click();
  await away.waitForURL((url) => url.searchParams.has("buoc"));
  const taken = new URL(away.url()).pathname;

  await away.goto("/vang-mat");
  await sound(away);
  await away.getByRole("button", { name: "Phân công làm thay" }).click();
  await away.getByText("Chọn một người trong danh sách.").first().waitFor();
  await sound(away);
  await away.getByLabel("Ai làm thay").selectOption({ index: 1 });
  const deputyName = (await away.locator("#deputy option").nth(1).textContent()).split(",")[0];
  const today = await away.getByLabel("Từ ngày").inputValue();
  await away.getByLabel("Đến hết ngày").fill(today);
  await away.getByRole("button", { name: "Phân công làm thay" }).click();
  await away.getByText("Đã phân công làm thay.").waitFor();
  await sound(away);

  const account = offered.find(({ name, login }) => name.startsWith(`${deputyName},`) && login.endsWith(`@${WARD}`));
  const deputy = await visit({ account, width: 1280 });
  await deputy.goto("/viec");
  await deputy.getByText(`Bạn làm thay ${here[0].name.split(",")[0]}`).waitFor();
  await sound(deputy);
  await deputy.getByRole("button", { name: /Chuyển sang chức vụ/ }).click();
  await deputy.goto("/viec");
  await deputy.locator(`a[href^="${taken}?"]`).waitFor();
  await sound(deputy);

  await away.getByRole("button", { name: /Kết thúc sau hôm nay/ }).click();
  await away.getByText("Việc này đã kết thúc từ trước.").waitFor();
  await sound(away);
});
