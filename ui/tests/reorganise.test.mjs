// A ward ends while a dossier is under way: the plan is looked at and carried out in the browser, and another ward goes on.

import { after, test } from "node:test";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assertState, pressWhenReady, take } from "./desk.mjs";
import { press } from "./filing.mjs";
import { accounts, closeBrowser, officer, openBrowser, sound, visit } from "./support.mjs";

const ENDS = { code: "H32.101", name: "Ủy ban nhân dân phường Bắc Nha Trang" };
const HEIR = { code: "H32.103", name: "Ủy ban nhân dân phường Nha Trang", login: "h32.103" };
const TITLE = "Phương án minh họa: nhập hai phường";
const SECONDS = 120;

await openBrowser();
const offered = await accounts();
const citizens = offered.filter(({ name }) => name.includes("mức định danh"));
after(closeBrowser);

test("a dossier lives through the reorganisation of its agency", async () => {
  const before = await officer(offered, "motcua", ENDS.code.toLowerCase());
  const sent = await openDossier(before, "Mới nộp");
  const ready = await openDossier(before, "Có kết quả");
  const today = await before.evaluate(() => new Date().toLocaleDateString("en-CA", { timeZone: "Asia/Ho_Chi_Minh" }));
  propose(today);

  const administrator = await officer(offered, "quantri", "h32");
  await administrator.goto("/quan-tri/to-chuc-lai");
  await sound(administrator);
  await administrator.getByRole("link", { name: TITLE }).click();
  await administrator.getByText("Còn 1 cơ quan chưa rõ ai tiếp nhận").waitFor();
  await sound(administrator);
  await administrator.getByLabel(`Mã cơ quan tiếp nhận của ${ENDS.name}`).fill(HEIR.code);
  await press(administrator, `Chọn ${ENDS.name}`, "**/to-chuc-lai/*");
  await administrator.getByRole("link", { name: "Tất cả 1" }).click();
  await sound(administrator);
  await press(administrator, "Thực hiện", "**/to-chuc-lai/*");
  await until(administrator, () => administrator.getByText("1 trên 1 cơ quan"));
  await sound(administrator);

  // The applicant reads who goes on, under the same code.
  const phone = await visit({ width: 390, account: citizens.find((one) => one.name.startsWith(`${ready.name},`)) });
  await phone.goto(`/ho-so/${ready.code}`);
  await until(phone, () => phone.getByText("Cơ quan tiếp nhận nhiệm vụ giải quyết tiếp"));
  await assertState(phone, "Có kết quả");
  await sound(phone);

  // The heir has the work in its inbox and goes on: it accepts the one and hands out the result of the other.
  const desk = await officer(offered, "motcua", HEIR.login);
  await take(desk, sent.code, "Tiếp nhận hồ sơ");
  await press(desk, "Tiếp nhận", `**/mot-cua/ho-so/${sent.code}`);
  await assertState(desk, "Đã tiếp nhận");
  await take(desk, ready.code, "Trả");
  await sound(desk);
  await pressWhenReady(desk, "Đã trao kết quả");
  await phone.goto(`/ho-so/${ready.code}`);
  await assertState(phone, "Đã trả kết quả");
  await phone.goto(`/co-quan/${ENDS.code}`);
  await phone.getByText("Công việc nay do cơ quan sau giải quyết").waitFor();
});

/// The ward's newest dossier in a state, and whose it is.
async function openDossier(page, state) {
  await page.goto("/mot-cua/ho-so");
  await page.getByRole("link", { name: state, exact: true }).click();
  const row = page.locator("tr[data-row]", { hasText: new RegExp(`${ENDS.code}-\\d{6}-\\d{4}`) }).first();
  await row.locator("td.num a").click();
  await page.waitForURL(/\/mot-cua\/ho-so\/[^/?]+$/);
  const [code, name] = (await page.locator("main p:has(.tag)").first().innerText()).split("·");
  const person = citizens.find((one) => name.trim().startsWith(one.name.split(",")[0]));
  return { code: code.trim(), name: person.name.split(",")[0] };
}

function propose(today) {
  const file = join(mkdtempSync(join(tmpdir(), "tinhso-plan-")), "plan.toml");
  writeFileSync(
    file,
    `title = "${TITLE}"\non = "${today}"\nbasis = "Dữ liệu minh họa"\n\n[[end]]\nagency = "${ENDS.code}"\n`,
  );
  const place = JSON.parse(process.env.TINHSO_PLACE);
  assert.throws(
    () =>
      execFileSync(process.env.TINHSO_BIN, ["reorganise", file, "--preview", ...place], {
        encoding: "utf8",
        stdio: "pipe",
      }),
    ({ stdout }) => stdout.includes(`undecided: ${ENDS.code}`) && stdout.includes("1 undecided, 0 moved"),
  );
}

async function until(page, what) {
  for (let second = 0; second < SECONDS && !(await what().count()); second++) {
    await page.waitForTimeout(1000);
    await page.reload();
  }
  await what().first().waitFor({ timeout: 1000 });
}
