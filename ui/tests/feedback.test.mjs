// A hole in the road, from a phone without an account to the answer everybody reads, and back to the desk when it was no help.

import { after, test } from "node:test";
import assert from "node:assert/strict";
import { press } from "./filing.mjs";
import { photograph } from "./papers.mjs";
import { accounts, closeBrowser, officer, openBrowser, sound, visit } from "./support.mjs";

const DESK = "/phan-anh-xu-ly";
const WARD = "h32.103";
const SAID = "Ổ gà sâu trước nhà anh Ba Ví Dụ";
const PUBLIC = "Ổ gà sâu giữa đường";
const ANSWER = "Đã vá mặt đường sáng nay.";
const STILL = "Mưa một trận lại hỏng.";
/// What a camera writes beside the picture.
const CAMERA = "MAY ANH VI DU 12.2459 109.1952";

await openBrowser();
const offered = await accounts();
after(closeBrowser);

test("a report is sent, handed on, answered, read by everybody and reopened, on a phone", async () => {
  const phone = await visit({ width: 390 });
  const { code, receipt } = await sent(phone);
  assert.equal((await phone.goto(`/phan-anh/${code}`)).status(), 404, "nothing is public before the desk has read it");

  const desk = await officer(offered, "motcua", WARD);
  await desk.goto(`${DESK}/${code}`);
  await desk.getByLabel("Nội dung công khai", { exact: true }).fill(PUBLIC);
  await desk.getByRole("checkbox", { name: "Ảnh phản ánh 1" }).check();
  await desk.getByLabel("Công khai phản ánh này").check();
  await sound(desk);
  await press(desk, "Tiếp nhận và chuyển xử lý", `**${DESK}/${code}`);

  const specialist = await officer(offered, "chuyenvien", WARD);
  await answered(specialist, code);
  const leader = await officer(offered, "lanhdao", WARD);
  await leader.goto(`${DESK}/${code}`);
  await sound(leader);
  await press(leader, "Duyệt và công khai", `**${DESK}/${code}`);

  await readByEverybody(code);
  await reopened(phone, receipt);
  await specialist.goto("/viec");
  await specialist.getByText(code).first().waitFor();
  await specialist.goto(`${DESK}/${code}`);
  await specialist.getByText(STILL).first().waitFor();
  await specialist.getByLabel("Trả lời", { exact: true }).waitFor();
  await sound(specialist);
});

test("a phone without JavaScript reports by the name of the ward", async () => {
  const page = await visit({ width: 390, javaScript: false });
  await page.goto("/phan-anh/gui");
  await page.getByLabel("Phản ánh về việc gì?").selectOption({ label: "Đèn đường hỏng" });
  await page.getByLabel("Nội dung", { exact: true }).fill("Ba cột đèn không sáng");
  await page.getByLabel("Xã, phường, đặc khu").selectOption({ label: "phường Nha Trang" });
  await press(page, "Gửi phản ánh", "**/phan-anh/da-gui/PA-*");
  await page.getByText("Ủy ban nhân dân phường Nha Trang đọc trong").waitFor();
});

test("the desk joins reports of one matter and takes one out again, on a phone", async () => {
  const codes = [];
  for (const words of ["Ngập trước chợ Ví Dụ", "Nước ngập cả chợ Ví Dụ"]) {
    const page = await visit({ width: 390, javaScript: false });
    await page.goto("/phan-anh/gui");
    await page.getByLabel("Phản ánh về việc gì?").selectOption({ label: "Việc khác ngoài hiện trường" });
    await page.getByLabel("Nội dung", { exact: true }).fill(words);
    await page.getByLabel("Xã, phường, đặc khu").selectOption({ label: "phường Nha Trang" });
    await press(page, "Gửi phản ánh", "**/phan-anh/da-gui/PA-*");
    codes.push(page.url().match(/PA-\d+-\d+/)[0]);
  }
  const [lead, other] = codes;
  const desk = await officer(offered, "motcua", WARD);
  await desk.goto(`${DESK}/${lead}`);
  await desk.getByRole("link", { name: /^Gộp các phản ánh cùng việc/ }).click();
  await desk.getByRole("checkbox", { name: new RegExp(other) }).check();
  await sound(desk);
  await press(desk, "Gộp các phản ánh đã chọn", `**${DESK}/${lead}`);
  await desk.goto(`${DESK}/${other}`);
  await desk.getByText("Được gộp và trả lời chung tại").waitFor();
  await sound(desk);
  await desk.goto(`${DESK}?gop=co`);
  await desk.getByText("Cùng một chuyện: 2 phản ánh").first().waitFor();
  await sound(desk);
  await desk.goto(`${DESK}/${lead}`);
  await desk.getByRole("link", { name: "Cùng một chuyện: 2 phản ánh" }).click();
  await desk.getByRole("checkbox", { name: new RegExp(other) }).check();
  await sound(desk);
  await press(desk, "Tách các phản ánh đã chọn", `**${DESK}/${lead}/da-gop`);
  await desk.getByText("Chưa có phản ánh nào được gộp.").waitFor();
});

test("what nobody should see is hidden with one stroke, and with a tap where there is no script", async () => {
  const { code } = await sent(await visit({ width: 390 }), "Biển báo, đèn tín hiệu hỏng");
  const desk = await officer(offered, "motcua", WARD);
  await desk.goto(`${DESK}/${code}`);
  await desk.getByRole("link", { name: "Che mặt, biển số" }).click();
  await sound(desk);
  const picture = desk.locator("input[type=image]");
  await picture.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await picture.boundingBox();
  await desk.mouse.move(x + width * 0.2, y + height * 0.2);
  await desk.mouse.down();
  await desk.mouse.move(x + width * 0.4, y + height * 0.4, { steps: 4 });
  await desk.mouse.move(x + width * 0.6, y + height * 0.5, { steps: 4 });
  await desk.mouse.up();
  await desk.getByText("đã che 1 chỗ").waitFor();
  assert.deepEqual(await dark(desk), [true, false]);

  const plain = await officer(offered, "motcua", WARD, { javaScript: false });
  await plain.goto(desk.url());
  await plain.locator("input[type=image]").click({ position: { x: width * 0.8, y: height * 0.8 } });
  await plain.getByText("đã che 2 chỗ").waitFor();
  await sound(desk);
  await desk.reload();
  assert.deepEqual(await dark(desk), [true, true]);
});

test("what was written without a connection is kept on the phone and sent once", async () => {
  const page = await visit({ width: 390 });
  await page.goto("/phan-anh/gui");
  await page.getByLabel("Phản ánh về việc gì?").selectOption({ label: "Tiếng ồn" });
  await page.getByLabel("Nội dung", { exact: true }).fill("Loa kẹo kéo suốt đêm");
  const buffer = await photograph(page, CAMERA);
  await page.getByLabel("Ảnh (nếu có)").setInputFiles({ name: "loa.jpg", mimeType: "image/jpeg", buffer });
  await page.getByLabel("Xã, phường, đặc khu").selectOption({ label: "phường Nha Trang" });
  await page.context().setOffline(true);
  const send = page.getByRole("button", { name: "Gửi phản ánh", exact: true });
  await send.click();
  await page.getByText("Chưa gửi – sẽ gửi khi có mạng.").waitFor();
  await sound(page);
  const told = page.waitForResponse((answer) => answer.url().includes("/phan-anh/da-gui/"));
  await page.context().setOffline(false);
  const receipt = (await told).url();
  await page.getByText(/^Đã gửi lúc \d\d:\d\d/).waitFor();
  await sound(page);
  // Whoever sends once more is given the receipt of the same report; the button itself lets a second press of one second pass.
  await send.evaluate((button) => button.form.requestSubmit(button));
  await page.waitForURL(receipt);
  await page.getByRole("img", { name: "Ảnh phản ánh" }).evaluate((image) => image.decode());
  // The connection breaks while it is sent, and the tab is closed.
  await page.goto("/phan-anh/gui");
  await page.getByLabel("Phản ánh về việc gì?").selectOption({ label: "Tiếng ồn" });
  await page.getByLabel("Nội dung", { exact: true }).fill("Lại loa kẹo kéo");
  await page.getByLabel("Xã, phường, đặc khu").selectOption({ label: "phường Nha Trang" });
  await page.route("**/phan-anh/gui", (route) => route.abort());
  await send.click();
  await page.getByText("Chưa gửi – sẽ gửi khi có mạng.").waitFor();
  await page.close();
  const next = await page.context().newPage();
  await next.goto("/phan-anh/gui");
  await next.getByText(/^Đã gửi lúc/).waitFor();
  await next.getByRole("link", { name: "Xem biên nhận" }).click();
  await next.getByText("Lại loa kẹo kéo").waitFor();
});

test("a video that would be refused is let go before it is sent, with advice", async () => {
  const page = await visit({ width: 390 });
  await page.goto("/phan-anh/gui");
  const video = page.getByLabel("Video ngắn (nếu có)");
  await video.evaluate((input) => {
    const chosen = new DataTransfer();
    chosen.items.add(new File([new Uint8Array(300_000_000)], "dai.mp4", { type: "video/mp4" }));
    input.files = chosen.files;
    input.dispatchEvent(new Event("change"));
  });
  await page.getByText("Video lớn hơn 60 MB nên chưa gửi được.").waitFor();
  assert.equal(await video.evaluate((input) => input.files.length), 0);
  await sound(page);
});

/// Whether the picture is filled in the middle of the stroke, and where it was tapped.
async function dark(page) {
  return page.locator("input[type=image]").evaluate(async (input) => {
    const image = new Image();
    image.src = input.src;
    await image.decode();
    const context = document.createElement("canvas").getContext("2d");
    context.canvas.width = image.naturalWidth;
    context.canvas.height = image.naturalHeight;
    context.drawImage(image, 0, 0);
    return [
      [0.4, 0.35],
      [0.8, 0.8],
    ].map(([x, y]) =>
      context
        .getImageData(x * image.naturalWidth, y * image.naturalHeight, 1, 1)
        .data.slice(0, 3)
        .every((part) => part < 16),
    );
  });
}

/// Gives the code, and the address by which whoever sent it comes back.
async function sent(page, kind = "Ổ gà, hư hỏng mặt đường") {
  await page.goto("/phan-anh/gui");
  await page.getByLabel("Phản ánh về việc gì?").selectOption({ label: kind });
  await page.getByLabel("Nội dung", { exact: true }).fill(SAID);
  const buffer = await photograph(page, CAMERA);
  await page.getByLabel("Ảnh (nếu có)").setInputFiles({ name: "duong.jpg", mimeType: "image/jpeg", buffer });
  await page.locator(".map.leaflet-container").click();
  await page.getByText(/^Đã chọn 1\d\.\d+, 10\d\.\d+/).waitFor();
  await page.getByLabel("Xã, phường, đặc khu").selectOption({ label: "phường Nha Trang" });
  await sound(page);
  await press(page, "Gửi phản ánh", "**/phan-anh/da-gui/PA-*");
  await page.getByText("Ủy ban nhân dân phường Nha Trang đọc trong").waitFor();
  await sound(page);
  const receipt = page.url();
  assert.match(receipt, /[?]khoa=[0-9a-f]+/);
  return { code: receipt.match(/PA-\d+-\d+/)[0], receipt };
}

/// Whoever works on it takes it at the desk, and ends it in the street.
async function answered(page, code) {
  await page.goto(`${DESK}/${code}`);
  await press(page, "Nhận xử lý", `**${DESK}/${code}`);
  await page.getByRole("link", { name: "Làm tại chỗ bằng điện thoại" }).click();
  await page.getByLabel("Đã làm gì").fill(ANSWER);
  const buffer = await photograph(page, CAMERA);
  const after = { name: "sau.jpg", mimeType: "image/jpeg", buffer };
  await page.getByLabel("Chụp ảnh sau khi xử lý").setInputFiles(after);
  await sound(page);
  await page.getByRole("button", { name: "Đã xong, trình duyệt", exact: true }).click();
  await page.getByText("Đã trình lãnh đạo duyệt.").waitFor();
  await sound(page);
}

async function readByEverybody(code) {
  const page = await visit({ width: 390 });
  await page.goto(`/phan-anh?tim=${code}`);
  await page.getByRole("link", { name: code }).click();
  for (const words of [PUBLIC, ANSWER, "Đã trả lời", "Đúng hạn"]) await page.getByText(words).first().waitFor();
  assert.doesNotMatch(await page.innerText("main"), /anh Ba Ví Dụ/, "what the desk took out stays at the desk");
  for (const name of ["Ảnh phản ánh", "Ảnh trước khi xử lý", "Ảnh sau khi xử lý"]) {
    const picture = page.getByRole("img", { name, exact: true });
    await picture.evaluate((image) => image.decode());
    const answer = await page.request.get(await picture.getAttribute("src"));
    assert.ok(!(await answer.body()).includes(CAMERA), "what the camera noted is gone");
  }
  await sound(page);
  await page.goto("/phan-anh/thong-ke");
  await sound(page);
}

async function reopened(page, receipt) {
  await page.goto(receipt);
  await page.getByText(ANSWER).waitFor();
  await sound(page);
  await page.getByText("Việc chưa xong, mở lại phản ánh").click();
  await page.getByLabel("Vì sao cần xử lý lại?").fill(STILL);
  await press(page, "Mở lại", receipt);
  await page.getByText("Đã mở lại.").waitFor();
  await page.getByText("Đang xử lý").first().waitFor();
  await sound(page);
}
