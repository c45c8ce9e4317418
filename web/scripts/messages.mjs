/** Compares the messages of all languages: the same files, keys and values to fill in. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * @param {string} folder with one folder a language, each with one file a namespace
 * @returns {string[]} what is wrong, one line each; empty when all is complete
 */
export function messageFaults(folder) {
  const [first, ...others] = readdirSync(folder).sort((a, b) =>
    a === "en" ? -1 : b === "en" ? 1 : a.localeCompare(b),
  );
  if (first === undefined) return ["there are no messages"];
  const wanted = messagesOf(join(folder, first));
  return others.flatMap((locale) => {
    const found = messagesOf(join(folder, locale));
    const faults = [];
    for (const [key, text] of wanted) {
      const other = found.get(key);
      if (other === undefined) faults.push(`${locale}: ${key} is missing`);
      else if (other.trim() === "") faults.push(`${locale}: ${key} is empty`);
      else if (argumentsOf(other) !== argumentsOf(text)) {
        faults.push(
          `${locale}: ${key} fills in ${argumentsOf(other) || "nothing"}, not ${argumentsOf(text) || "nothing"}`,
        );
      }
    }
    for (const key of found.keys()) if (!wanted.has(key)) faults.push(`${locale}: ${key} is not in ${first}`);
    return faults;
  });
}

/** @returns {Map<string, string>} texts by `namespace.key` */
function messagesOf(folder) {
  const texts = new Map();
  const walk = (value, path) => {
    if (typeof value === "string") texts.set(path, value);
    else for (const [key, inner] of Object.entries(value)) walk(inner, `${path}.${key}`);
  };
  for (const file of readdirSync(folder).sort()) {
    walk(JSON.parse(readFileSync(join(folder, file), "utf8")), file.replace(/\.json$/, ""));
  }
  return texts;
}

/** The names of values and tags of a message, sorted. */
function argumentsOf(text) {
  const values = [...text.matchAll(/\{\s*(\w+)\s*[,}]/g)].map((match) => match[1]);
  const inBranches = new Set(
    [...text.matchAll(/(?:zero|one|two|few|many|other|=\d+)\s*\{\s*(\w+)\s*\}/g)].map((match) => match[1]),
  );
  const tags = [...text.matchAll(/<(\w+)>/g)].map((match) => `<${match[1]}>`);
  const named = values.filter((name) => !inBranches.has(name) || text.includes(`{${name},`));
  return [...new Set([...named, ...tags])].sort().join(", ");
}
