// A person who fills in the declared form of a procedure, and the papers that go with it.

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
  await page.waitForURL(address);
  assert.equal(await page.locator(".govuk-error-summary").count(), 0, await page.innerText("main"));
}

/// A paper of one page with a sentence on it.
export function pdf(sentence) {
  const text = `BT /F1 18 Tf 72 720 Td (${sentence}) Tj ET`;
  const objects = [
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
    `<</Length ${text.length}>>\nstream\n${text}\nendstream`,
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
  ];
  const offsets = [];
  let body = "%PDF-1.4\n";
  for (const [index, object] of objects.entries()) {
    offsets.push(`${String(body.length).padStart(10, "0")} 00000 n \n`);
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
  }
  const size = objects.length + 1;
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${offsets.join("")}`;
  return Buffer.from(`${body}${table}trailer\n<</Size ${size}/Root 1 0 R>>\nstartxref\n${body.length}\n%%EOF\n`, "latin1");
}

/// A photograph of one pixel.
export const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
