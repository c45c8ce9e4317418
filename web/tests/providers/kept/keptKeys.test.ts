import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { SYNCED_KEYS } from "@/providers/kept/keptKeys";

const SOURCE = join(__dirname, "../../../src");
/** Of one browser or one tab: how it was left, who is in it, and what it has not told yet. */
const STAYS = [
  "cse.account",
  "cse.compared",
  "cse.cost",
  "cse.live",
  "cse.person",
  "cse.preferences",
  "cse.preferences.unsent",
  "cse.review",
  "cse.sign-out",
  "cse.unresolved",
  "cse.workspace",
];
/** Synced, but part of the preferences. */
const STARRED = "cse.starred";
/** Marks of the browser's timeline, not kept at all. */
const MARKS = ["cse.late", "cse.rests"];

/** Every key that a source names. */
function keysOf(): string[] {
  const files = readdirSync(SOURCE, { recursive: true, encoding: "utf8" }).filter((name) =>
    /\.tsx?$/.test(name),
  );
  const found = files.flatMap((name) =>
    Array.from(
      readFileSync(join(SOURCE, name), "utf8").matchAll(/"(cse\.[a-z.-]*[a-z])"/g),
      ([, key]) => key ?? "",
    ),
  );
  return [...new Set(found)].sort();
}

describe("what is kept", () => {
  it("is the person's everywhere or stays here, and somebody has said which", () => {
    expect(keysOf()).toEqual([...SYNCED_KEYS, ...STAYS, ...MARKS, STARRED].sort());
  });
});
