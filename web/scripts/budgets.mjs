/**
 * Holds every exported page against its budget: JavaScript and styles that a modern browser loads with
 * the page, gzipped, fonts that are fetched ahead, words, inline styles. Fails with what is over.
 */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const OUT = process.env.CSE_WEB ?? fileURLToPath(new URL("../out", import.meta.url));
const MESSAGES = fileURLToPath(new URL("../messages", import.meta.url));
const LOCALES = readdirSync(MESSAGES);

/** Kilobytes (1,000 bytes) of JavaScript by page; a chart's chunk is fetched apart. */
const SCRIPT_KB = {
  "": 200,
  markets: 240,
  portfolio: 240,
  settings: 240,
  "forgot-password": 200,
  admin: 240,
  "admin/rates": 240,
  "close-account": 240,
  verification: 240,
  mailbox: 200,
  notifications: 240,
  organisations: 240,
  "reset-password": 200,
  "sign-in": 200,
  "sign-up": 200,
  status: 200,
  developers: 200,
  "verify-email": 200,
  "undo-email-change": 200,
  lost: 200,
  gallery: 240,
  transfers: 240,
  "trade/_": 260,
};
const STYLE_KB = 35;
const FONT_KB = 110;
const MESSAGES_KB = 12;
/** Each counts among the 30 requests of a first view; data and pictures need the rest. */
const FILES_MAX = 14;
/** Words that come with every page, and those of the page. */
const FRAME_WORDS = ["common", "errors"];
const WORDS = {
  "": ["home"],
  admin: ["admin", "activity"],
  "admin/rates": ["rates"],
  "forgot-password": ["session", "links"],
  "reset-password": ["session", "links"],
  "sign-in": ["session"],
  "sign-up": ["session", "links"],
  "verify-email": ["session", "links"],
  "undo-email-change": ["session", "links"],
  settings: ["settings", "session", "notifications", "accounts", "activity"],
  "close-account": ["closing"],
  organisations: ["organisations"],
  portfolio: ["portfolio", "positions", "own"],
  lost: [],
  "trade/_": ["trade", "own"],
};

const faults = [];
const lines = [];
for (const locale of LOCALES) {
  for (const [page, scriptKb] of Object.entries(SCRIPT_KB)) {
    const name = page === "" ? locale : `${locale}/${page}`;
    const html = readFileSync(join(OUT, `${name}.html`), "utf8");
    const scripts = tagged(html, /<script\b[^>]*\bsrc="([^"]+)"[^>]*>/g, (tag) => !/\bnomodule\b/i.test(tag));
    const styles = tagged(html, /<link\b[^>]*\bhref="([^"]+\.css)"[^>]*>/g, () => true);
    const fonts = tagged(html, /<link\b[^>]*\bhref="([^"]+\.woff2)"[^>]*>/g, () => true);
    const words = [...FRAME_WORDS, ...(WORDS[page] ?? [page])];
    const sizes = {
      js: [kilobytes(scripts, true), scriptKb],
      css: [kilobytes(styles, true), STYLE_KB],
      fonts: [kilobytes(fonts, false), FONT_KB],
      words: [wordsKilobytes(locale, words), MESSAGES_KB],
      files: [scripts.length + styles.length + fonts.length, FILES_MAX],
    };
    for (const [what, [size, most]] of Object.entries(sizes)) {
      if (size > most) faults.push(`${name}: ${what} ${size.toFixed(1)} is over ${most}`);
    }
    if (/<[^>]+\sstyle="/.test(html)) faults.push(`${name}: has style attributes, which the policy forbids`);
    lines.push(
      `${name.padEnd(14)} ${Object.entries(sizes)
        .map(([what, [size, most]]) => `${what} ${size.toFixed(what === "files" ? 0 : 1)}/${most}`)
        .join("  ")}`,
    );
  }
}

process.stdout.write(`${lines.join("\n")}\n`);
if (faults.length > 0) {
  process.stderr.write(`Over budget:\n  ${faults.join("\n  ")}\n`);
  process.exit(1);
}

/** Addresses of the tags that `wanted` lets through, each once. */
function tagged(html, pattern, wanted) {
  return [
    ...new Set([...html.matchAll(pattern)].filter(([tag]) => wanted(tag)).map(([, address]) => address)),
  ];
}

function kilobytes(addresses, zipped) {
  const bytes = addresses.map((address) => {
    const file = readFileSync(join(OUT, decodeURIComponent(address)));
    return zipped ? gzipSync(file, { level: 9 }).length : file.length;
  });
  return bytes.reduce((sum, size) => sum + size, 0) / 1000;
}

function wordsKilobytes(locale, namespaces) {
  const texts = namespaces.map((name) => readFileSync(join(MESSAGES, locale, `${name}.json`)));
  return gzipSync(Buffer.concat(texts), { level: 9 }).length / 1000;
}
