// What crossed the border stands beside what the others have of it.

import { after, test } from "node:test";
import { accounts, closeBrowser, officer, openBrowser, sound, visit } from "./support.mjs";

const WARD = "h32.103";

await openBrowser();
const offered = await accounts();
after(closeBrowser);

test("what crossed the border stands beside what the others have of it", async () => {
  const reception = await officer(offered, "motcua", WARD);
  for (const address of [
    "/lien-thong-quoc-gia",
    "/lien-thong-quoc-gia?chua-khop=1",
    "/lien-thong-quoc-gia/tiep-nhan",
  ]) {
    await reception.goto(address);
    await sound(reception);
  }
  const administrator = await visit({
    width: 390,
    account: offered.find(({ login }) => login.startsWith("quantri")),
  });
  await administrator.goto("/quan-tri/doi-soat");
  await administrator.getByRole("heading", { name: "Cổng Dịch vụ công quốc gia" }).waitFor();
  await sound(administrator);
  for (const outcome of ["Khớp", "Chỉ bên kia có"]) {
    const partner = administrator.locator("section").filter({ hasText: "Cổng Dịch vụ công quốc gia" });
    await partner.getByRole("link", { name: outcome, exact: true }).click();
    await sound(administrator);
    await administrator.goto("/quan-tri/doi-soat");
  }
});
