// What does not go straight: papers asked for twice, and an applicant who takes a paid dossier back.

import { after, test } from "node:test";
import assert from "node:assert/strict";
import { accept, askToPay, fileBirth, pay } from "./births.mjs";
import { assertState, take } from "./desk.mjs";
import { press } from "./filing.mjs";
import { appears } from "./outside.mjs";
import { pdf } from "./papers.mjs";
import { accounts, closeBrowser, officer, openBrowser, sound, visit } from "./support.mjs";

const WARD = "h32.103";
const PAPER = "Giấy chứng sinh";
const STEP = "Thẩm tra, ghi sổ hộ tịch";

await openBrowser();
const offered = await accounts();
const citizens = offered.filter(({ name }) => name.endsWith("mức định danh 2"));
after(closeBrowser);

test("a second request for papers is warned of, and both stand on the applicant's page", async () => {
  const phone = await visit({ width: 390, account: citizens[2] });
  const code = await fileBirth(phone, citizens[2].login);
  await accept(offered, code, WARD);
  const specialist = await officer(offered, "chuyenvien", WARD, { title: "Tư pháp - Hộ tịch" });
  for (const [turn, reason] of ["Ảnh mờ.", "Thiếu dấu của cơ sở y tế."].entries()) {
    await take(specialist, code, STEP);
    await specialist.locator("#viec summary").getByText("Yêu cầu bổ sung", { exact: true }).click();
    const warning = specialist.getByText("yêu cầu thêm bị tính là trễ hạn");
    assert.equal(await warning.count(), turn, "the second request is warned of, the first is not");
    await specialist.getByLabel(PAPER, { exact: true }).check();
    await specialist.getByLabel("Cần sửa hoặc bổ sung gì").filter({ visible: true }).fill(reason);
    await specialist.getByLabel("Lý do", { exact: true }).fill(reason);
    await sound(specialist);
    await press(specialist, "Gửi yêu cầu bổ sung", `**/mot-cua/ho-so/${code}`);
    await phone.goto(`/ho-so/${code}`);
    await assertState(phone, "Chờ bổ sung");
    await phone.getByRole("button", { name: "Gửi bổ sung" }).click();
    await phone
      .getByLabel(new RegExp(`^(Chọn|Thêm) tệp: ${PAPER}$`))
      .setInputFiles({ name: `lan-${turn + 1}.pdf`, mimeType: "application/pdf", buffer: pdf(`Lan ${turn + 1}`) });
    await press(phone, "Gửi bổ sung", `**/ho-so/${code}`);
    await assertState(phone, "Đang xử lý");
  }
  for (const reason of ["Ảnh mờ.", "Thiếu dấu của cơ sở y tế."]) await phone.getByText(reason).first().waitFor();
  await sound(phone);
});

test("a paid dossier is taken back, and the money goes back", async () => {
  const phone = await visit({ width: 390, account: citizens[3] });
  const code = await fileBirth(phone, citizens[3].login);
  const reception = await accept(offered, code, WARD);
  await askToPay(reception, code);
  const charge = await pay(phone, code);

  await phone.getByRole("link", { name: "Rút hồ sơ" }).click();
  await sound(phone);
  await press(phone, "Rút hồ sơ", `**/ho-so/${code}`);
  await assertState(phone, "Đang xin rút");
  await reception.goto(`/mot-cua/ho-so/${code}`);
  await sound(reception);
  await press(reception, "Đồng ý cho rút", `**/mot-cua/ho-so/${code}`);
  await assertState(reception, "Dừng xử lý");

  const desk = `/thanh-toan-xu-ly/${charge.split("/").at(-1)}`;
  const clerk = await officer(offered, "vanthu", WARD);
  await clerk.goto(desk);
  await appears(clerk, () => clerk.locator("main .tag").filter({ hasText: "Chờ hoàn tiền" }));
  await sound(clerk);
  await clerk.getByLabel("Số chứng từ hoàn tiền").fill("HT-2026-0001");
  await press(clerk, "Đã hoàn tiền", `**${desk}`);
  await assertState(clerk, "Đã hoàn tiền");
  await phone.goto(charge);
  await assertState(phone, "Đã hoàn tiền");
  await sound(phone);
  await phone.goto("/thong-bao");
  await phone.getByText("Đã hoàn 16.000").first().waitFor();
});
