// A person who fills in the declared form of a procedure.

import assert from "node:assert/strict";

/// Fills in fields by what stands beside them: { label: answer }, a group of fields as an object of its own.
export async function fillIn(scope, answers) {
  for (const [label, answer] of Object.entries(answers)) {
    const group = scope.getByRole("group", { name: label, exact: true });
    if (typeof answer === "object") await fillIn(group, answer);
    else if (await group.count()) await group.getByLabel(answer, { exact: true }).check();
    else await fillField(scope.getByLabel(label, { exact: true }), answer);
  }
}

async function fillField(field, answer) {
  const kind = await field.evaluate((element) => element.type);
  if (kind === "select-one") await field.selectOption({ label: answer });
  else if (kind === "checkbox") await field.setChecked(answer);
  else await field.fill(answer);
}

/// Presses a button that sends a form, and waits for the page at the address that comes of it.
export async function press(page, name, address) {
  await page.getByRole("button", { name, exact: true }).click();
  await page.waitForURL(address).catch(async (error) => {
    throw new Error(await page.innerText("main"), { cause: error });
  });
  assert.equal(await page.locator(".govuk-error-summary").count(), 0, await page.innerText("main"));
}
