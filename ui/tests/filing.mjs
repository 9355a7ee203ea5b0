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

/// One finger on a screen, and how often it came down.
export class Finger {
  taps = 0;

  constructor(page) {
    this.page = page;
  }

  async click(target) {
    this.taps++;
    await target.click();
  }

  async enter(field, text) {
    this.taps++;
    await field.fill(text);
  }

  async choose(field, label) {
    this.taps++;
    await field.selectOption({ label });
  }

  async hold(field, name, mimeType, buffer) {
    this.taps++;
    await field.setInputFiles({ name, mimeType, buffer });
  }
}

/// Every field that is shown and empty; a form shows more once something is answered.
export async function fillEmpty(finger, form, answers) {
  const told = { fields: 0, known: 0 };
  const seen = new Set();
  for (let more = true; more;) {
    more = false;
    for (const name of await shown(form)) {
      if (seen.has(name)) continue;
      seen.add(name);
      more = true;
      told.fields++;
      const field = form.locator(`[name="${name}"]`);
      if (await filled(field)) told.known++;
      else await answer(finger, form, field, answers(name), name);
    }
  }
  return told;
}

/// Names of the fields in a form that can be seen, each once.
async function shown(form) {
  const names = await form
    .locator("input:not([type=hidden]):not([type=file]), select, textarea")
    .evaluateAll((fields) =>
      fields.filter((field) => field.closest(".govuk-form-group")?.offsetParent).map(({ name }) => name),
    );
  return [...new Set(names)].filter((name) => name);
}

async function filled(field) {
  return field.evaluateAll((all) =>
    all.some((one) => (["radio", "checkbox"].includes(one.type) ? one.checked : one.value !== "")),
  );
}

async function answer(finger, form, field, given, name) {
  assert.ok(given !== undefined, `nothing to enter at ${name}`);
  const kind = await field.first().evaluate(({ type }) => type);
  if (kind === "select-one") await finger.choose(field, given);
  else if (kind === "radio") await finger.click(await labelled(form, name, given));
  else if (kind === "checkbox")
    await finger.click(form.locator(`label:has(+ [name="${name}"]), [name="${name}"] + label`));
  else await finger.enter(field, given);
}

async function labelled(form, name, text) {
  for (const one of await form.locator(`[name="${name}"]`).all()) {
    const label = form.locator(`label[for="${await one.getAttribute("id")}"]`);
    if ((await label.innerText()).trim() === text) return label;
  }
  throw new Error(`${name} has no choice ${text}`);
}

/// Presses what leads on, and waits until it has.
export async function forward(finger, button) {
  const page = finger.page;
  const before = page.url();
  await finger.click(button);
  await page
    .waitForURL((address) => address.href !== before)
    .catch(async (error) => {
      throw new Error(await page.innerText("main"), { cause: error });
    });
  assert.equal(await page.locator(".govuk-error-summary").count(), 0, await page.innerText("main"));
}
