// @vitest-environment jsdom
import type { Ticker } from "@cse/client";
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import common from "#messages/en/common.json";
import own from "#messages/en/own.json";
import positionWords from "#messages/en/positions.json";
import { PositionsTable } from "@/features/portfolio/PositionsTable";
import type { Position, Positions } from "@/features/portfolio/positions";
import type { Listing } from "@/providers/market/markets";
import { LUNA } from "../trade/markets";

vi.mock("@/providers/market/markets", async (actual) => ({
  ...(await actual<object>()),
  useListings: () => ({ data: undefined }),
}));
vi.mock("@/i18n/Link", () => ({
  Link: ({ href, ...rest }: { href: string }) => <a href={href} {...rest} />,
}));
beforeAll(() => {
  vi.stubGlobal("matchMedia", () => ({ matches: false, addEventListener() {}, removeEventListener() {} }));
});
afterEach(cleanup);

const row = (name: string, figures: Partial<Position>): Position => ({
  asset: { asset: name, decimals: 6, name, cover: null, demo: true },
  listing: null,
  ticker: undefined,
  isMoney: false,
  amount: 0n,
  averageCost: null,
  value: null,
  sharePpm: null,
  cost: null,
  unrealised: null,
  unrealisedPpm: null,
  realised: null,
  fees: null,
  ...figures,
});
const listing: Listing = { ...LUNA, name: "Luna", cover: null, demo: true, creator: null };
const ROWS = [
  row("LUNA", {
    value: 900n,
    amount: 5_000_000n,
    averageCost: "0.5",
    listing,
    ticker: { last_price: "9", open_24h: "10" } as Ticker,
  }),
  row("BTC", {
    asset: { ...row("BTC", {}).asset, decimals: 8 },
    value: 500n,
    amount: 100_000_000n,
    averageCost: "90000",
  }),
  row("ADA", { value: 700n, amount: 20_000_000n, averageCost: null }),
  row("USDC", { isMoney: true, value: 9_000n, amount: 9_000n, unrealised: 0n }),
];
const POSITIONS: Positions = {
  rows: ROWS,
  decimals: 6,
  value: 11_100n,
  pricedValue: 11_100n,
  unpriced: [],
  unrealised: null,
  unrealisedPpm: null,
  realised: null,
  fees: null,
  creatorShare: null,
  putIn: null,
  takenOut: null,
  gain: null,
  gainPpm: null,
  since: null,
};

function show(hidden?: readonly string[]) {
  render(
    <NextIntlClientProvider locale="en" timeZone="UTC" messages={{ common, own, positions: positionWords }}>
      <PositionsTable positions={POSITIONS} method="average" hidden={hidden} />
    </NextIntlClientProvider>,
  );
}
const press = (name: string) =>
  fireEvent.click(within(screen.getByRole("columnheader", { name })).getByRole("button"));
const order = () =>
  screen
    .getAllByRole("row")
    .slice(1)
    .map(
      (one) =>
        within(one)
          .getAllByRole("cell")[0]
          ?.textContent?.match(/LUNA|BTC|ADA|USDC|Total/)?.[0],
    );

describe("the table of positions", () => {
  it("stands as it came until a head is pressed, and the sum stays last", () => {
    show();
    expect(order()).toEqual(["LUNA", "BTC", "ADA", "USDC", "Total"]);
    expect(screen.getByRole("columnheader", { name: "Average cost" }).getAttribute("aria-sort")).toBeNull();
  });

  it.each([
    ["Token", ["ADA", "BTC", "LUNA", "USDC"]],
    ["Amount", ["ADA", "LUNA", "BTC", "USDC"]],
    ["Average cost", ["BTC", "LUNA", "ADA", "USDC"]],
    ["24 h", ["LUNA", "BTC", "ADA", "USDC"]],
    ["Value, USDC", ["USDC", "LUNA", "ADA", "BTC"]],
  ])("is sorted by %s, with what is not known last", (name, sorted) => {
    show();
    press(name);
    expect(order()).toEqual([...sorted, "Total"]);
    const first = name === "Token" ? "ascending" : "descending";
    expect(screen.getByRole("columnheader", { name }).getAttribute("aria-sort")).toBe(first);
  });

  it("is turned around by a second press, and as it came by a third", () => {
    show();
    press("Average cost");
    press("Average cost");
    expect(order()).toEqual(["LUNA", "BTC", "ADA", "USDC", "Total"]);
    expect(screen.getByRole("columnheader", { name: "Average cost" }).getAttribute("aria-sort")).toBe(
      "ascending",
    );
    press("Average cost");
    expect(screen.getByRole("columnheader", { name: "Average cost" }).getAttribute("aria-sort")).toBeNull();
  });

  it("leaves out columns that are hidden", () => {
    show(["fees", "day"]);
    const names = screen.getAllByRole("columnheader").map((head) => head.textContent);
    expect(names).not.toContain("Fees paid");
    expect(names).not.toContain("24 h");
    expect(names).toContain("Realised");
  });
});
