// Other programs report and read by GeoReport v2: the client libraries of open311.py, in JSON and in XML.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { closeBrowser, openBrowser, visit } from "./support.mjs";

let told;
before(async () => {
  const endpoint = new URL("/api/open311/v2", process.env.TINHSO_URL).href;
  const script = join(import.meta.dirname, "open311.py");
  told = JSON.parse(execFileSync(process.env.TINHSO_PYTHON, [script, endpoint], { encoding: "utf8" }));
  await openBrowser();
});
after(closeBrowser);

test("services are the same in both formats and to both libraries", () => {
  assert.ok(told.services.includes("o-ga") && told.services.length > 10);
  for (const { services, definition } of [told.json, told.xml]) {
    assert.deepEqual(services, told.services);
    assert.equal(definition, "o-ga");
  }
});

test("what was posted is read back, and its words wait for the desk", async () => {
  for (const own of [told.own, told.json.own, told.xml.own]) {
    assert.equal(own.service_request_id, told.code);
    assert.equal(own.service_code, "o-ga");
    assert.equal(own.status, "open");
    assert.equal(own.description, undefined);
  }
  const page = await visit({ width: 390 });
  await page.goto(told.notice.match(/https?:\S+/)[0]);
  await page.getByText("Ổ gà sâu giữa đường").first().waitFor();
});

test("what is public reads the same in both formats", () => {
  const { json, xml } = told;
  assert.ok(json.requests.length > 5);
  assert.deepEqual(
    json.requests.map((one) => one.service_request_id),
    xml.requests.map((one) => one.service_request_id),
  );
  assert.deepEqual(json.first, json.requests[0]);
  for (const [name, value] of Object.entries(json.first)) {
    // An empty element of XML is read as none.
    assert.equal(xml.first[name] ?? "", String(value), name);
  }
});
