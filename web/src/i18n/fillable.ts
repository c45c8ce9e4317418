/**
 * Messages as the formatter takes them, which has no parser: `["at ", ["price"]]` for `at {price}`. Words
 * that come late have names to fill in and nothing else: no plurals, no tags.
 */
export function fillable(words: unknown): unknown {
  if (typeof words === "string") {
    if (!words.includes("{")) return words;
    const parts = words.split(/\{(\w+)\}/).map((part, at) => (at % 2 === 1 ? [part] : part));
    return parts.filter((part) => part !== "");
  }
  return Object.fromEntries(
    Object.entries(words as Record<string, unknown>).map(([key, inner]) => [key, fillable(inner)]),
  );
}
