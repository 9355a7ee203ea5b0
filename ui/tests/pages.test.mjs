// Every page of every menu: for strangers, and for one demo account of each kind.

import { after, test } from "node:test";
import assert from "node:assert/strict";
import { WIDTHS, accounts, assertAccessible, closeBrowser, menu, open, openBrowser, visit } from "./support.mjs";

await openBrowser();
const offered = await accounts();
const oneOfEach = [...new Map([...offered].reverse().map((account) => [account.group, account])).values()].reverse();
const visitors = [
  { name: "a stranger", account: null },
  ...oneOfEach.map((account) => ({ name: account.name, account })),
];

after(closeBrowser);

test("the demo offers accounts of citizens and of officers", () => {
  assert.ok(oneOfEach.length >= 2, JSON.stringify(offered));
});

for (const { name, account } of visitors) {
  for (const width of WIDTHS) {
    test(`${name} at ${width} px`, async (t) => {
      const page = await visit({ width, account });
      await page.goto("/");
      for (const path of await menu(page)) {
        await t.test(path, async () => {
          await open(page, path);
          await assertAccessible(page);
        });
      }
      await page.context().close();
    });
  }
  for (const language of ["vi", "en"]) {
    test(`${name} without JavaScript, in ${language}`, async (t) => {
      const page = await visit({ javaScript: false, language, account });
      await page.goto("/");
      for (const path of await menu(page)) {
        await t.test(path, async () => {
          await open(page, path);
          assert.equal(await page.getAttribute("html", "lang"), language);
        });
      }
      await page.context().close();
    });
  }
}
