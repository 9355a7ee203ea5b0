// An officer who takes what is due first, without choosing.

import { after, test } from "node:test";
import assert from "node:assert/strict";
import { accounts, closeBrowser, officer, openBrowser, sound } from "./support.mjs";

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
