type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const FIELDS = "input, select, textarea";

const PARTS = "[data-show-when], [data-form-when]";

/**
 * Shows a part only while the named field of the same form has one of the values: `data-show-when="field=one|two"` on
 * pages, `data-form-when="field" data-form-when-in='["one","two"]'` in declared forms, whose values may hold any sign.
 *
 * A hidden part is not sent. Without JavaScript every part is visible, and the server ignores what does not apply.
 */
export function formConditional(scope: Document | Element): void {
  const forms = new Set<HTMLFormElement>();
  for (const part of scope.querySelectorAll<HTMLElement>(PARTS)) {
    const form = part.closest("form");
    if (form) forms.add(form);
  }
  for (const form of forms) {
    update(form);
    if (form.dataset.conditional === undefined) {
      form.dataset.conditional = "";
      form.addEventListener("change", () => update(form));
    }
  }
}

function update(form: HTMLFormElement): void {
  // Values are read from all fields, hidden ones too, so that the order of nested parts does not matter.
  for (const part of form.querySelectorAll<HTMLElement>(PARTS)) {
    const { name, wanted } = condition(part);
    part.hidden = !chosen(form, name).some((value) => wanted.includes(value));
  }
  for (const field of form.querySelectorAll<Field>(FIELDS)) {
    if (field.closest(PARTS)) {
      field.disabled = field.closest("[data-show-when][hidden], [data-form-when][hidden]") !== null;
    }
  }
}

function condition(part: HTMLElement): { name: string; wanted: string[] } {
  if (part.dataset.formWhen !== undefined) {
    const values = JSON.parse(part.dataset.formWhenIn ?? "[]") as unknown[];
    return { name: part.dataset.formWhen, wanted: values.map(String) };
  }
  const [name = "", values = ""] = (part.dataset.showWhen ?? "").split("=", 2);
  return { name, wanted: values.split("|") };
}

function chosen(form: HTMLFormElement, name: string): string[] {
  return [...form.querySelectorAll<Field>(FIELDS)]
    .filter((field) => field.name === name)
    .filter((field) => !(field instanceof HTMLInputElement) || !/^(radio|checkbox)$/.test(field.type) || field.checked)
    .map((field) => field.value);
}
