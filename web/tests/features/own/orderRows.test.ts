import { describe, expect, it } from "vitest";
import { countOf, filledPart, isOpenRow, linkedRows, openRows, orderRow } from "@/features/own/orderRows";
import { known, next, sending } from "@/providers/own/orderState";
import { INTENT, order } from "../../providers/own/wire";

const sent = sending({ ...INTENT, clientOrderId: "w-9", sentAt: "2026-11-25T12:00:09.000Z" });
const refused = next(
  { ...sent, key: "w-8" },
  { kind: "refused", refusal: { code: "x", sentence: "No.", reference: null } },
);
const orders = new Map(
  [
    known(order({ id: "1", client_order_id: "a", created_at: "2026-11-25T12:00:01.000000Z" })),
    known(order({ id: "2", client_order_id: "b", market: "NOVA-USDC", side: "sell" })),
    known(order({ id: "3", client_order_id: "c", status: "filled" })),
    sent,
    refused,
  ].map((tracked) => [tracked.key, tracked]),
);
const keys = (market: string | null, dismissed: string[] = []) =>
  openRows(orders, market, new Set(dismissed)).map(({ key }) => key);

describe("rows of open orders", () => {
  it("are those in the books, on their way and refused, newest first", () => {
    expect(keys(null)).toEqual(["w-9", "w-8", "a", "b"]);
  });

  it("are of one market where one is asked for", () => {
    expect(keys("NOVA-USDC")).toEqual(["b"]);
  });

  it("lose a refused one that was taken off, and no other", () => {
    expect(keys(null, ["w-8", "a"])).toEqual(["w-9", "a", "b"]);
  });

  it("are open only where the exchange has said so", () => {
    const open = openRows(orders, null, new Set()).filter(isOpenRow);
    expect(open.map(({ key }) => key)).toEqual(["a", "b"]);
    expect([
      countOf(open, {}),
      countOf(open, { side: "sell" }),
      countOf(open, { market: "LUNA-USDC" }),
    ]).toEqual([2, 1, 1]);
  });
});

it.each(["stop_loss", "take_profit_limit", "trailing_stop"] as const)("a %s is called what it is", (type) => {
  const row = orderRow(known(order({ type, trigger: "waiting", stop_price: "0.04000" })));
  expect([row?.type, row?.stop]).toEqual([type, "0.04000"]);
});

describe("the orders that are linked with one", () => {
  const listed = (id: string, change = {}) =>
    known(order({ id, client_order_id: id, list_id: "3", side: "sell", ...change }));
  const limit = listed("3");
  const ids = (others: ReturnType<typeof known>[], of = limit) =>
    linkedRows(of, [limit, ...others]).map(({ key }) => key);

  it("are the open ones of its list", () => {
    const stop = listed("4", { type: "stop_loss", trigger: "waiting" });
    expect(ids([stop, listed("5", { trigger: "attached" })])).toEqual(["4", "5"]);
  });

  it("are none of those that have closed, of other lists or of no list", () => {
    expect(ids([listed("4", { status: "cancelled" }), listed("5", { list_id: "9" })])).toEqual([]);
    expect(ids([known(order({ id: "6", client_order_id: "6" }))])).toEqual([]);
    expect(ids([limit], known(order({ id: "6", client_order_id: "6" })))).toEqual([]);
  });
});

it.each([
  ["0.0", "100.0", 0],
  ["25.0", "100.0", 0.25],
  ["1.0", null, 0],
])("%s of %s is filled to %d", (filled_quantity, quantity, part) => {
  const row = orderRow(known(order({ filled_quantity, quantity })));
  expect(row && filledPart(row)).toBe(part);
});
