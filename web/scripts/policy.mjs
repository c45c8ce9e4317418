/**
 * Writes `csp.json`: the Content-Security-Policy of every page, with the hashes of the inline scripts
 * that the export left in it. The server that hands out the pages sends it as a header.
 */

import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";

const INLINE_SCRIPT = /<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g;

/** @param {string[]} hashes of inline scripts, such as `'sha256-...'` */
function policy(hashes) {
  return [
    "default-src 'none'",
    ["script-src 'self'", ...hashes].join(" "),
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** @param {string} html @returns {string[]} in the order of the page, each once */
export function scriptHashes(html) {
  const hashes = [...html.matchAll(INLINE_SCRIPT)].map(([, text]) => {
    return `'sha256-${createHash("sha256")
      .update(text ?? "")
      .digest("base64")}'`;
  });
  return [...new Set(hashes)];
}

/** @param {string} out the exported app @returns {number} how many pages there are */
export function writePolicies(out) {
  const pages = {};
  const files = readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".html"))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const file of files) {
    pages[`/${relative(out, file)}`] = policy(scriptHashes(readFileSync(file, "utf8")));
  }
  writeFileSync(join(out, "csp.json"), `${JSON.stringify({ default: policy([]), pages }, null, 1)}\n`);
  return files.length;
}
