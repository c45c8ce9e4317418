import { describe, expect, it } from "vitest";
import { csvText } from "@/components/csv";

describe("a table for other programs", () => {
  it("has a head and a line for each row, with nothing where something is not known", () => {
    expect(
      csvText(
        ["market", "trades"],
        [
          ["LUNA-USDC", 3],
          ["NOVA-USDC", null],
        ],
      ),
    ).toBe("market,trades\r\nLUNA-USDC,3\r\nNOVA-USDC,\r\n");
  });

  it.each([
    ["Luna, the Park", '"Luna, the Park"'],
    ['a "b"', '"a ""b"""'],
    ["two\nlines", '"two\nlines"'],
    ["=1+1", "'=1+1"],
    ['=HYPERLINK("x")', '"\'=HYPERLINK(""x"")"'],
    ["@x", "'@x"],
    ["-x", "'-x"],
    ["-0.5", "-0.5"],
    ["0.5", "0.5"],
  ])("writes %j as %s", (text, cell) => {
    expect(csvText(["name"], [[text]])).toBe(`name\r\n${cell}\r\n`);
  });
});
