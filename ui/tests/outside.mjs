// What a demo plays of the outside: the payment gateway and the carrier.

import { press } from "./filing.mjs";
import { sound } from "./support.mjs";

const SECONDS = 60;

/// Looks again until what the worker makes is there.
export async function appears(page, what) {
  for (let second = 0; second < SECONDS && !(await what().count()); second++) {
    await page.waitForTimeout(1000);
    await page.reload();
  }
  await what().first().waitFor();
}

export async function toGateway(page, charge) {
  await press(page, "Thanh toán trực tuyến", `**${charge}`);
  await sound(page);
  await page.getByRole("button", { name: "Tới cổng thanh toán" }).click();
  await page.waitForURL("**/cong-thanh-toan-minh-hoa?*");
}

/// The carrier of the demo goes on with an order, once it has it.
export async function carry(page, order, step) {
  await page.goto("/buu-chinh-minh-hoa");
  await sound(page);
  const button = () =>
    page.locator("section.card").filter({ hasText: order }).getByRole("button", { name: step, exact: true });
  await appears(page, button);
  await button().click();
  await page.waitForURL("**/buu-chinh-minh-hoa");
}
