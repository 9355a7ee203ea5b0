// The islands come first: if an old browser cannot run htmx, they still work.
import { formConditional } from "./islands/form-conditional";
import { hide } from "./islands/hide";
import { keys } from "./islands/keys";
import { live } from "./islands/live";
import { menu } from "./islands/menu";
import { outbox } from "./islands/outbox";
import { upload } from "./islands/upload";
import { Button, createAll, ErrorSummary, NotificationBanner, SkipLink } from "govuk-frontend";
import "htmx.org/dist/htmx.esm.js";

const islands: Record<string, (root: HTMLElement) => void> = { hide, keys, live, map, menu, outbox, upload };
const mounted = new WeakSet<HTMLElement>();

/** The library of maps is larger than everything else together, so only pages with a map load it. */
async function map(root: HTMLElement): Promise<void> {
  const island = (await import(MAP_SCRIPT)) as typeof import("./islands/map");
  await island.map(root);
}

function mount(scope: Document | Element): void {
  for (const root of scope.querySelectorAll<HTMLElement>("[data-island]")) {
    const start = islands[root.dataset.island ?? ""];
    if (start && !mounted.has(root)) {
      mounted.add(root);
      start(root);
    }
  }
  formConditional(scope);
  for (const component of [Button, ErrorSummary, NotificationBanner, SkipLink]) {
    createAll(component, undefined, { scope, onError });
  }
}

/** What was not swapped has its components already; anything else that goes wrong is told. */
function onError(error: unknown): void {
  if (!(error instanceof Error && error.message.includes("already initialised"))) console.error(error);
}

document.body.classList.add("js-enabled", "govuk-frontend-supported");
mount(document);
for (const event of ["htmx:after:swap", "tinhso:swapped"]) {
  document.addEventListener(event, () => mount(document));
}
