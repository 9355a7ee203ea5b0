/**
 * A page that goes on by itself: every `data-seconds` it is asked for again, and each part marked `data-live` that has
 * changed is put in its place. What did not change stays, so a screen reader says only what is new.
 *
 * Without a script the page reloads itself; one that nobody looks at is not asked for.
 */
export function live(root: HTMLElement): void {
  const pause = Number(root.dataset.seconds) * 1000;

  const look = async (): Promise<void> => {
    if (document.visibilityState === "visible") await renew(root).catch(() => undefined);
    if (root.isConnected) setTimeout(() => void look(), pause);
  };
  setTimeout(() => void look(), pause);
}

async function renew(root: HTMLElement): Promise<void> {
  const answer = await fetch(location.href, { headers: { accept: "text/html" } });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of root.querySelectorAll<HTMLElement>("[data-live]")) {
    const fresh = page.querySelector<HTMLElement>(`[data-live="${part.dataset.live ?? ""}"]`);
    if (fresh && fresh.innerHTML !== part.innerHTML) part.innerHTML = fresh.innerHTML;
  }
}
