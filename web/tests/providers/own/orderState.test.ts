import type { Order } from "@cse/client";
import { describe, expect, it } from "vitest";
import {
  type Intent,
  known,
  next,
  type OrderEvent,
  type Phase,
  sending,
  type TrackedOrder,
} from "@/providers/own/orderState";
import { order } from "./wire";

const INTENT: Intent = {
  clientOrderId: "w-1",
  market: "LUNA-USDC",
  side: "buy",
  type: "limit",
  timeInForce: "gtc",
  postOnly: false,
  price: "0.04206",
  quantity: "100.0",
  quoteAmount: null,
  stop: null,
  trailing: null,
  sentAt: "2026-11-25T12:00:00.000Z",
};

const server = (status: Order["status"], filled: string, revision = "9"): OrderEvent => ({
  kind: "server",
  order: order({ status, filled_quantity: filled, revision }),
});
const priced = (price: string, revision: string): OrderEvent => ({
  kind: "server",
  order: order({ price, revision }),
});
const refused: OrderEvent = {
  kind: "refused",
  refusal: { code: "insufficient_funds", sentence: "", reference: null },
};
const noAnswer: OrderEvent = { kind: "no_answer" };
const absent: OrderEvent = { kind: "absent" };
const cancelAsked: OrderEvent = { kind: "cancel_asked" };

function lived(...events: OrderEvent[]): TrackedOrder {
  return events.reduce(next, sending(INTENT));
}

describe("the life of an order", () => {
  it.each<[string, OrderEvent[], Phase]>([
    ["just sent", [], "sending"],
    ["no answer", [noAnswer], "checking"],
    ["rests", [server("open", "0.0")], "open"],
    ["fills in part", [server("open", "0.0"), server("open", "40.0")], "partly_filled"],
    ["fills", [server("open", "40.0"), server("filled", "100.0")], "filled"],
    ["fills at once", [server("filled", "100.0")], "filled"],
    ["is cancelled", [server("open", "0.0"), server("cancelled", "0.0")], "cancelled"],
    ["is let go", [server("expired", "10.0")], "expired"],
    ["is refused", [refused], "rejected"],
    ["was checked and is there", [noAnswer, server("open", "0.0")], "open"],
    ["was checked and is not there", [noAnswer, absent], "not_placed"],
    ["was refused after all", [noAnswer, refused], "rejected"],
    ["answers late, after it was heard of", [server("open", "0.0"), noAnswer], "open"],
    ["is heard of and then called absent", [server("open", "0.0"), absent], "open"],
    ["is heard of and then called refused", [server("open", "0.0"), refused], "open"],
    ["is called open by an old word", [server("filled", "100.0"), server("open", "0.0", "8")], "filled"],
    ["loses a fill by an old word", [server("open", "40.0"), server("open", "0.0", "8")], "partly_filled"],
  ])("%s", (_, events, phase) => {
    expect(lived(...events).phase).toBe(phase);
  });

  it("is what the newest word says, whatever comes last", () => {
    expect(lived(server("open", "40.0"), server("open", "20.0", "8")).order?.filled_quantity).toBe("40.0");
    // An amend, and the answer to a question from before it.
    expect(lived(priced("0.043", "10"), priced("0.042", "9")).order?.price).toBe("0.043");
    expect(lived(priced("0.042", "9"), priced("0.043", "10")).order?.price).toBe("0.043");
    expect(lived(priced("0.043", "9007199254740993"), priced("0.042", "9007199254740992")).order?.price).toBe(
      "0.043",
    );
  });

  it("is told as the same object where nothing changed", () => {
    const filled = lived(server("filled", "100.0"));
    expect(next(filled, server("open", "0.0", "8"))).toBe(filled);
    expect(next(filled, cancelAsked)).toBe(filled);
  });
});

describe("a cancel", () => {
  const open = () => lived(server("open", "0.0"));

  it("is under way until the server says so", () => {
    expect(next(open(), cancelAsked).cancel).toBe("cancelling");
    expect(next(open(), cancelAsked).phase).toBe("open");
  });

  it("cannot be asked of an order that nobody has heard of", () => {
    expect(lived(cancelAsked).cancel).toBe("none");
  });

  it("may come too late", () => {
    const late = next(next(open(), cancelAsked), server("filled", "100.0"));
    expect([late.phase, late.cancel]).toEqual(["filled", "filled_first"]);
  });

  it("that is refused leaves the order as it was", () => {
    const back = next(next(open(), cancelAsked), { kind: "cancel_refused", orderClosed: false });
    expect([back.phase, back.cancel]).toEqual(["open", "none"]);
  });

  it("whose refusal comes after the order has filled, or unasked, changes nothing", () => {
    const filled = next(open(), server("filled", "100.0"));
    expect(next(filled, { kind: "cancel_refused", orderClosed: true })).toBe(filled);
    const late = next(next(open(), cancelAsked), server("filled", "100.0"));
    expect(next(late, { kind: "cancel_refused", orderClosed: true })).toBe(late);
  });

  it("that is refused because the order closed waits for how it closed", () => {
    const waits = next(next(open(), cancelAsked), { kind: "cancel_refused", orderClosed: true });
    expect(waits.cancel).toBe("cancelling");
    expect(next(waits, server("filled", "100.0")).cancel).toBe("filled_first");
  });

  it("is over with the order", () => {
    expect(next(next(open(), cancelAsked), server("cancelled", "0.0")).cancel).toBe("none");
  });
});

it("knows an order of another page by its client's id, or by its own", () => {
  expect(known(order()).key).toBe("w-1");
  expect(known(order({ client_order_id: null })).key).toBe("#7");
});
