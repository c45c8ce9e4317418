import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const SOURCES = fileURLToPath(new URL("../../../src", import.meta.url));
// Every page has these once, and the gallery is a page.
const ON_EVERY_PAGE = ["SquircleShapes", "ToastRegion"];

/** The files of a folder, parsed. */
function parsed(folder: string): ts.SourceFile[] {
  const names = readdirSync(join(SOURCES, folder)).filter((name) => name.endsWith(".tsx"));
  return names.map((name) => parse(name, readFileSync(join(SOURCES, folder, name), "utf8")));
}

function parse(name: string, text: string): ts.SourceFile {
  return ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
}

function eachNode(files: readonly ts.Node[], visit: (node: ts.Node) => void): void {
  const walk = (node: ts.Node) => {
    visit(node);
    ts.forEachChild(node, walk);
  };
  for (const file of files) walk(file);
}

/** What the components are, and which states each says in its props that it has. */
class Components {
  private readonly types = new Map<string, ts.TypeNode | ts.InterfaceDeclaration>();
  readonly props = new Map<string, ts.TypeNode | undefined>();

  constructor(files: readonly ts.SourceFile[]) {
    eachNode(files, (node) => {
      if (ts.isTypeAliasDeclaration(node)) this.types.set(node.name.text, node.type);
      if (ts.isInterfaceDeclaration(node)) this.types.set(node.name.text, node);
      if (!ts.isFunctionDeclaration(node) || !node.name || !/^[A-Z]/.test(node.name.text)) return;
      const isExported = node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
      if (isExported) this.props.set(node.name.text, node.parameters[0]?.type);
    });
  }

  /** Each state as `prop=value`; a switch that can be on is `prop=true`. */
  statesOf(name: string): string[] {
    return this.members(this.props.get(name)).flatMap((member) => {
      if (!ts.isPropertySignature(member) || member.type === undefined) return [];
      return this.valuesOf(member.type).map((value) => `${member.name.getText()}=${value}`);
    });
  }

  private members(type: ts.Node | undefined): ts.TypeElement[] {
    if (type === undefined) return [];
    if (ts.isTypeLiteralNode(type)) return [...type.members];
    if (ts.isIntersectionTypeNode(type)) return type.types.flatMap((one) => this.members(one));
    if (ts.isInterfaceDeclaration(type)) {
      const above = (type.heritageClauses ?? []).flatMap(({ types }) => types);
      return [...type.members, ...above.flatMap((one) => this.named(one.expression, one.typeArguments))];
    }
    if (ts.isTypeReferenceNode(type)) return this.named(type.typeName, type.typeArguments);
    return [];
  }

  private named(name: ts.Node, given: readonly ts.TypeNode[] | undefined): ts.TypeElement[] {
    if (name.getText() === "Omit") {
      const left = given?.[1]?.getText() ?? "";
      return this.members(given?.[0]).filter((member) => !left.includes(`"${member.name?.getText()}"`));
    }
    return this.members(this.types.get(name.getText()));
  }

  private valuesOf(type: ts.TypeNode): string[] {
    if (type.kind === ts.SyntaxKind.BooleanKeyword) return ["true"];
    if (ts.isUnionTypeNode(type)) return type.types.flatMap((one) => this.valuesOf(one));
    if (ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal)) return [type.literal.text];
    if (ts.isLiteralTypeNode(type) && ts.isNumericLiteral(type.literal)) return [type.literal.text];
    const alias = ts.isTypeReferenceNode(type) ? this.types.get(type.typeName.getText()) : undefined;
    return alias && !ts.isInterfaceDeclaration(alias) ? this.valuesOf(alias) : [];
  }
}

/** What is shown: elements by name, and of each `prop=value`; what is computed may have any listed value. */
function shownIn(files: readonly ts.SourceFile[]): Map<string, Set<string>> {
  const listed = new Set<string>();
  eachNode(files, (node) => {
    if (!ts.isArrayLiteralExpression(node)) return;
    for (const one of node.elements)
      if (ts.isStringLiteral(one) || ts.isNumericLiteral(one)) listed.add(one.text);
  });
  const shown = new Map<string, Set<string>>();
  eachNode(files, (node) => {
    if (!ts.isJsxOpeningElement(node) && !ts.isJsxSelfClosingElement(node)) return;
    const name = node.tagName.getText();
    const states = shown.get(name) ?? new Set();
    shown.set(name, states);
    for (const property of node.attributes.properties) {
      if (!ts.isJsxAttribute(property)) continue;
      for (const value of valuesIn(property.initializer, listed))
        states.add(`${property.name.getText()}=${value}`);
    }
  });
  return shown;
}

function valuesIn(given: ts.JsxAttributeValue | undefined, listed: ReadonlySet<string>): Iterable<string> {
  if (given === undefined) return ["true"];
  if (ts.isStringLiteral(given)) return [given.text];
  const value = ts.isJsxExpression(given) ? given.expression : undefined;
  if (value === undefined) return [];
  if (ts.isStringLiteral(value) || ts.isNumericLiteral(value)) return [value.text];
  return value.kind === ts.SyntaxKind.FalseKeyword ? [] : [...listed, "true"];
}

describe("the gallery", () => {
  const components = new Components(parsed("components"));
  const withinOthers = shownIn(parsed("components"));
  const shown = shownIn(parsed("features/gallery"));
  const names = [...components.props.keys()].filter((name) => !ON_EVERY_PAGE.includes(name));

  it("looks at all components", () => {
    expect(names.length).toBeGreaterThan(35);
    expect(names).toContain("Button");
    expect(components.statesOf("StateDot")).toEqual(["tone=good", "tone=warn", "tone=off", "tone=danger"]);
    expect(components.statesOf("IconButton")).toContain("size=28");
  });

  it("shows every component; parts of another one with that one", () => {
    const partsOnly = (name: string) => name.startsWith("Area") && withinOthers.has(name);
    expect(names.filter((name) => !shown.has(name) && !partsOnly(name))).toEqual([]);
  });

  it("shows every state of them", () => {
    const missing = names
      .filter((name) => shown.has(name))
      .flatMap((name) =>
        components
          .statesOf(name)
          .filter((state) => !shown.get(name)?.has(state))
          .map((state) => `${name} ${state}`),
      );
    expect(missing).toEqual([]);
  });

  it("misses what is missing", () => {
    const made = new Components([
      parse(
        "a.tsx",
        'export function Lamp(props: { tone?: "warm" | "cold"; lit?: boolean }) { return null; }',
      ),
    ]);
    const seen = shownIn([parse("b.tsx", 'const x = <Lamp tone="warm" lit={false} />;')]);
    expect(made.statesOf("Lamp").filter((state) => !seen.get("Lamp")?.has(state))).toEqual([
      "tone=cold",
      "lit=true",
    ]);
  });
});
