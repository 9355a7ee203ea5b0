import * as L from "leaflet/dist/leaflet-src.esm.js";

/** What a tile answers. */
type Found = { cells: Cell[]; reports: Report[] };
type Cell = { lat: number; lon: number; count: number };
type Report = { lat: number; lon: number; code: string; title: string; tone: string; count: number };

interface Parts {
  root: HTMLElement;
  view: L.Map;
  say(text: string): void;
}

/**
 * A map without pictures from elsewhere: an outline, counts and reports, and in a form a place to choose.
 *
 * Everything it shows also stands on the page as text; the README of this folder lists its attributes.
 */
export async function map(root: HTMLElement): Promise<void> {
  await sheet();
  const { lat, lon, zoom } = root.dataset;
  const moves = !matchMedia("(prefers-reduced-motion: reduce)").matches;
  const view = L.map(root, {
    center: [Number(lat), Number(lon)],
    zoom: Number(zoom),
    minZoom: 5,
    maxZoom: 19,
    zoomControl: false,
    // The wheel scrolls the page; there are buttons and keys.
    scrollWheelZoom: false,
    zoomAnimation: moves,
    fadeAnimation: moves,
    markerZoomAnimation: moves,
    inertia: moves,
  });
  if (!moves) {
    const pan = view.panBy.bind(view);
    view.panBy = (by, options) => pan(by, { ...options, animate: false });
  }
  view.attributionControl.setPrefix(false);
  view.addControl(L.control.zoom({ zoomInTitle: root.dataset.zoomIn, zoomOutTitle: root.dataset.zoomOut }));

  const status = document.createElement("p");
  status.className = "map-status";
  status.setAttribute("role", "status");
  root.after(status);
  const parts: Parts = { root, view, say: (text) => (status.textContent = text) };

  if (root.dataset.outline) void outline(parts, root.dataset.outline);
  if (root.dataset.cells) found(parts, root.dataset.cells);
  if (root.dataset.heat) heat(root, root.dataset.heat);
  if (root.dataset.pick) pick(parts, root.dataset.pick.split(" "));
}

/** Leaflet measures what it is put into, so the sheet comes first. */
function sheet(): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = MAP_SHEET;
    link.addEventListener("load", resolve);
    link.addEventListener("error", reject);
    document.head.append(link);
  });
}

async function json<T>(address: string): Promise<T> {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return (await answer.json()) as T;
}

async function outline({ root, view, say }: Parts, address: string): Promise<void> {
  try {
    const feature = await json<GeoJSON.Feature>(address);
    L.geoJSON(feature, { interactive: false, style: { className: "map-land" } }).addTo(view);
    view.attributionControl.addAttribution(String(feature.properties?.credit ?? ""));
  } catch {
    say(root.dataset.failed ?? "");
  }
}

/** The counts and reports of every tile in view; a tile that is left takes its own with it. */
function found(parts: Parts, address: string): void {
  const Tiles = L.GridLayer.extend({
    createTile(coords: L.Coords, done: L.DoneCallback) {
      const tile = document.createElement("div");
      const url = address.replace(/\{([xyz])\}/g, (_, name: "x" | "y" | "z") => String(coords[name]));
      json<Found>(url)
        .then((answer) => {
          const markers = [
            ...answer.cells.flatMap((one) => [glow(one), cell(parts, one)]),
            ...answer.reports.map((one) => report(parts, one)),
          ];
          shown.set(tile, L.layerGroup(markers));
          // It may have been left while the answer was under way.
          if (tile.isConnected) shown.get(tile)?.addTo(parts.view);
          done(undefined, tile);
        })
        .catch((error: Error) => {
          parts.say(parts.root.dataset.failed ?? "");
          done(error, tile);
        });
      return tile;
    },
  });
  const shown = new Map<HTMLElement, L.LayerGroup>();
  const tiles: L.GridLayer = new (Tiles as new (options: L.GridLayerOptions) => L.GridLayer)({
    noWrap: true,
    keepBuffer: 0,
    updateWhenIdle: true,
  });
  tiles.on("tileunload", ({ tile }: L.TileEvent) => {
    shown.get(tile)?.remove();
    shown.delete(tile);
  });
  tiles.addTo(parts.view);
}

/** A number that is as large as what it stands for; pressing it goes nearer. */
function cell({ root, view }: Parts, { lat, lon, count }: Cell): L.Marker {
  const size = Math.min(64, 28 + 7 * Math.log2(count));
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = String(count);
  button.ariaLabel = (root.dataset.count ?? "[count]").replace("[count]", String(count));
  const icon = L.divIcon({ className: "map-cell", html: button, iconSize: [size, size] });
  const marker = L.marker([lat, lon], { icon, keyboard: false });
  return marker.on("click", () => view.setView([lat, lon], Math.min(view.getMaxZoom(), view.getZoom() + 2)));
}

/** The same cell as warmth, of one of five degrees: each has four times as many as the one below. */
function glow({ lat, lon, count }: Cell): L.Marker {
  const degree = Math.min(5, 1 + Math.floor(Math.log2(count) / 2));
  const icon = L.divIcon({ className: `map-heat degree-${degree}`, iconSize: [96, 96] });
  return L.marker([lat, lon], { icon, keyboard: false, interactive: false });
}

/** A button that shows warmth in place of numbers, which stay in the table beside the map. */
function heat(root: HTMLElement, text: string): void {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "govuk-button govuk-button--secondary";
  button.textContent = text;
  button.ariaPressed = "false";
  button.addEventListener("click", () => (button.ariaPressed = String(root.classList.toggle("heat"))));
  root.after(button);
}

/** A point; pressing it shows the title, which leads to the report. */
function report({ root }: Parts, { lat, lon, code, title, tone, count }: Report): L.Marker {
  const link = document.createElement("a");
  link.textContent = title;
  link.href = (root.dataset.report ?? "").replace("{code}", encodeURIComponent(code));
  const many = count > 1;
  const side = many ? 36 : 24;
  const html = many ? String(count) : "";
  const icon = L.divIcon({ className: `map-report ${tone}`, html, iconSize: [side, side] });
  const marker = L.marker([lat, lon], { icon, alt: title, title }).bindPopup(link, { closeButton: false });
  link.addEventListener("keydown", ({ key }) => key === "Escape" && marker.closePopup());
  // The popup stands far from its marker in the order of the page.
  return marker.on({ popupopen: () => link.focus(), popupclose: () => marker.getElement()?.focus() });
}

/** A tap, Enter for the middle of the map, or the button for one's own place sets two fields of the form. */
function pick({ root, view, say }: Parts, names: string[]): void {
  const [lat, lon] = names.map((name) => root.closest("form")?.elements.namedItem(name));
  if (!(lat instanceof HTMLInputElement && lon instanceof HTMLInputElement)) return;
  const icon = L.divIcon({ className: "map-pin", iconSize: [28, 28] });
  const pin = L.marker(view.getCenter(), { icon, keyboard: false, interactive: false });

  const choose = (at: L.LatLng): void => {
    // Seven decimals are a centimetre; a map of the world that goes round gives longitudes above 180.
    const { lat: north, lng: east } = at.wrap();
    [lat.value, lon.value] = [north.toFixed(7), east.toFixed(7)];
    pin.setLatLng(at).addTo(view);
    say((root.dataset.picked ?? "").replace("[lat]", north.toFixed(5)).replace("[lon]", east.toFixed(5)));
  };

  if (lat.value && lon.value) {
    pin.setLatLng([Number(lat.value), Number(lon.value)]).addTo(view);
    view.setView(pin.getLatLng(), 17);
  }
  view.on("click", ({ latlng }: L.LeafletMouseEvent) => choose(latlng));
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target !== root) return;
    event.preventDefault();
    choose(view.getCenter());
  });

  if (!root.dataset.locate || !("geolocation" in navigator)) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "govuk-button govuk-button--secondary";
  button.textContent = root.dataset.locate;
  button.addEventListener("click", () =>
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const here = L.latLng(coords.latitude, coords.longitude);
        view.setView(here, 17);
        choose(here);
      },
      () => say(root.dataset.locateFailed ?? ""),
      { enableHighAccuracy: true, timeout: 15_000 },
    ),
  );
  root.after(button);
}
