import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import compile from "icu-minify/compile";
import { describe, expect, it } from "vitest";
import { NAMESPACES } from "@/i18n/messages";
import { messageFaults } from "../../scripts/messages.mjs";

const MESSAGES = fileURLToPath(new URL("../../messages", import.meta.url));

function texts(locale: string): [string, string][] {
  const found: [string, string][] = [];
  const walk = (value: unknown, path: string) => {
    if (typeof value === "string") found.push([path, value]);
    else for (const [key, inner] of Object.entries(value as object)) walk(inner, `${path}.${key}`);
  };
  for (const file of readdirSync(join(MESSAGES, locale))) {
    walk(JSON.parse(readFileSync(join(MESSAGES, locale, file), "utf8")), file.replace(".json", ""));
  }
  return found;
}

describe("the messages", () => {
  it("are the same in all languages", () => expect(messageFaults(MESSAGES)).toEqual([]));

  it("are all loaded", () => {
    const files = readdirSync(join(MESSAGES, "en")).map((file) => file.replace(".json", ""));
    expect(files.sort()).toEqual([...NAMESPACES].sort());
  });

  it.each(["en", "ar"])("of %s are all well formed", (locale) => {
    for (const [key, text] of texts(locale)) expect(() => compile(text), key).not.toThrow();
  });

  it("stay well formed when letters are swapped and a third is added", () => {
    for (const [key, text] of texts("en")) expect(() => compile(pseudo(text)), key).not.toThrow();
  });

  it("in Arabic have every form of a count", () => {
    for (const [key, text] of texts("ar")) {
      if (!text.includes(", plural,")) continue;
      for (const form of ["two", "few", "other"]) expect(text, key).toContain(`${form} {`);
    }
  });

  it("have no exclamation marks", () => {
    for (const [key, text] of [...texts("en"), ...texts("ar")]) expect(text, key).not.toMatch(/[!¡]/);
  });
});

describe("the check of messages", () => {
  it("finds what is missing, empty, too many, or filled in with something else", () => {
    const folder = mkdtempSync(join(tmpdir(), "messages-"));
    const write = (locale: string, words: object) => {
      mkdirSync(join(folder, locale));
      writeFileSync(join(folder, locale, "a.json"), JSON.stringify(words));
    };
    write("en", { one: "Hello {name}", two: "Two", three: "Three" });
    write("ar", { one: "مرحبًا {user}", two: " ", four: "أربعة" });
    expect(messageFaults(folder)).toEqual([
      "ar: a.one fills in user, not name",
      "ar: a.two is empty",
      "ar: a.three is missing",
      "ar: a.four is not in en",
    ]);
  });
});

/** Words with other letters and 40 % more of them; what is filled in stays. */
function pseudo(text: string): string {
  const plain = !/[{<]/.test(text);
  const swapped = plain ? text.replaceAll("a", "á").replaceAll("e", "ë") : text;
  return `⟦${swapped}${"·".repeat(Math.ceil(text.length * 0.4))}⟧`;
}
