/**
 * Writes what makes the app one that can be installed and that tells the truth without a connection:
 * icons, a manifest and an offline page for each language, the service worker.
 */

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { markPng } from "./icons.mjs";

const ICONS = [
  { name: "192.png", size: 192 },
  { name: "512.png", size: 512 },
  { name: "maskable-512.png", size: 512, maskable: true },
  { name: "apple-180.png", size: 180, maskable: true },
];
/** The ground of the dark theme, which an installed app begins with. */
const GROUND = "#0a0b10";
const RIGHT_TO_LEFT = ["ar"];
const OFFLINE_STYLES = ["styles/tokens.css", "styles/base.css", "offline/page.css"];

/**
 * @param {{ web: string, out: string, build: string, locales: string[] }} of the sources, where the exported
 *   app lies, the name of this build, and its languages, the first of which is that of paths without one
 */
export function writeInstallable({ web, out, build, locales }) {
  const source = (name) => readFileSync(join(web, "src", name), "utf8");
  const words = (locale, name) =>
    JSON.parse(readFileSync(join(web, "messages", locale, `${name}.json`), "utf8"));
  for (const folder of ["icons", "offline"]) mkdirSync(join(out, folder), { recursive: true });
  for (const { name, size, maskable } of ICONS) {
    writeFileSync(join(out, "icons", name), markPng(size, { maskable }));
  }
  writeFileSync(join(out, "offline", "page.css"), OFFLINE_STYLES.map(source).join("\n"));
  writeFileSync(join(out, "offline", "page.js"), source("offline/page.js"));
  writeFileSync(
    join(out, "sw.js"),
    source("offline/worker.js").replace("__BUILD__", build).replace("__LOCALES__", locales.join(" ")),
  );
  const mark = readFileSync(join(web, "public", "mark.svg"), "utf8");
  for (const locale of locales) {
    const { product, tagline } = words(locale, "common");
    const boot = firstInlineScript(readFileSync(join(out, `${locale}.html`), "utf8"));
    const written = { ...words(locale, "offline"), product };
    writeFileSync(join(out, locale, "offline.html"), offlinePage(locale, written, boot, mark));
    writeFileSync(
      join(out, locale, "app.webmanifest"),
      JSON.stringify(manifest(locale, { product, tagline })),
    );
  }
}

/** What a device is told of the app. One app, whichever language it was installed in. */
export function manifest(locale, { product, tagline }) {
  return {
    id: "/",
    name: product,
    short_name: "CSE",
    description: tagline,
    lang: locale,
    dir: directionOf(locale),
    start_url: `/${locale}`,
    scope: "/",
    display: "standalone",
    background_color: GROUND,
    theme_color: GROUND,
    categories: ["finance"],
    icons: [
      { src: "/icons/192.png", sizes: "192x192", type: "image/png" },
      { src: "/icons/512.png", sizes: "512x512", type: "image/png" },
      { src: "/icons/maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
    ],
  };
}

/** The page that stands for every other where the exchange is not reached; `boot` chooses the theme, `mark` is the house's, as SVG. */
export function offlinePage(locale, words, boot, mark) {
  const items = [words.orders, words.prices, words.open].map((text) => `<li>${escaped(text)}</li>`);
  return `<!DOCTYPE html>
<html lang="${locale}" dir="${directionOf(locale)}" data-theme="dark">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="robots" content="noindex">
<title>${escaped(words.title)} · ${escaped(words.product)}</title>
<script>${boot}</script>
<link rel="stylesheet" href="/offline/page.css">
</head>
<body>
<main>
<div class="mark" aria-hidden="true">${mark}</div>
<h1>${escaped(words.title)}</h1>
<p>${escaped(words.description)}</p>
<ul>${items.join("")}</ul>
<p class="when">${escaped(words.live)} <span id="live">—</span></p>
<button type="button" id="again">${escaped(words.again)}</button>
</main>
<script src="/offline/page.js"></script>
</body>
</html>
`;
}

/** That which chooses the theme before anything is drawn; every page begins with it. */
export function firstInlineScript(html) {
  const found = /<script>([\s\S]*?)<\/script>/.exec(html);
  if (found === null) throw new Error("a page has no script that chooses its theme");
  return found[1];
}

function directionOf(locale) {
  return RIGHT_TO_LEFT.includes(locale) ? "rtl" : "ltr";
}

function escaped(text) {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
