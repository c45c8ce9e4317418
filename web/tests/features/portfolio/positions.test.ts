import type { PortfolioView, Ticker } from "@cse/client";
import { describe, expect, it } from "vitest";
import { positionsCsv, positionsOf } from "@/features/portfolio/positions";
import type { AssetFacts, Listing, Listings } from "@/providers/market/markets";

const asset = (symbol: string): AssetFacts => ({
  asset: symbol,
  decimals: 6,
  name: symbol,
  cover: null,
  demo: true,
});
const LISTINGS: Listings = {
  all: [],
  assets: new Map(["USDC", "LUNA", "NEW"].map((symbol) => [symbol, asset(symbol)])),
  byMarket: new Map(
    ["LUNA", "NEW"].map((base) => [
      `${base}-USDC`,
      { market: `${base}-USDC`, base, quote: "USDC" } as Listing,
    ]),
  ),
};
const PRICES: Record<string, string> = { "LUNA-USDC": "0.05" };
const tickerOf = (market: string) => ({ last_price: PRICES[market] ?? null }) as Ticker;

const position = (symbol: string, figures: Partial<PortfolioView["positions"][number]>) => ({
  asset: symbol,
  amount: "0",
  cost: "0",
  average_cost: null,
  last_price: null,
  value: null,
  share_ppm: null,
  unrealised: null,
  unrealised_ppm: null,
  realised: "0",
  fees: "0",
  creator_share: "0",
  ...figures,
});

const VIEW: PortfolioView = {
  value_asset: "USDC",
  cost_method: "average",
  value: "900",
  priced_value: "900",
  unpriced: [],
  cost: "400",
  unrealised: "80",
  unrealised_ppm: 200_000,
  realised: "41.2",
  fees: "1.2",
  creator_share: "0",
  put_in: "900",
  taken_out: "80",
  gain: "120",
  gain_ppm: 133_333,
  since: "2026-04-14T00:00:00.000000Z",
  positions: [
    position("USDC", { amount: "340", cost: null, realised: null, fees: null }),
    position("LUNA", {
      amount: "12000",
      cost: "400",
      average_cost: "0.03333333",
      realised: "41.2",
      fees: "1.2",
    }),
  ],
  sequence: "7",
};

describe("positions at the prices that all pages show", () => {
  const found = positionsOf(VIEW, LISTINGS, tickerOf);
  const luna = found.rows[0];

  it("stand by value, money last", () =>
    expect(found.rows.map((row) => row.asset.asset)).toEqual(["LUNA", "USDC"]));
  it("are worth what the last price says", () => expect(luna?.value).toBe(600_000_000n));
  it("gain what they are worth above their cost", () => {
    expect([luna?.unrealised, luna?.unrealisedPpm]).toEqual([200_000_000n, 500_000n]);
  });
  it("sum up to what was gained without deposits", () => {
    expect([found.value, found.gain]).toEqual([940_000_000n, 120_000_000n]);
  });
  it("have no gain where a price is not known", () => {
    const positions = [position("NEW", { amount: "5", cost: "1" })];
    const unknown = positionsOf({ ...VIEW, positions }, LISTINGS, tickerOf);
    expect([unknown.rows[0]?.value, unknown.value, unknown.unrealised, unknown.gain]).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });
  it("leave nothing out that came after the listings, and say what all else is worth", () => {
    const positions = [...VIEW.positions, position("LATE", { amount: "1.25", cost: "3" })];
    const found = positionsOf({ ...VIEW, positions }, LISTINGS, tickerOf);
    expect(found.rows.find((row) => row.asset.asset === "LATE")).toMatchObject({ amount: 125n, value: null });
    expect([found.value, found.gain, found.pricedValue, found.unpriced]).toEqual([
      null,
      null,
      940_000_000n,
      ["LATE"],
    ]);
  });
  it("have no gain where a cost is not known", () => {
    const positions = [position("LUNA", { amount: "5", cost: null, realised: null })];
    const unknown = positionsOf({ ...VIEW, positions }, LISTINGS, tickerOf);
    expect([unknown.rows[0]?.value, unknown.unrealised]).toEqual([250_000n, null]);
  });
  it("gain a tenth and two tenths, which are three", () => {
    const figures = { amount: "1", cost: "0" };
    const positions = [position("LUNA", figures), position("NEW", figures)];
    const tenths: Record<string, string> = { "LUNA-USDC": "0.1", "NEW-USDC": "0.2" };
    const pricesOf = (market: string) => ({ last_price: tenths[market] ?? null }) as Ticker;
    const summed = positionsOf({ ...VIEW, positions }, LISTINGS, pricesOf);
    expect([summed.value, summed.unrealised]).toEqual([300_000n, 300_000n]);
  });
  it("are none where there is nothing, and sum up to that", () => {
    const none = positionsOf({ ...VIEW, positions: [], put_in: "0", taken_out: "0" }, LISTINGS, tickerOf);
    expect([none.rows, none.value, none.unrealised]).toEqual([[], 0n, 0n]);
  });
  it("are written as they came, for other programs", () => {
    expect(positionsCsv(VIEW).split("\r\n")[2]).toBe("LUNA,12000,0.03333333,400,,,,,,41.2,1.2");
  });
});
