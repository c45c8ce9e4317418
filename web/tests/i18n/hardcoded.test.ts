import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const SOURCES = fileURLToPath(new URL("../../src", import.meta.url));
// What is read or heard; other attributes name things to the machine.
const READ = ["alt", "aria-label", "aria-description", "hint", "label", "placeholder", "text", "title"];
// Keys, units and names that are the same in every language.
const EVERYWHERE = ["Ctrl", "Enter", "K", "KB", "CSV", "USDC", "CSE"];

/** Words that stand in a component as they are, outside of the messages. */
function hardcoded(name: string, source: string): string[] {
  const found: string[] = [];
  const note = (node: ts.Node, text: string) => {
    const words = text.trim();
    if (words.split(/\s+/).every((word) => EVERYWHERE.includes(word) || !/^\p{L}/u.test(word))) return;
    found.push(`${name}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1} ${words}`);
  };
  const inBraces = (node: ts.Expression | undefined) => {
    if (node && (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node))) note(node, node.text);
    if (node && ts.isTemplateExpression(node)) {
      note(node, [node.head.text, ...node.templateSpans.map((span) => span.literal.text)].join(" "));
    }
    if (node && ts.isConditionalExpression(node)) {
      inBraces(node.whenTrue);
      inBraces(node.whenFalse);
    }
  };
  const file = ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const walk = (node: ts.Node) => {
    if (ts.isJsxText(node) && !node.containsOnlyTriviaWhiteSpaces) note(node, node.text);
    if (ts.isJsxExpression(node) && (ts.isJsxElement(node.parent) || ts.isJsxFragment(node.parent))) {
      inBraces(node.expression);
    }
    if (ts.isJsxAttribute(node) && READ.includes(node.name.getText())) {
      const value = node.initializer;
      if (value && ts.isStringLiteral(value)) note(value, value.text);
      if (value && ts.isJsxExpression(value)) inBraces(value.expression);
    }
    ts.forEachChild(node, walk);
  };
  walk(file);
  return found;
}

describe("words of the app", () => {
  it("all stand in the messages, and none in a component", () => {
    const files = readdirSync(SOURCES, { recursive: true, encoding: "utf8" }).filter((file) =>
      file.endsWith(".tsx"),
    );
    expect(files.length).toBeGreaterThan(100);
    expect(files.flatMap((file) => hardcoded(file, readFileSync(join(SOURCES, file), "utf8")))).toEqual([]);
  }, 60_000);

  it.each([
    ["<p>Hello there</p>", ["Hello there"]],
    ['<p>{"Hello"}</p>', ["Hello"]],
    ['<p>{open ? "Open" : t("closed")}</p>', ["Open"]],
    ["<p>{`\u0024{count} orders`}</p>", ["orders"]],
    ['<Button aria-label="Close it" />', ["Close it"]],
    ['<Field label={"Price"} name="price" />', ["Price"]],
    ['<p className="lead" data-state="open">{t("lead")} · 24 % <kbd>Ctrl</kbd></p>', []],
  ])("are found in %s", (source, words) => {
    expect(hardcoded("x.tsx", source).map((found) => found.replace(/^x\.tsx:1 /, ""))).toEqual(words);
  });
});
