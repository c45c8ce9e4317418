import type { DeskMarket } from "@cse/client";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { carryOut, changesBy, fieldsOf, isWritten, typed } from "@/features/admin/marketActs";

const sent: [string, string, unknown][] = [];
vi.mock("@/providers/desk", () => ({
  desk: () =>
    new Proxy(
      {},
      {
        get: (_, method: string) => async (market: string, body: unknown) => {
          sent.push([method, market, body]);
        },
      },
    ),
}));

const SHOWN = {
  market: {
    market: "LAB-USDC",
    status: "open",
    auction_ends_at: null,
    tick_size: "0.01",
    lot_size: "1",
    min_quantity: "0",
    max_quantity: "9",
    min_notional: "0",
    max_notional: null,
    max_open_orders: 0,
    maker_fee_ppm: 1000,
    taker_fee_ppm: 2000,
  },
  tiers: [{ tier: 2, maker_fee_ppm: 0, taker_fee_ppm: 100 }],
  promotion: null,
} as unknown as DeskMarket;

beforeEach(() => {
  sent.length = 0;
});

describe("an act about a market", () => {
  it("sends of limits what changes with what was seen of it, and nothing else", async () => {
    await carryOut("limits", "LAB-USDC", fieldsOf("limits", SHOWN, {}), { max_notional: "100" }, "why");
    expect(sent).toEqual([
      ["setMarketLimits", "LAB-USDC", { reason: "why", max_notional: "100", seen: { max_notional: "0" } }],
    ]);
  });

  it("sends of fees all of it, as numbers", async () => {
    await carryOut("fees", "LAB-USDC", fieldsOf("fees", SHOWN, {}), { maker_fee_ppm: "-50" }, "why");
    const body = { reason: "why", tier: 0, maker_fee_ppm: -50, taker_fee_ppm: 2000 };
    expect(sent).toEqual([["setMarketFees", "LAB-USDC", body]]);
  });

  it.each([
    ["0", "1000", "2000"],
    ["2", "0", "100"],
    ["3", "", ""],
  ])("has of tier %s the rates that are its own", async (tier, maker, taker) => {
    const fields = fieldsOf("fees", SHOWN, { tier });
    expect(fields.map((field) => field.now)).toEqual([tier, maker, taker]);
    expect(fields.every((field) => isWritten(field, typed({ tier }, field)))).toBe(maker !== "");
  });

  it("sends an end with an auction alone", async () => {
    const fields = fieldsOf("status", SHOWN, {});
    const values = { auction_ends_at: "2030-01-01T00:00" };
    await carryOut("status", "LAB-USDC", fields, { ...values, status: "halted" }, "why");
    await carryOut("status", "LAB-USDC", fields, { ...values, status: "auction" }, "why");
    const ends = new Date("2030-01-01T00:00").toISOString();
    expect(sent.map(([, , body]) => body)).toEqual([
      { reason: "why", status: "halted" },
      { reason: "why", status: "auction", auction_ends_at: ends },
    ]);
  });

  it("sends of an end that is left empty nothing, whatever it was before", async () => {
    const market = { ...SHOWN.market, status: "auction", auction_ends_at: "2030-01-01T00:00:00.000000Z" };
    const fields = fieldsOf("status", { ...SHOWN, market } as DeskMarket, {});
    expect(fields.map((field) => typed({ status: "auction" }, field))).toEqual(["auction", ""]);
    await carryOut("status", "LAB-USDC", fields, { status: "auction" }, "why");
    expect(sent.map(([, , body]) => body)).toEqual([{ reason: "why", status: "auction" }]);
  });

  it.each([
    ["halted", {}, ["status", "auction_ends_at"]],
    ["auction", {}, ["auction_ends_at"]],
    ["auction", { auction_ends_at: "2031-01-01T00:00" }, ["auction_ends_at"]],
  ])("shows that an auction's end goes or is another: %s %j", (status, typedEnd, shown) => {
    const market = { ...SHOWN.market, status: "auction", auction_ends_at: "2030-01-01T00:00:00.000000Z" };
    const fields = fieldsOf("status", { ...SHOWN, market } as DeskMarket, {});
    const changes = changesBy(fields, { status, ...typedEnd });
    expect(changes.map(({ name }) => name)).toEqual(shown);
    expect(changes.at(-1)?.after).toBe((typedEnd as { auction_ends_at?: string }).auction_ends_at ?? "");
  });

  it.each([
    ["count", "0", true],
    ["count", "-1", false],
    ["rate", "-50", true],
    ["rate", "0.5", false],
    ["decimal", "0.05", true],
    ["decimal", "1e3", false],
    ["decimal", "-1", false],
    ["name", "", false],
  ] as const)("takes of %s %j: %s", (kind, text, good) => {
    expect(isWritten({ name: "x", kind, now: "" }, text)).toBe(good);
  });
});
