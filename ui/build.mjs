// Compiles styles, islands and fonts into one folder: `node build.mjs FOLDER`.
//
// FOLDER/assets/    what the web serves: hashed css, js, woff2 (css and js also as .gz), mark.svg
// FOLDER/fonts/     TrueType files for printed papers, named as the constants of the crate
// FOLDER/manifest   one line per entry: "main.css /tai-nguyen/main-HASH.css"
import { copyFileSync, cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import esbuild from "esbuild";
import * as sass from "sass";

const root = import.meta.dirname;
const modules = join(root, "node_modules");
const out = process.argv[2];
const assets = join(out, "assets");
const publicPath = "/tai-nguyen";

// Where two subsets hold the same letter the browser takes the last one named; Vietnamese after
// latin-ext keeps a Vietnamese page from loading latin-ext for ă, đ, ơ and ư alone.
const subsets = ["latin-ext", "vietnamese", "latin"];
const weights = [400, 600, 700];

const printFonts = {
  TINOS_REGULAR: "tinos/400Regular/Tinos_400Regular",
  TINOS_BOLD: "tinos/700Bold/Tinos_700Bold",
  TINOS_ITALIC: "tinos/400Regular_Italic/Tinos_400Regular_Italic",
  TINOS_BOLD_ITALIC: "tinos/700Bold_Italic/Tinos_700Bold_Italic",
  BE_VIETNAM_PRO_REGULAR: "be-vietnam-pro/400Regular/BeVietnamPro_400Regular",
  BE_VIETNAM_PRO_SEMIBOLD: "be-vietnam-pro/600SemiBold/BeVietnamPro_600SemiBold",
  BE_VIETNAM_PRO_BOLD: "be-vietnam-pro/700Bold/BeVietnamPro_700Bold",
  BE_VIETNAM_PRO_ITALIC: "be-vietnam-pro/400Regular_Italic/BeVietnamPro_400Regular_Italic",
};

function fontFaces() {
  const family = "@fontsource/be-vietnam-pro";
  const ranges = JSON.parse(readFileSync(join(modules, family, "unicode.json"), "utf8"));
  const face = (subset, weight) =>
    `@font-face{font-family:"Be Vietnam Pro";font-style:normal;font-display:swap;font-weight:${weight};` +
    `src:url("${family}/files/be-vietnam-pro-${subset}-${weight}-normal.woff2") format("woff2");` +
    `unicode-range:${ranges[subset]}}`;
  return weights.flatMap((weight) => subsets.map((subset) => face(subset, weight))).join("\n");
}

function styles(name) {
  return sass.compile(join(root, `styles/${name}.scss`), { loadPaths: [modules], quietDeps: true }).css;
}

async function bundle(options) {
  const result = await esbuild.build({
    bundle: true,
    minify: true,
    metafile: true,
    outdir: assets,
    entryNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    publicPath,
    legalComments: "none",
    logLevel: "error",
    ...options,
  });
  return Object.keys(result.metafile.outputs).map((path) => basename(path));
}

rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, "fonts"), { recursive: true });
mkdirSync(assets, { recursive: true });

function sheet(name, contents, resolveDir) {
  return bundle({
    stdin: { contents, loader: "css", resolveDir, sourcefile: `${name}.css` },
    entryNames: `${name}-[hash]`,
    loader: { ".woff2": "file", ".png": "dataurl" },
    target: ["chrome80", "firefox78", "safari13"],
  });
}

function script(path, options) {
  return bundle({
    entryPoints: [join(root, path)],
    target: "es2019",
    supported: { "dynamic-import": true },
    ...options,
  });
}

function address(name) {
  return JSON.stringify(`${publicPath}/${name}`);
}

const css = await sheet("main", fontFaces() + styles("main"), root);
const [mapSheet] = await sheet("map", styles("map"), join(modules, "leaflet/dist"));
// Only pages with a map load these two; the main script knows the one, and that one the other.
const [mapScript] = await script("islands/map.ts", { format: "esm", define: { MAP_SHEET: address(mapSheet) } });
const js = await script("main.ts", {
  format: "iife",
  define: { MAP_SCRIPT: address(mapScript) },
  external: [`${publicPath}/*`],
});
cpSync(join(root, "static"), assets, { recursive: true });
for (const [constant, path] of Object.entries(printFonts)) {
  copyFileSync(join(modules, "@expo-google-fonts", `${path}.ttf`), join(out, "fonts", `${constant}.ttf`));
}

for (const name of readdirSync(assets).filter((name) => /\.(css|js|svg)$/.test(name))) {
  const file = join(assets, name);
  writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9 }));
}
const entries = [...css, ...js].filter((name) => /^main-.*\.(css|js)$/.test(name));
const lines = entries.map((name) => `${name.replace(/-[^-.]+(?=\.)/, "")} ${publicPath}/${name}\n`);
writeFileSync(join(out, "manifest"), lines.join(""));
