/**
 * A rectangle drawn on the picture of a form (`<input type="image">`) with one stroke, put on that form. It is sent by the form
 * that `data-form` names, whose fields `left`, `top`, `width` and `height` take percent of the picture. A stroke no longer than
 * a tap is left to the picture's own form.
 */
export function hide(root: HTMLElement): void {
  const picture = root.querySelector<HTMLInputElement>("input[type=image]");
  const form = document.getElementById(root.dataset.form ?? "");
  if (!picture || !(form instanceof HTMLFormElement)) return;

  const drawn = document.createElement("div");
  drawn.className = "hide-drawn";
  drawn.hidden = true;
  picture.after(drawn);
  let start: Point | null = null;
  let dragged = false;

  picture.addEventListener("pointerdown", (event) => {
    start = at(picture, event);
    dragged = false;
    picture.setPointerCapture(event.pointerId);
  });
  picture.addEventListener("pointermove", (event) => {
    if (!start) return;
    const area = between(start, at(picture, event));
    dragged ||= area.width > TAP || area.height > TAP;
    if (dragged) draw(drawn, picture, area);
  });
  picture.addEventListener("pointercancel", () => {
    start = null;
    drawn.hidden = true;
  });
  picture.addEventListener("pointerup", (event) => {
    if (!start || !dragged) return;
    const area = between(start, at(picture, event));
    start = null;
    for (const [name, percent] of Object.entries(area)) {
      const field = form.elements.namedItem(name);
      if (field instanceof HTMLInputElement) field.value = percent.toFixed(2);
    }
    form.requestSubmit();
  });
  // The click that ends a stroke is no tap.
  picture.addEventListener("click", (event) => {
    if (dragged) event.preventDefault();
  });
  // A picture is dragged away by the mouse otherwise.
  picture.addEventListener("dragstart", (event) => event.preventDefault());
}

/** In percent of the picture's sides; so is an area. */
interface Point {
  x: number;
  y: number;
}
type Area = Record<"left" | "top" | "width" | "height", number>;

const TAP = 3;

function at(picture: HTMLElement, { clientX, clientY }: PointerEvent): Point {
  const box = picture.getBoundingClientRect();
  const percent = (from: number, length: number): number => Math.min(100, Math.max(0, (100 * from) / length));
  return { x: percent(clientX - box.left, box.width), y: percent(clientY - box.top, box.height) };
}

function between(one: Point, other: Point): Area {
  return {
    left: Math.min(one.x, other.x),
    top: Math.min(one.y, other.y),
    width: Math.abs(one.x - other.x),
    height: Math.abs(one.y - other.y),
  };
}

function draw(drawn: HTMLElement, picture: HTMLElement, { left, top, width, height }: Area): void {
  const { offsetLeft, offsetTop, offsetWidth, offsetHeight } = picture;
  drawn.hidden = false;
  drawn.style.left = `${offsetLeft + (left * offsetWidth) / 100}px`;
  drawn.style.top = `${offsetTop + (top * offsetHeight) / 100}px`;
  drawn.style.width = `${(width * offsetWidth) / 100}px`;
  drawn.style.height = `${(height * offsetHeight) / 100}px`;
}
