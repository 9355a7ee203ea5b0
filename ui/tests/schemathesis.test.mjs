// The API, called by what it says of itself: no answer is a failure inside, none is one that it does not name.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { accounts, closeBrowser, openBrowser } from "./support.mjs";

const base = process.env.TINHSO_URL;
const place = JSON.parse(process.env.TINHSO_PLACE);
/// Calls made up for each operation, besides those that its description leads to.
const CALLS = 25;
/// The same calls on every run, so that what fails fails again.
const SEED = process.env.TINHSO_SEED ?? "20251201";

let offered;
before(async () => {
  await openBrowser();
  offered = await accounts();
});
after(closeBrowser);

test("as a citizen", () => judged(({ name }) => name.endsWith("mức định danh 2"), ownDossier));
test("as reception", () => judged(({ login }) => login.startsWith("motcua"), stepInHand));
test("as a leader", () => judged(({ login }) => login.startsWith("lanhdao"), stepInHand));

/// The first of these accounts that has what is to be called with.
async function judged(who, what) {
  for (const account of offered.filter(who)) {
    const created = execFileSync(process.env.TINHSO_BIN, [
      "token",
      "create",
      ...place,
      "--as",
      account.login,
      "--json",
    ]);
    const { token } = JSON.parse(created);
    const found = await what((path) => list(path, token));
    if (found) return judge(token, found);
  }
  assert.fail("no such account of the demo has anything in hand");
}

async function judge(token, { dossier, step }) {
  const schemathesis = spawn(
    process.env.TINHSO_SCHEMATHESIS,
    [
      "--config-file",
      join(import.meta.dirname, "schemathesis.toml"),
      "run",
      new URL("/api/openapi.json", base).href,
      ...["--max-examples", String(CALLS), "--seed", SEED, "--generation-database", "none"],
    ],
    {
      // What it remembers of a run goes with the province.
      cwd: place[place.indexOf("--data") + 1],
      env: { ...process.env, TINHSO_TOKEN: token, TINHSO_DOSSIER: dossier, TINHSO_STEP: step },
    },
  );
  const said = [];
  schemathesis.stdout.on("data", (text) => said.push(text));
  schemathesis.stderr.on("data", (text) => said.push(text));
  const code = await new Promise((ended, failed) => schemathesis.on("close", ended).on("error", failed));
  assert.equal(code, 0, Buffer.concat(said).toString());
  const [, made] = /(\d+) generated/.exec(Buffer.concat(said).toString()) ?? [];
  assert.ok(Number(made) > 300, `only ${made} calls`);
}

async function list(path, token) {
  const answer = await fetch(new URL(path, base), { headers: { Authorization: `Bearer ${token}` } });
  assert.equal(answer.status, 200, path);
  return (await answer.json()).items;
}

async function ownDossier(list) {
  const [dossier] = await list("/api/v1/dossiers");
  // A citizen has no step in hand: any address of one is refused.
  return dossier && { dossier: dossier.code, step: "019a0000-0000-7000-8000-000000000000" };
}

async function stepInHand(list) {
  const [piece] = await list("/api/v1/inbox");
  return piece && { dossier: piece.reference, step: piece.step.id };
}
