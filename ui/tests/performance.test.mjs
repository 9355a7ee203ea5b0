// Figures: everybody sees how the province serves; an officer opens a figure, its dossiers, one of them, and takes the table along.

import { after, test } from "node:test";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { WIDTHS, accounts, assertAccessible, assertReadable, closeBrowser, openBrowser, visit } from "./support.mjs";

const RECEIVED = "Tiếp nhận trong kỳ";

await openBrowser();
const offered = await accounts();
after(closeBrowser);

for (const width of WIDTHS) {
  test(`everybody sees the points of each group beside their picture, at ${width} px`, async () => {
    const page = await visit({ width });
    await page.goto("/ket-qua-phuc-vu");
    await sound(page);
    const picture = page.getByRole("img", { name: /Tiến độ giải quyết/ });
    assert.equal(await picture.locator("rect.track").count(), 6);
    await page.getByRole("cell", { name: "Chưa có nguồn số liệu" }).first().waitFor();
    for (const group of ["Theo lĩnh vực", "Theo thủ tục"]) {
      await page.getByRole("link", { name: group }).click();
      await sound(page);
    }
    const { table, csv } = await download(page, page.getByRole("link", { name: "CSV" }).first());
    assert.equal(table[0][0], "Chỉ số");
    assert.match(csv, /2\.1 Hồ sơ giải quyết trước hạn và đúng hạn/);
  });

  test(`a figure opens its dossiers, and a dossier its page, at ${width} px`, async () => {
    const leader = offered.find(({ login }) => login.startsWith("lanhdao") && login.endsWith("h32.103"));
    const page = await visit({ width, account: leader });
    await page.goto("/thong-ke");
    await sound(page);
    const said = Number(await figure(page, RECEIVED).innerText());
    assert.ok(said > 0, "the demo has dossiers");

    for (const tab of ["Theo lĩnh vực", "Theo thủ tục", "Theo cơ quan"]) {
      await page.getByRole("link", { name: tab }).click();
      await sound(page);
      const { table } = await download(page, page.getByRole("link", { name: "CSV" }));
      const column = table[0].indexOf(RECEIVED);
      const sum = table.slice(1).reduce((all, row) => all + Number(row[column]), 0);
      assert.equal(sum, said, `${tab}: the file adds up to ${sum}, the page says ${said}`);
    }

    await figure(page, RECEIVED).click();
    await sound(page);
    let listed = 0;
    const first = page.getByRole("rowheader").first();
    const code = await first.innerText();
    const beginning = page.url();
    for (;;) {
      listed += await page.getByRole("rowheader").count();
      const next = page.getByRole("link", { name: "Trang sau" });
      if (!(await next.count())) break;
      await next.click();
    }
    assert.equal(listed, said);
    await page.goto(beginning);
    await page.getByRole("link", { name: code }).click();
    await page.waitForURL(`**/mot-cua/ho-so/${code}`);
    assert.equal(await page.locator("h1").count(), 1);
  });
}

/// The figure above these words.
function figure(page, words) {
  return page.locator(".fig li").filter({ hasText: words }).getByRole("link");
}

async function sound(page) {
  await assertReadable(page);
  await assertAccessible(page);
}

/// What a link gives as a file: its lines, each in its cells. No cell of these tables holds a quotation mark.
async function download(page, link) {
  const waiting = page.waitForEvent("download");
  await link.click();
  const csv = readFileSync(await (await waiting).path(), "utf8");
  const cells = (line) => [...line.matchAll(/("[^"]*"|[^,]*)(?:,|$)/g)].map(([, cell]) => cell.replaceAll('"', ""));
  const table = csv.trimEnd().split("\n").map(cells);
  return { table, csv };
}
