// A joint birth filing, as several tests need one: filed on a phone, accepted, paid for.

import { take } from "./desk.mjs";
import { Finger, fillEmpty, forward, press } from "./filing.mjs";
import { appears, toGateway } from "./outside.mjs";
import { pdf } from "./papers.mjs";
import { officer, sound } from "./support.mjs";

const CODE = "2.002621";
const RECEIVING = "Ủy ban nhân dân phường Nha Trang";
const BORN = new Date(Date.now() - 10 * 24 * 3600 * 1000).toLocaleDateString("en-GB");

/// What is entered where nothing is known yet: by the whole name of the field, else by its last part.
const ANSWERS = {
  agency: RECEIVING,
  relation: "Mẹ",
  "child.full_name": "Nguyễn Ví Dụ Liên Thông",
  sex: "Nữ",
  "child.birth_date": BORN,
  birth_place_kind: "Cơ sở y tế",
  facility: "Bệnh viện Ví Dụ",
  ethnic_group: "Kinh",
  nationality: "Việt Nam",
  hometown: "Phường Nha Trang, tỉnh Khánh Hòa",
  "mother.full_name": "Trần Thị Ví Dụ",
  "father.full_name": "Nguyễn Văn Mẫu",
  birth_date: "01/02/1995",
  id_number: "",
  province: "Tỉnh Khánh Hòa",
  commune: "Phường Nha Trang",
  detail: "Số 1 đường Ví Dụ",
  father_known: "Có",
  parents_married: "Không",
  with: "Mẹ",
  head_name: "Trần Thị Ví Dụ",
  relation_to_head: "Con",
  insurance_facility: "Trạm y tế Ví Dụ",
  card_delivery: "Bản điện tử",
  copies: "2",
  commitment: true,
  phone: "0950000001",
  email: "vidu@example.vn",
};

/// Gives the code of the dossier; `number` is an identity number that the form accepts, `receiving` the name of a ward.
export async function fileBirth(page, number, receiving = RECEIVING) {
  const finger = new Finger(page);
  const answers = (name) =>
    (name.endsWith("head_id_number") ? number : null) ?? ANSWERS[name] ?? ANSWERS[name.split(".").at(-1)];
  await page.goto(`/nop-ho-so/${CODE}`);
  await page.getByLabel("Cơ quan nhận hồ sơ").selectOption({ label: receiving });
  await forward(finger, page.locator("form[action^='/nop-ho-so/'] button"));
  while (/\/trang\//.test(page.url())) {
    await fillEmpty(finger, page.locator("main form"), answers);
    await sound(page);
    await forward(finger, page.getByRole("button", { name: "Lưu và tiếp tục", exact: true }));
  }
  await page
    .getByLabel("Chọn tệp: Giấy chứng sinh")
    .setInputFiles({ name: "giay-chung-sinh.pdf", mimeType: "application/pdf", buffer: pdf("Giay chung sinh mau") });
  await press(page, "Lưu và tiếp tục", "**/kiem-tra");
  await press(page, "Gửi hồ sơ", "**/da-gui");
  return page.locator(".govuk-panel__body .num").innerText();
}

/// The ward's desk accepts it; gives its window.
export async function accept(offered, code, ward) {
  const reception = await officer(offered, "motcua", ward);
  await take(reception, code, "Tiếp nhận hồ sơ");
  await press(reception, "Tiếp nhận", `**/mot-cua/ho-so/${code}`);
  return reception;
}

/// Copies are asked to be paid for.
export async function askToPay(page, code) {
  await page.getByText("Nghĩa vụ tài chính", { exact: true }).click();
  for (const fee of await page.locator("input[name=fees]").all()) await fee.uncheck();
  await page.getByLabel("Nghĩa vụ tài chính khác").fill("16.000");
  await page.getByLabel("Nộp cho việc gì").fill("Hai bản sao trích lục khai sinh");
  await press(page, "Yêu cầu thực hiện nghĩa vụ tài chính", `**/mot-cua/ho-so/${code}`);
}

/// The applicant pays through the gateway; gives the address of the charge.
export async function pay(page, code) {
  await page.goto(`/ho-so/${code}`);
  await appears(page, () => page.getByRole("button", { name: "Thanh toán", exact: true }));
  await page.getByRole("button", { name: "Thanh toán", exact: true }).click();
  await page.waitForURL("**/thanh-toan/*");
  const charge = new URL(page.url()).pathname;
  await toGateway(page, charge);
  await press(page, "Trả tiền", `**${charge}`);
  await page.getByText("Đã nộp", { exact: true }).waitFor();
  await page.goto(`/ho-so/${code}`);
  await appears(page, () => page.locator("main .tag").filter({ hasText: "Đang xử lý" }));
  return charge;
}
