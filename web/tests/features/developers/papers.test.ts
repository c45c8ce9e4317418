import { describe, expect, it } from "vitest";
import { shownOf, targetOf } from "@/features/developers/papers";
import { render, slugOf } from "@/features/developers/render";

describe("where a link of a paper leads", () => {
  it.each([
    ["streams.md", "binance", "?show=streams"],
    ["../api.md#orders", "streams", "?show=api#orders"],
    ["api/binance.md", "api", "?show=binance"],
    ["../../docs/api/streams.md#a-local-book", "python", "?show=streams#a-local-book"],
    ["#to-try", "api", "#to-try"],
    ["/api/openapi.json", "api", "/api/openapi.json"],
    ["https://example.com/a", "api", "https://example.com/a"],
    ["../SECURITY.md", "api", null],
    ["javascript:alert(1)", "api", null],
  ] as const)("%s of %s", (href, paper, target) => {
    expect(targetOf(href, paper)).toBe(target);
  });
});

it.each([
  ["", "reference"],
  ["show=streams", "streams"],
  ["show=nonsense", "reference"],
])("the address ?%s shows %s", (query, shown) => {
  expect(shownOf(new URLSearchParams(query))).toBe(shown);
});

describe("a paper as HTML", () => {
  const paper = (text: string) => render(text, "api");

  it("has headings that can be linked to, each by its own name", () => {
    const { html, headings } = paper("# All\n## To `try`\n## To try\n### Part\n");
    expect(headings).toEqual([
      { id: "to-try", text: "To try" },
      { id: "to-try-1", text: "To try" },
    ]);
    expect(html).toContain('<h4 id="part" tabindex="-1">Part</h4>');
    expect(slugOf("Numbers, ids, times")).toBe("numbers-ids-times");
  });

  it("shows what looks like HTML, and runs nothing", () => {
    const { html } = paper("<img src=x onerror=alert(1)> [a](javascript:alert(1)) `<b>` ![x](y.png)\n");
    expect(html).not.toMatch(/<(img|b|script)|href="javascript/);
    expect(html).toContain("&lt;img src=x onerror=alert(1)&gt;");
  });

  it("lets wide tables scroll by themselves", () => {
    expect(paper("| a |\n| --- |\n| b |\n").html).toMatch(/^<div tabindex="0"><table>/);
  });
});
