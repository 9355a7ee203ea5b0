// A ward ends while a dossier is under way: the plan is looked at and carried out in the browser, and another ward goes on.

import { after, test } from "node:test";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { accept, fileBirth } from "./births.mjs";
import { assertState, issued, signed, take, whenReady } from "./desk.mjs";
import { press } from "./filing.mjs";
import { appears } from "./outside.mjs";
import { accounts, closeBrowser, officer, openBrowser, sound, visit } from "./support.mjs";

const ENDS = { code: "H32.101", name: "Ủy ban nhân dân phường Bắc Nha Trang", login: "h32.101" };
const HEIR = { code: "H32.103", name: "Ủy ban nhân dân phường Nha Trang", login: "h32.103" };
const TITLE = "Phương án minh họa: nhập hai phường";

await openBrowser();
const offered = await accounts();
const citizen = offered.filter(({ name }) => name.endsWith("mức định danh 2"))[4];
after(closeBrowser);

test("a dossier lives through the reorganisation of its agency", async () => {
  const phone = await visit({ width: 390, account: citizen });
  const [sent, drawn] = [
    await fileBirth(phone, citizen.login, ENDS.name),
    await fileBirth(phone, citizen.login, ENDS.name),
  ];
  await accept(offered, drawn, ENDS.login);
  const before = await officer(offered, "chuyenvien", ENDS.login, { title: "Tư pháp - Hộ tịch" });
  await take(before, drawn, "Thẩm tra, ghi sổ hộ tịch");
  await press(before, "Trình kết quả", `**/mot-cua/ho-so/${drawn}`);
  propose(await before.evaluate(() => new Date().toLocaleDateString("en-CA", { timeZone: "Asia/Ho_Chi_Minh" })));

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
  await appears(administrator, () => administrator.getByText("1 trên 1 cơ quan"));
  await sound(administrator);

  // The applicant reads who goes on, under the same code.
  await phone.goto(`/ho-so/${drawn}`);
  await appears(phone, () => phone.getByText("Cơ quan tiếp nhận nhiệm vụ giải quyết tiếp"));
  await assertState(phone, "Đang xử lý");
  await sound(phone);

  // The heir has the work in its inbox: it accepts the one, and signs the other's result, drawn up anew in its name.
  await accept(offered, sent, HEIR.login);
  const leader = await officer(offered, "lanhdao", HEIR.login);
  await take(leader, drawn, "Ký giấy khai sinh");
  await whenReady(leader, "Ký");
  await sound(leader);
  await signed(leader, drawn, "Ký giấy khai sinh");
  await issued(await officer(offered, "vanthu", HEIR.login), drawn, "Cấp số, đóng dấu");
  await phone.goto(`/co-quan/${ENDS.code}`);
  await phone.getByText("Công việc nay do cơ quan sau giải quyết").waitFor();
});

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
