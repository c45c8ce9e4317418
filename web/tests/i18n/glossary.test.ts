import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { LOCALES, type Locale } from "@/i18n/locales";

const WEB = fileURLToPath(new URL("../..", import.meta.url));

interface Glossary {
  /** How people are spoken to, and what else a translator is to know. */
  tone: string;
  /** What each term is in this language, or the forms that it has. */
  terms: Record<string, string | string[]>;
  /** What is not said, in any message. */
  never: string[];
}

const TERMS = read("glossary/terms.json") as Record<string, { means: string; messages: string[] }>;

function read(path: string): unknown {
  return JSON.parse(readFileSync(join(WEB, path), "utf8"));
}

function glossary(locale: Locale): Glossary {
  return read(`glossary/${locale}.json`) as Glossary;
}

/** All texts of a language by `namespace.key`, in small letters. */
function texts(locale: Locale): Map<string, string> {
  const found = new Map<string, string>();
  const walk = (value: unknown, path: string) => {
    if (typeof value === "string") found.set(path, value.toLowerCase());
    else for (const [key, inner] of Object.entries(value as object)) walk(inner, `${path}.${key}`);
  };
  for (const file of readdirSync(join(WEB, "messages", locale))) {
    walk(read(`messages/${locale}/${file}`), file.replace(".json", ""));
  }
  return found;
}

describe.each(LOCALES)("the glossary of %s", (locale) => {
  const { tone, terms, never } = glossary(locale);
  const said = texts(locale);

  it("has every term and says how people are spoken to", () => {
    expect(Object.keys(terms)).toEqual(Object.keys(TERMS));
    expect(tone).not.toBe("");
  });

  it("is what the messages say", () => {
    for (const [term, { messages }] of Object.entries(TERMS)) {
      const forms = [terms[term] as string | string[]].flat().map((form) => form.toLowerCase());
      for (const key of messages) {
        const text = said.get(key);
        expect(text, key).toBeDefined();
        expect(
          forms.some((form) => text?.includes(form)),
          `${key} does not say ${forms.join(" or ")}`,
        ).toBe(true);
      }
    }
  });

  it("leaves out what is never said", () => {
    const words = never.map((word) => word.toLowerCase());
    const wrong = [...said].filter(([, text]) => words.some((word) => text.includes(word)));
    expect(wrong).toEqual([]);
  });
});
