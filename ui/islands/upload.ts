/**
 * Progress for forms with files, put on the `<form>`: a phone on a slow line must show that something happens.
 *
 * Texts come as attributes: `data-sending` ("… [percent] …") and `data-failed`. The answer is a whole page, as without
 * JavaScript; its `<main>` takes the place of this one. A form without chosen files is sent by the browser itself, unless it has
 * `data-always`: where somebody waits for `tinhso:upload-failed` to keep what could not be sent.
 */
export function upload(form: HTMLElement): void {
  if (!(form instanceof HTMLFormElement)) return;

  for (const input of form.querySelectorAll<HTMLInputElement>("input[data-megabytes]")) refuseTooLarge(input);
  form.addEventListener("submit", (event) => {
    const files = [...form.querySelectorAll<HTMLInputElement>("input[type=file]")];
    const always = "always" in form.dataset;
    if (event.defaultPrevented || (!always && !files.some((input) => input.files?.length))) return;
    event.preventDefault();
    if (form.getAttribute("aria-busy") === "true") return;

    const data = new FormData(form);
    const submitter = (event as SubmitEvent).submitter;
    if (submitter instanceof HTMLButtonElement && submitter.name) data.append(submitter.name, submitter.value);
    send(form, data);
  });
}

/** A file that would be refused is let go before a minute of sending is spent on it. */
function refuseTooLarge(input: HTMLInputElement): void {
  const most = Number(input.dataset.megabytes) * 1_000_000;
  const told = document.createElement("p");
  told.setAttribute("role", "alert");
  told.className = "govuk-error-message";
  input.before(told);
  input.addEventListener("change", () => {
    const tooLarge = [...(input.files ?? [])].some(({ size }) => size > most);
    told.textContent = tooLarge ? (input.dataset.tooLarge ?? "") : "";
    if (tooLarge) input.value = "";
  });
}

function send(form: HTMLFormElement, data: FormData): void {
  const view = progressView(form);
  const request = new XMLHttpRequest();
  const fail = (): void => {
    form.removeAttribute("aria-busy");
    view.failed();
    form.dispatchEvent(new CustomEvent("tinhso:upload-failed"));
  };

  form.setAttribute("aria-busy", "true");
  view.show(0);
  request.upload.addEventListener("progress", ({ loaded, total }) => view.show(Math.round((100 * loaded) / total)));
  request.addEventListener("error", fail);
  request.addEventListener("load", () => {
    if (!showPage(request.responseText, request.responseURL)) fail();
  });
  // Not `form.action`: a field called "action" would hide it.
  request.open("POST", form.getAttribute("action") ?? location.href);
  request.setRequestHeader("Accept", "text/html");
  request.send(data);
}

interface ProgressView {
  show(percent: number): void;
  failed(): void;
}

function progressView(form: HTMLFormElement): ProgressView {
  const box = form.querySelector<HTMLElement>(".upload-progress") ?? document.createElement("div");
  const bar = document.createElement("progress");
  const text = document.createElement("p");
  box.className = "upload-progress";
  bar.max = 100;
  // Spoken once a quarter: a screen reader cannot follow every percent.
  text.setAttribute("role", "status");
  box.replaceChildren(bar, text);
  form.append(box);
  let spoken = -1;

  return {
    show(percent) {
      bar.value = percent;
      const quarter = Math.floor(percent / 25);
      if (quarter === spoken) return;
      spoken = quarter;
      text.textContent = (form.dataset.sending ?? "[percent]%").replace("[percent]", String(percent));
    },
    failed() {
      bar.remove();
      text.textContent = form.dataset.failed ?? "";
    },
  };
}

/** Puts the `<main>` of an HTML answer in place of the current one; `false` when the answer holds none. */
export function showPage(html: string, address: string): boolean {
  const page = new DOMParser().parseFromString(html, "text/html");
  const next = page.querySelector("main");
  if (!next) return false;
  document.querySelector("main")?.replaceWith(next);
  document.title = page.title;
  if (address && address !== location.href) {
    history.pushState(null, "", address);
    window.addEventListener("popstate", () => location.reload(), { once: true });
  }
  window.scrollTo(0, 0);
  document.dispatchEvent(new CustomEvent("tinhso:swapped"));
  return true;
}
