import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import compile from "icu-minify/compile";
import { describe, expect, it } from "vitest";
import { LOCALES } from "@/i18n/locales";
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
  it("are the same in all languages", () => expect(messageFaults(MESSAGES)).toEqual([]), 60_000);

  it("are all loaded", () => {
    const files = readdirSync(join(MESSAGES, "en")).map((file) => file.replace(".json", ""));
    expect(files.sort()).toEqual([...NAMESPACES].sort());
  });

  it.each(LOCALES)("of %s are all well formed", (locale) => {
    expect(texts(locale).filter(([, text]) => !isWellFormed(text))).toEqual([]);
  });

  it("stay well formed when letters are swapped and a third is added", () => {
    expect(texts("en").filter(([, text]) => !isWellFormed(pseudo(text)))).toEqual([]);
  });

  it("stand in a folder for each language of the app", () => {
    expect(readdirSync(MESSAGES).sort()).toEqual([...LOCALES].sort());
  });

  it.each(LOCALES)("of %s have the forms of a count that the language has, and no others", (locale) => {
    const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories as string[];
    // In Arabic what is left out reads as the last form does.
    const needed = locale === "ar" ? ["two", "few", "other"] : forms;
    for (const [key, text] of texts(locale)) {
      if (!text.includes(", plural,")) continue;
      for (const form of needed) expect(text, key).toContain(`${form} {`);
      for (const [, form] of text.matchAll(/\b(zero|one|two|few|many|other) \{/g))
        expect(forms, key).toContain(form);
    }
  });

  it.each(LOCALES)("of %s have no exclamation marks", (locale) => {
    expect(texts(locale).filter(([, text]) => /[!¡！]/.test(text))).toEqual([]);
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

function isWellFormed(text: string): boolean {
  try {
    compile(text);
    return true;
  } catch {
    return false;
  }
}

/** Words with other letters and 40 % more of them; what is filled in stays. */
function pseudo(text: string): string {
  const plain = !/[{<]/.test(text);
  const swapped = plain ? text.replaceAll("a", "á").replaceAll("e", "ë") : text;
  return `⟦${swapped}${"·".repeat(Math.ceil(text.length * 0.4))}⟧`;
}
