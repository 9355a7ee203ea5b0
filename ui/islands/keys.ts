const SWITCH = "tinhso-keys";

/**
 * One-letter shortcuts on a list of work: j and k move, Enter opens the focused link, n takes the work, / searches.
 *
 * Inside the root: rows carry `data-row`, their taking button `data-take`; a button `data-keys-switch` turns the
 * shortcuts off and on (WCAG 2.1.4), with its two labels in `data-on` and `data-off`.
 */
export function keys(root: HTMLElement): void {
  const toggle = root.querySelector<HTMLButtonElement>("[data-keys-switch]");
  let enabled = recall() !== "off";

  const rows = (): HTMLElement[] => [...root.querySelectorAll<HTMLElement>("[data-row]")];
  const current = (): number => rows().findIndex((row) => row.contains(document.activeElement));

  const move = (step: number): void => {
    const list = rows();
    const next = list[Math.min(Math.max(current() + step, 0), list.length - 1)];
    next?.querySelector<HTMLElement>("a[href]")?.focus();
    next?.scrollIntoView({ block: "nearest" });
  };

  const actions: Record<string, () => void> = {
    j: () => move(1),
    k: () => move(-1),
    n: () => rows()[current()]?.querySelector<HTMLElement>("[data-take]")?.click(),
    "/": () => document.querySelector<HTMLElement>("input[type=search], [data-search]")?.focus(),
  };

  const showSwitch = (): void => {
    if (!toggle) return;
    toggle.hidden = false;
    toggle.textContent = (enabled ? toggle.dataset.off : toggle.dataset.on) ?? "";
    toggle.setAttribute("aria-pressed", String(enabled));
  };

  toggle?.addEventListener("click", () => {
    enabled = !enabled;
    remember(enabled ? "on" : "off");
    showSwitch();
  });
  showSwitch();

  const listen = (event: KeyboardEvent): void => {
    if (!root.isConnected) {
      document.removeEventListener("keydown", listen);
      return;
    }
    const action = actions[event.key];
    if (!enabled || !action || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    event.preventDefault();
    action();
  };
  document.addEventListener("keydown", listen);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

// A browser that refuses storage throws on the first touch; the switch then lasts as long as the page.
function recall(): string | null {
  try {
    return localStorage.getItem(SWITCH);
  } catch {
    return null;
  }
}

function remember(state: string): void {
  try {
    localStorage.setItem(SWITCH, state);
  } catch {
    return;
  }
}
