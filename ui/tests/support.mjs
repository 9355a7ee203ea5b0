// What every browser test needs: the browser, visitors of each kind, and what holds on every page.

import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { chromium } from "playwright-core";

export const WIDTHS = [390, 1280];

const STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/// The first words of keys: a key begins with the name of its crate.
const OWNERS = ["platform", "systems"].flatMap((folder) => {
  const above = join(import.meta.dirname, "../..", folder);
  return readdirSync(above).filter((name) => existsSync(join(above, name, "texts")));
});

const base = process.env.TINHSO_URL;
let browser;

export async function openBrowser() {
  browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

export async function closeBrowser() {
  await browser.close();
}

/// A browser window of one person; `account` as the page of signing in offers it, none for a stranger.
export async function visit({ width = 1280, javaScript = true, language = "vi", account = null } = {}) {
  const context = await browser.newContext({
    baseURL: base,
    viewport: { width, height: 844 },
    javaScriptEnabled: javaScript,
    locale: language === "vi" ? "vi-VN" : "en-GB",
  });
  const page = await context.newPage();
  if (language === "en") await page.goto("/ngon-ngu/en?ve=/");
  if (account) {
    await page.goto("/dang-nhap");
    await page.fill("#login", account.login);
    await page.fill("#password", account.password);
    await Promise.all([page.waitForNavigation(), page.press("#password", "Enter")]);
    assert.notEqual(new URL(page.url()).pathname, "/dang-nhap", `${account.name} cannot sign in`);
  }
  return page;
}

/// The demo accounts in the order offered: { group, name, login, password }.
export async function accounts() {
  const page = await visit();
  await page.goto("/dang-nhap");
  const offered = await page.$$eval("main form:has(input[type=hidden][name=login])", (forms) =>
    forms.map((form) => ({
      group: form.closest("table").caption.textContent.trim(),
      name: form.querySelector("button span").textContent.trim(),
      login: form.elements.login.value,
      password: form.elements.password.value,
    })),
  );
  await page.context().close();
  return offered;
}

/// The window of an officer of the agency; `title` is a part of the position's.
export async function officer(offered, position, agency, { title = "", width = 390, ...wanted } = {}) {
  const holds = ({ login, name }) => login.startsWith(position) && login.endsWith(`@${agency}`) && name.includes(title);
  const account = offered.findLast(holds);
  assert.ok(account, `${position} of ${agency} has no account`);
  return visit({ width, account, ...wanted });
}

/// Where the menus of the page lead.
export async function menu(page) {
  const links = await page.$$eval("header a[href], nav.side a[href]", (links) =>
    links.map((a) => a.getAttribute("href")),
  );
  const own = links.filter((href) => href.startsWith("/") && !href.startsWith("/ngon-ngu/"));
  return [...new Set(own)];
}

/// Opens an address and asks of it what holds for every page.
export async function open(page, path) {
  const complaints = [];
  const complain = (message) => message.type() === "error" && complaints.push(message.text());
  page.on("console", complain);
  const answer = await page.goto(path);
  assert.equal(answer.status(), 200, `${path} answers ${answer.status()}`);
  await assertReadable(page);
  assert.deepEqual(complaints, [], "the browser complains");
  page.off("console", complain);
}

/// What holds for every page: one heading, no wider than the window, all words in a language.
export async function assertReadable(page) {
  assert.equal(await page.locator("h1").count(), 1, "one main heading");
  const width = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  assert.ok(width[0] <= width[1], `the page is ${width[0]} px wide in a window of ${width[1]} px`);
  const words = await page.innerText("body");
  assert.doesNotMatch(
    words,
    new RegExp(`\\b(?!sign-in)(?:${OWNERS.join("|")})-[a-z]`),
    "a key of a text stands on the page",
  );
}

/// What holds for every page and for every reader of it.
export async function sound(page) {
  await assertReadable(page);
  await assertAccessible(page);
}

/// Every barrier that axe finds on the page, by WCAG 2.2 A and AA.
export async function assertAccessible(page) {
  const { violations } = await new AxeBuilder({ page }).withTags(STANDARD).analyze();
  const told = violations.flatMap(({ id, help, nodes }) =>
    nodes.filter(({ html }) => !isPin(id, html)).map(({ html }) => `${id}: ${help}: ${html}`),
  );
  assert.deepEqual(told, []);
}

/// Pins lie where their places are, however close: WCAG 2.5.8 exempts them, and a table beside the map says the same.
const isPin = (rule, html) => rule === "target-size" && html.includes("leaflet-marker-icon");
