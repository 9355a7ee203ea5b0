// Starts a demo province and opens it in a browser: node tests/run.mjs [--database-url URL] [FILE…]
//
// TINHSO_BIN is the program, TINHSO_SCHEMATHESIS the judge of the API, TINHSO_PYTHON a Python with clients of Open311;
// `cargo xtask test browser` builds the one, installs the others and runs this on both databases.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";

const START_SECONDS = 180;

const { values, positionals } = parseArgs({
  options: { "database-url": { type: "string" } },
  allowPositionals: true,
});
const program = process.env.TINHSO_BIN;
if (!program) throw new Error("TINHSO_BIN does not name the program");

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

async function ready(url, demo) {
  for (let tenths = 0; tenths < START_SECONDS * 10 && demo.exitCode === null; tenths++) {
    const answer = await fetch(new URL("/readyz", url)).catch(() => null);
    if (answer?.ok) return true;
    await sleep(100);
  }
  return false;
}

const folder = mkdtempSync(join(tmpdir(), "tinhso-browser-"));
const url = `http://127.0.0.1:${await freePort()}`;
const logFile = join(folder, "log");
const log = openSync(logFile, "w");
const database = values["database-url"] ? ["--database-url", values["database-url"]] : [];
const place = ["--data", join(folder, "demo"), ...database];
const options = ["demo", "--listen", new URL(url).host, ...place];
const demo = spawn(program, options, { stdio: ["ignore", log, log] });
const ended = once(demo, "exit");
try {
  if (await ready(url, demo)) {
    const here = import.meta.dirname;
    const files = positionals.length
      ? positionals
      : readdirSync(here)
          .filter((name) => name.endsWith(".test.mjs"))
          .map((name) => join(here, name));
    const tests = spawn(
      process.execPath,
      [
        "--test",
        "--test-reporter=spec",
        "--test-concurrency=1",
        "--test-force-exit",
        "--test-timeout=240000",
        ...files,
      ],
      {
        stdio: "inherit",
        env: { ...process.env, TINHSO_URL: url, TINHSO_PLACE: JSON.stringify(place) },
      },
    );
    [process.exitCode] = await once(tests, "exit");
  } else {
    console.log(`the demo is not ready after ${START_SECONDS} seconds, or has ended`);
    process.exitCode = 1;
  }
} finally {
  demo.kill("SIGTERM");
  await ended;
  closeSync(log);
  if (process.exitCode) console.log(readFileSync(logFile, "utf8").split("\n").slice(-40).join("\n"));
  rmSync(folder, { recursive: true, force: true });
}
