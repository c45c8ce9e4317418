/**
 * Builds the app into `out`: checks the messages, exports the pages, writes what makes it
 * one that can be installed, the face for pictures that the exchange draws, and the policy of each page.
 * The same sources give the same files, with no address of a registry and no clock in them.
 */

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeInstallable } from "./installable.mjs";
import { messageFaults } from "./messages.mjs";
import { writePolicies } from "./policy.mjs";

const WEB = fileURLToPath(new URL("..", import.meta.url));
const CLIENT = fileURLToPath(new URL("../../clients/typescript/src", import.meta.url));
const FACE = fileURLToPath(new URL("../../node_modules/@fontsource-variable/inter", import.meta.url));
const NEXT = fileURLToPath(import.meta.resolve("next/dist/bin/next"));

/** Puts the upright face of the app where the exchange finds it, in all its scripts, with its licence. */
function placeFace(folder) {
  const upright = readdirSync(join(FACE, "files")).filter((name) => name.endsWith("-wght-normal.woff2"));
  for (const name of upright) cpSync(join(FACE, "files", name), join(folder, name));
  cpSync(join(FACE, "LICENSE"), join(folder, "LICENSE"));
}

/** A name for these sources, the same wherever they are built. */
function sourcesDigest() {
  const hash = createHash("sha256");
  const roots = [join(WEB, "src"), join(WEB, "messages"), join(WEB, "public"), join(WEB, "scripts"), CLIENT];
  for (const root of roots) {
    const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
    for (const path of paths) {
      hash.update(path.slice(root.length)).update("\0").update(readFileSync(path)).update("\0");
    }
  }
  return hash
    .update(readFileSync(join(WEB, "package.json")))
    .digest("hex")
    .slice(0, 16);
}

/** The languages that there are messages of; that of paths without one comes first. */
function localesInOrder() {
  const names = readdirSync(join(WEB, "messages")).sort();
  return ["en", ...names.filter((name) => name !== "en")];
}

const faults = messageFaults(join(WEB, "messages"));
if (faults.length > 0) {
  process.stderr.write(`The messages are not complete:\n  ${faults.join("\n  ")}\n`);
  process.exit(1);
}

rmSync(join(WEB, "out"), { recursive: true, force: true });
const build = sourcesDigest();
const built = spawnSync(process.execPath, [NEXT, "build"], {
  cwd: WEB,
  stdio: "inherit",
  env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", CSE_WEB_BUILD: build },
});
if (built.status !== 0) process.exit(built.status ?? 1);

const out = join(WEB, "out");
writeInstallable({ web: WEB, out, build, locales: localesInOrder() });
placeFace(join(out, "fonts"));
const pages = writePolicies(out);
process.stdout.write(`Wrote the policies of ${pages} pages.\n`);
