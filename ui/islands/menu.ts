/** A `<details>` menu that also closes on Escape and when the person moves elsewhere. */
export function menu(root: HTMLElement): void {
  if (!(root instanceof HTMLDetailsElement)) return;
  const summary = root.querySelector("summary");

  const close = (): void => {
    root.open = false;
  };

  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && root.open) {
      close();
      summary?.focus();
    }
  });
  root.addEventListener("focusout", (event) => {
    // A click on plain text moves focus to nothing; only a focus that lands outside closes the menu.
    if (event.relatedTarget instanceof Node && !root.contains(event.relatedTarget)) close();
  });
  document.addEventListener("click", (event) => {
    if (event.target instanceof Node && !root.contains(event.target)) close();
  });
}
