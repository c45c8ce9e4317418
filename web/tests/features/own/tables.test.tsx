// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import type { ReactElement } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import common from "#messages/en/common.json";
import errors from "#messages/en/errors.json";
import own from "#messages/en/own.json";
import type { TableLook } from "@/components/Table";
import { BalancesTable } from "@/features/own/BalancesTable";
import { FillsTable } from "@/features/own/FillsTable";
import { OrdersTable } from "@/features/own/OrdersTable";
import { orderRow } from "@/features/own/orderRows";
import { valuation } from "@/features/own/valuation";
import type { AssetFacts, Listing, Listings } from "@/providers/market/markets";
import { known, next, sending } from "@/providers/own/orderState";
import { fill, INTENT, order } from "../../providers/own/wire";
import { LUNA } from "../trade/markets";

const fact = (asset: string): AssetFacts => ({ asset, decimals: 6, name: asset, cover: null, demo: true });
const luna: Listing = { ...LUNA, name: "Luna Park", cover: null, demo: true, creator: null };
const listings: Listings = {
  all: [luna],
  byMarket: new Map([["LUNA-USDC", luna]]),
  assets: new Map(["LUNA", "USDC"].map((asset) => [asset, fact(asset)])),
};

vi.mock("@/providers/market/markets", async (actual) => ({
  ...(await actual<object>()),
  useListings: () => ({ data: listings }),
}));
vi.mock("@/providers/exchange", () => ({ liveStreams: () => ({ subscribe: () => () => {} }) }));
vi.mock("@/i18n/Link", () => ({
  Link: ({ href, ...rest }: { href: string }) => <a href={href} {...rest} />,
}));

afterEach(cleanup);

/** The cells of the table, row by row, without its head. */
function cellsOf(table: ReactElement): (string | null)[][] {
  render(
    <NextIntlClientProvider locale="en" timeZone="UTC" messages={{ common, errors, own }}>
      {table}
    </NextIntlClientProvider>,
  );
  const [, ...rows] = screen.getAllByRole("row");
  return rows.map((row) =>
    within(row)
      .getAllByRole("cell")
      .map((cell) => cell.textContent),
  );
}

const past = { error: null, hasOlder: false, isLoadingOlder: false, older: () => {}, retry: () => {} };
const LOOKS: TableLook[] = ["page", "panel"];

describe.each(LOOKS)("on a %s", (look) => {
  it("balances are written with the decimals of lots, and more where there is more", () => {
    const balances = [
      { asset: "LUNA", available: "500", locked: "0.000001" },
      { asset: "USDC", available: "1000", locked: "0" },
    ];
    const value = valuation(balances, listings, () => undefined);
    const rows = cellsOf(<BalancesTable label="Balances" value={value} look={look} />);
    expect(rows.slice(0, 2).map((cells) => cells.slice(1, 4))).toEqual([
      ["500.000001", "500.0", "0.000001"],
      ["1,000.00", "1,000.00", "0.00"],
    ]);
  });

  it("fills are written in ticks, lots and cents, or whatever there is more", () => {
    const items = [fill({ price: "0.042", quantity: "10", notional: "0.42", fee: "0.00084" })];
    const rows = cellsOf(
      <FillsTable past={{ ...past, items }} label="Fills" look={look} all cards={false} />,
    );
    expect(rows[0]?.slice(1)).toEqual([
      "LUNA/USDC",
      "Buy",
      "0.04200",
      "10.0",
      "0.42",
      "0.00084 USDC",
      "Taker",
    ]);
    expect(screen.queryByRole("button", { name: "Show older ones" })).toBeNull();
  });

  it("orders are written alike, and tell what became of them", () => {
    const checking = next(sending({ ...INTENT, clientOrderId: "w-2" }), { kind: "no_answer" });
    const killed = known(order({ id: "9", client_order_id: "c", status: "expired", close_reason: "killed" }));
    const part = known(order({ filled_quantity: "40", average_price: "0.042" }));
    const rows = [checking, part, killed].flatMap((tracked) => orderRow(tracked) ?? []);
    const cells = cellsOf(<OrdersTable label="Orders" rows={rows} look={look} all={false} cards={false} />);
    expect(cells.map((row) => row.slice(3))).toEqual([
      ["0.04206", "100.0", "0.0", "—", "Checking"],
      ["0.04206", "100.0", "40.0", "0.04200", "Partly filled"],
      ["0.04206", "100.0", "0.0", "—", "Not filled whole"],
    ]);
  });
});

it("orders are sorted by what a column's head is pressed for, which says so", () => {
  const prices = ["0.9", "0.10", "0.10000001"];
  const rows = prices.flatMap(
    (price, at) => orderRow(known(order({ id: `${at}`, client_order_id: `c-${at}`, price }))) ?? [],
  );
  const table = <OrdersTable label="Orders" rows={rows} look="page" all={false} cards={false} />;
  const shown = () =>
    screen
      .getAllByRole("row")
      .slice(1)
      .map((row) => row.querySelectorAll("td")[3]?.textContent);
  const head = () => screen.getByRole("columnheader", { name: "Price" });
  cellsOf(table);
  const asCame = shown();
  expect(head().getAttribute("aria-sort")).toBeNull();
  for (const [order, expected] of [
    ["descending", [0, 2, 1]],
    ["ascending", [1, 2, 0]],
    [null, [0, 1, 2]],
  ] as const) {
    fireEvent.click(screen.getByRole("button", { name: "Price" }));
    expect(head().getAttribute("aria-sort")).toBe(order);
    expect(shown()).toEqual(expected.map((at) => asCame[at]));
  }
});

it("a panel of all markets gives the average's room to the market", () => {
  const rows = [orderRow(known(order()))].flatMap((row) => row ?? []);
  const [cells] = cellsOf(<OrdersTable label="Orders" rows={rows} look="panel" all cards={false} />);
  expect(cells?.slice(1)).toEqual(["LUNA/USDC", "Limit", "Buy", "0.04206", "100.0", "0.0", "Open"]);
});

it("a card isolates the pair alone: what parts it from the words beside it runs with those", () => {
  const rows = [orderRow(known(order()))].flatMap((row) => row ?? []);
  const { container } = render(
    <NextIntlClientProvider locale="en" timeZone="UTC" messages={{ common, errors, own }}>
      <OrdersTable label="Orders" rows={rows} look="page" all cards />
      <FillsTable past={{ ...past, items: [fill()] }} label="Fills" look="page" all cards />
    </NextIntlClientProvider>,
  );
  const pairs = [...container.querySelectorAll("li bdi")];
  expect(pairs.map((pair) => pair.textContent)).toEqual(["LUNA/USDC", "LUNA/USDC"]);
});

it.each([
  [
    { type: "stop_loss", price: null, trigger: "waiting" },
    ["Stop-loss", "Buy", "0.04000", "100.0", "At or above"],
    "Waiting",
  ],
  [
    { type: "stop_limit", trigger: "waiting" },
    ["Stop-limit", "Buy", "0.04000", "100.0", "then at 0.04206"],
    "Waiting",
  ],
  [
    { type: "trailing_stop", price: null, trailing_percent: "5", trigger: "waiting" },
    ["Trailing stop", "Buy", "0.04000", "100.0", "5 % behind"],
    "Waiting",
  ],
  [
    { type: "stop_loss", side: "sell", price: null, quantity: null, trigger: "attached" },
    ["Stop-loss", "Sell", "0.04000", "As bought", "After the buy"],
    "Attached",
  ],
  [
    { type: "stop_limit", trigger: null, filled_quantity: "40" },
    ["Stop-limit", "Buy", "0.04206", "100.0", "40.0"],
    "Partly filled",
  ],
] as const)("an order that waits for a trade says for which: %o", (change, words, state) => {
  const rows = [orderRow(known(order({ ...change, stop_price: "0.04000" })))].flatMap((row) => row ?? []);
  const [cells] = cellsOf(<OrdersTable label="Orders" rows={rows} look="panel" all={false} cards={false} />);
  expect(cells?.slice(1, 6)).toEqual(words);
  expect(cells?.at(-1)).toBe(state);
});

it("older fills are offered where there are some", () => {
  const items = [fill()];
  cellsOf(
    <FillsTable
      past={{ ...past, items, hasOlder: true }}
      label="Fills"
      look="panel"
      all={false}
      cards={false}
    />,
  );
  expect(screen.getByRole("button", { name: "Show older ones" })).toBeTruthy();
  expect(screen.queryByText("Market")).toBeNull();
});

it("orders are cards on a phone, each with its own cross", () => {
  const rows = [known(order()), known(order({ id: "8", client_order_id: "b" }))].flatMap(
    (tracked) => orderRow(tracked) ?? [],
  );
  render(
    <NextIntlClientProvider locale="en" timeZone="UTC" messages={{ common, errors, own }}>
      <OrdersTable label="Orders" rows={rows} look="panel" all={false} cards onDismiss={() => {}} />
    </NextIntlClientProvider>,
  );
  expect(screen.getAllByRole("listitem")).toHaveLength(2);
  expect(screen.getAllByRole("button", { name: "Cancel: Buy 100.0 at 0.04206" })).toHaveLength(2);
});
