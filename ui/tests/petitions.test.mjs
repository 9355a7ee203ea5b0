// What voters said in three places, from the table of a clerk to the approved answer and the report for the meeting.

import { after, test } from "node:test";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { press } from "./filing.mjs";
import { accounts, closeBrowser, officer, openBrowser, sound, visit } from "./support.mjs";

const DESK = "/kien-nghi-cu-tri-xu-ly";
const OFFICE = "h32.01";
const WARD = "h32.103";
const MEETING = "Kỳ họp thứ 21, HĐND tỉnh khóa VIII";
const ANSWER = "Đã sửa xong đường liên thôn Ví Dụ.";

await openBrowser();
const offered = await accounts();
after(closeBrowser);

test("a table is imported, petitions are joined, assigned, answered and reported, on a phone", async () => {
  const clerk = await officer(offered, "vanthu", OFFICE);
  await meeting(clerk);
  const [first, second] = await imported(clerk);

  const desk = await officer(offered, "motcua", OFFICE);
  await classified(desk, first);
  await joined(desk, second, first);

  const head = await officer(offered, "truongphong", OFFICE);
  await head.goto(`${DESK}/${first}`);
  await head.getByLabel("Cơ quan giải quyết").selectOption({ label: "Ủy ban nhân dân phường Nha Trang" });
  await sound(head);
  await press(head, "Giao giải quyết", `**${DESK}/${first}`);

  await answered(await officer(offered, "chuyenvien", WARD), first);
  const leader = await officer(offered, "lanhdao", WARD);
  await leader.goto(`${DESK}/${first}`);
  await sound(leader);
  await press(leader, "Duyệt và công khai", `**${DESK}/${first}`);

  await readByEverybody(first, second);
  await reported(clerk);
});

async function meeting(page) {
  await page.goto(`${DESK}/ky-hop/them`);
  await page.getByLabel("Cơ quan họp").selectOption({ label: "Hội đồng nhân dân tỉnh" });
  await page.getByLabel("Kỳ họp thứ").fill("21");
  await page.getByLabel("Tên kỳ họp").fill(MEETING);
  await page.getByLabel("Ngày khai mạc").fill("2026-12-08");
  await sound(page);
  await press(page, "Thêm kỳ họp", `**${DESK}/ky-hop`);
}

/// Fills in nothing but what the page gives out, and gives the codes of the two that are alike.
async function imported(page) {
  await page.goto(`${DESK}/nhap`);
  const waiting = page.waitForEvent("download");
  await page.getByRole("link", { name: "Tải bảng mẫu" }).click();
  const table = await (await waiting).path();
  await page.getByLabel("Kỳ họp", { exact: true }).selectOption({ label: MEETING });
  const mimeType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
  await page.getByLabel("Tệp").setInputFiles({ name: "kien-nghi.docx", mimeType, buffer: readFileSync(table) });
  await sound(page);
  await press(page, "Đọc tệp", `**${DESK}/nhap/*-*`);
  await page.getByText("1", { exact: true }).first().waitFor();
  await sound(page);
  await page.getByLabel("Trong tệp: Thôn Ví Dụ").selectOption({ label: "phường Nha Trang" });
  await press(page, "Nhập các kiến nghị này", (address) => address.pathname === DESK);
  await page.getByText("Đã nhập 3 kiến nghị.").waitFor();
  const codes = await page.$$eval("main td a[href*='/KN-']", (links) => links.map((link) => link.textContent.trim()));
  assert.equal(codes.length, 3);
  return codes.sort();
}

async function classified(page, code) {
  await page.goto(`${DESK}/${code}`);
  await page.getByLabel("Đề nghị giao").selectOption({ label: "Ủy ban nhân dân phường Nha Trang" });
  await sound(page);
  await press(page, "Phân loại, công khai", `**${DESK}/${code}`);
}

async function joined(page, code, into) {
  await page.goto(`${DESK}/${code}`);
  await page.getByText(new RegExp(`Giống ${into} ở mức \\d+ %`)).waitFor();
  await page.getByText("Gộp vào kiến nghị khác", { exact: true }).click();
  await sound(page);
  await press(page, `Gộp vào ${into}`, `**${DESK}/${code}`);
  await page.getByText("Được gộp và trả lời chung tại").waitFor();
}

async function answered(page, code) {
  await page.goto(`${DESK}/${code}`);
  await press(page, "Nhận giải quyết", `**${DESK}/${code}`);
  await page.getByLabel("Kết quả").selectOption({ label: "Đang giải quyết" });
  await page.getByLabel("Trả lời", { exact: true }).fill(ANSWER);
  await page.getByLabel("Mốc 1: việc").fill("Sửa 2 km");
  await page.getByLabel("Mốc 1: xong ngày").fill("2030-12-31");
  await sound(page);
  await press(page, "Trình duyệt", `**${DESK}/${code}`);
}

async function readByEverybody(code, joined) {
  const page = await visit({ width: 390 });
  await page.goto(`/kien-nghi-cu-tri?tim=${code}`);
  await page.getByRole("link", { name: code }).click();
  for (const words of [ANSWER, "Sửa 2 km", "Nêu tại 2 địa phương", "Đã trả lời"]) {
    await page.getByText(words).first().waitFor();
  }
  assert.doesNotMatch(await page.innerText("main"), /Cử tri thôn Ví Dụ/, "who said it stays at the desk");
  await sound(page);
  const answer = await page.goto(`/kien-nghi-cu-tri/${joined}`);
  assert.equal(answer.status(), 404, "what was joined unread is not public");
  await page.goto("/kien-nghi-cu-tri/thong-ke");
  await sound(page);
}

async function reported(page) {
  await page.goto(`${DESK}/ky-hop`);
  await sound(page);
  for (const [kind, beginning] of [
    ["PDF", "%PDF-"],
    ["DOCX", "PK"],
  ]) {
    const waiting = page.waitForEvent("download");
    await page.getByRole("link", { name: `Báo cáo ${kind}, ${MEETING}` }).click();
    const file = readFileSync(await (await waiting).path());
    assert.ok(file.subarray(0, beginning.length).toString() === beginning, `a report as ${kind}`);
  }
}
