import type { Ticker } from "@cse/client";
import { describe, expect, it } from "vitest";
import { csvOf, rowsOf, searchOf, sortText, toSaved, viewOf } from "@/features/markets/view";
import type { Listing } from "@/providers/market/markets";

const listing = (base: string, name: string, category?: string) =>
  ({
    market: `${base}-USDC`,
    base,
    name,
    status: "open",
    creator: category ? { category } : null,
  }) as Listing;
const ALL = [
  listing("LUNA", "Luna Park", "Music"),
  listing("NOVA", "Nóva Quill", "Writing"),
  listing("LAB", "Lab"),
];
const TICKERS: Record<string, Partial<Ticker>> = {
  "LUNA-USDC": { last_price: "0.04", open_24h: "0.05", quote_volume_24h: "9", trades_24h: 3 },
  "NOVA-USDC": { last_price: "1.2", open_24h: "1.1", quote_volume_24h: "10", trades_24h: 2 },
};
const tickerOf = (market: string) => TICKERS[market] as Ticker | undefined;
const rows = (query: string, starred: string[] = []) =>
  rowsOf(ALL, viewOf(new URLSearchParams(query)), tickerOf, starred).map(({ base }) => base);

describe("the rows of an address", () => {
  it.each([
    ["", ["NOVA", "LUNA", "LAB"]],
    ["sort=volume", ["LAB", "LUNA", "NOVA"]],
    ["sort=name", ["LAB", "LUNA", "NOVA"]],
    ["sort=-change", ["NOVA", "LUNA", "LAB"]],
    ["sort=-price", ["NOVA", "LUNA", "LAB"]],
    ["view=rising", ["NOVA"]],
    ["view=falling", ["LUNA"]],
    ["category=Music", ["LUNA"]],
    ["q=nova", ["NOVA"]],
    ["q=LUNA/USDC", ["LUNA"]],
    ["q=zzz", []],
    ["view=nonsense&sort=nonsense", ["NOVA", "LUNA", "LAB"]],
  ])("%j are %j", (query, bases) => expect(rows(query)).toEqual(bases));

  it("are the starred ones, however many there are", () => {
    expect(rows("view=starred", ["LAB-USDC", "GONE-USDC"])).toEqual(["LAB"]);
  });
});

describe("a sort in the address", () => {
  it("is left out where it is the usual one", () => {
    expect(sortText("volume", true)).toBeNull();
    expect(sortText("volume", false)).toBe("volume");
    expect(sortText("price", true)).toBe("-price");
  });
});

describe("rows as CSV", () => {
  it("are whole, unrounded, and run nothing in a spreadsheet", () => {
    const text = csvOf([listing("EVIL", '=HYPERLINK("x")')], () => undefined);
    expect(text).toBe(
      'market,name,last_price,open_24h,high_24h,low_24h,quote_volume_24h,trades_24h,status\r\nEVIL-USDC,"\'=HYPERLINK(""x"")",,,,,,,open\r\n',
    );
  });
});

describe("the query of a view", () => {
  it.each(["", "view=starred", "category=Music&q=n%C3%B3va", "view=rising&sort=-change", "sort=name"])(
    "names it again: %s",
    (query) => {
      expect(searchOf(viewOf(new URLSearchParams(query)))).toBe(query);
    },
  );

  it("has nothing that is so by default, and nothing else of an address", () => {
    expect(searchOf(viewOf(new URLSearchParams("sort=-volume&view=all&theme=dark")))).toBe("");
  });

  it("shows a saved one whole, and nothing that was never of a view", () => {
    expect(toSaved("view=rising&theme=dark")).toEqual({
      view: "rising",
      sort: null,
      category: null,
      q: null,
    });
  });
});
