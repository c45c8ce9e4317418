import type { Balance, Fill, Order } from "@cse/client";
import { describe, expect, it } from "vitest";
import { foldBalances, foldFills, foldOpenOrders } from "@/providers/own";

const balance = (asset: string, available: string): Balance => ({ asset, available, locked: "0" });
const order = (id: string, created: string, status = "open") =>
  ({ id, created_at: created, status }) as Order;
const fill = (trade: string, order_id = "1") => ({ trade_id: trade, order_id }) as Fill;

describe("balances", () => {
  const held = [balance("USDC", "10"), balance("LUNA", "5")];

  it("change where they are told, and keep the rest", () => {
    const frame = { reset: false, balances: [balance("LUNA", "6"), balance("NOVA", "1")] };
    expect(foldBalances(held, frame)).toEqual([
      balance("USDC", "10"),
      balance("LUNA", "6"),
      balance("NOVA", "1"),
    ]);
  });

  it("are replaced by a snapshot", () => {
    expect(foldBalances(held, { reset: true, balances: [balance("USDC", "1")] })).toEqual([
      balance("USDC", "1"),
    ]);
  });
});

describe("open orders", () => {
  const held = [order("2", "b"), order("1", "a")];

  it("gain the new, lose the closed, stand newest first", () => {
    const frame = { reset: false, orders: [order("3", "c"), order("1", "a", "filled")] };
    expect(foldOpenOrders(held, frame).map(({ id }) => id)).toEqual(["3", "2"]);
  });

  it("are replaced by a snapshot", () => {
    expect(foldOpenOrders(held, { reset: true, orders: [] })).toEqual([]);
  });
});

describe("fills", () => {
  const page = (...items: Fill[]) => ({ items, next_cursor: null, sequence: "1" });
  const held = { pages: [page(fill("5"), fill("4")), page(fill("3"))], pageParams: [undefined, "c"] };

  it("come before the first page, the newest first, each once", () => {
    const folded = foldFills(held, { reset: false, fills: [fill("5"), fill("6"), fill("7")] });
    expect(folded.pages.map(({ items }) => items.map(({ trade_id }) => trade_id))).toEqual([
      ["7", "6", "5", "4"],
      ["3"],
    ]);
  });

  it("of one trade may be two, one for each side", () => {
    const folded = foldFills(held, { reset: false, fills: [fill("5", "9")] });
    expect(folded.pages[0]?.items).toHaveLength(3);
  });
});
