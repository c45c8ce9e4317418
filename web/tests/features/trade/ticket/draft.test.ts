import { describe, expect, it } from "vitest";
import {
  accepted,
  askForReview,
  type Draft,
  EMPTY_DRAFT,
  edited,
  keepDraft,
  restoreDraft,
  takeReview,
} from "@/features/trade/ticket/draft";
import type { Place } from "@/providers/kept/kept";

function storage(): NonNullable<Place> & { kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

const DRAFT: Draft = { ...EMPTY_DRAFT, price: "0.04206", size: "1.5k", percent: 25 };

describe("a draft", () => {
  it("is found again in its own market and in no other", () => {
    const place = storage();
    keepDraft(place, "LUNA-USDC", DRAFT);
    expect(restoreDraft(place, "LUNA-USDC")).toEqual(DRAFT);
    expect(restoreDraft(place, "NOVA-USDC")).toEqual(EMPTY_DRAFT);
  });

  it("leaves nothing behind when it is empty", () => {
    const place = storage();
    keepDraft(place, "LUNA-USDC", DRAFT);
    keepDraft(place, "LUNA-USDC", { ...EMPTY_DRAFT, side: "sell" });
    expect(place.kept.size).toBe(0);
  });

  it.each(["", "null", "{}", "[1]", '{"side":"both"}', "not json"])("kept as %j is an empty one", (text) => {
    const place = storage();
    place.kept.set("cse.draft.LUNA-USDC", text);
    expect(restoreDraft(place, "LUNA-USDC")).toEqual(EMPTY_DRAFT);
  });

  it("works without any storage, and with one that refuses", () => {
    const refusing: Place = {
      getItem: () => {
        throw new Error("forbidden");
      },
      setItem: () => {
        throw new Error("full");
      },
      removeItem: () => {},
    };
    expect(restoreDraft(null, "LUNA-USDC")).toEqual(EMPTY_DRAFT);
    expect(restoreDraft(refusing, "LUNA-USDC")).toEqual(EMPTY_DRAFT);
    expect(() => keepDraft(refusing, "LUNA-USDC", DRAFT)).not.toThrow();
  });
});

describe("a review that was asked for", () => {
  it("is taken once, in its own market", () => {
    const place = storage();
    askForReview(place, "LUNA-USDC");
    expect(takeReview(place, "NOVA-USDC")).toBe(false);
    expect(takeReview(place, "LUNA-USDC")).toBe(true);
    expect(takeReview(place, "LUNA-USDC")).toBe(false);
    expect(place.kept.size).toBe(0);
  });

  it("needs no storage", () => {
    askForReview(null, "LUNA-USDC");
    expect(takeReview(null, "LUNA-USDC")).toBe(false);
  });
});

describe("an edit", () => {
  it.each<[string, Partial<Draft>, Partial<Draft>, Partial<Draft>]>([
    ["a typed size is no share any more", { percent: 50 }, { size: "3" }, { size: "3", percent: null }],
    ["a share sets its own size", {}, { size: "3", percent: 50 }, { size: "3", percent: 50 }],
    ["a price keeps the share", { percent: 50 }, { price: "1" }, { percent: 50 }],
    ["a market order is not post-only", { postOnly: true }, { type: "market" }, { postOnly: false }],
    [
      "post-only stands until cancelled",
      { timeInForce: "ioc" },
      { postOnly: true },
      { timeInForce: "gtc", postOnly: true },
    ],
    [
      "what is filled at once is not post-only",
      { postOnly: true },
      { timeInForce: "fok" },
      { postOnly: false },
    ],
  ])("%s", (_, before, edit, after) => {
    expect(edited({ ...EMPTY_DRAFT, ...before }, edit)).toMatchObject(after);
  });
});

describe("a draft in an auction", () => {
  it("is a limit order that stays, with all that was typed", () => {
    const market: Draft = { ...DRAFT, type: "market", timeInForce: "fok", postOnly: true };
    expect(accepted(market, true)).toEqual({ ...DRAFT, type: "limit", timeInForce: "gtc", postOnly: false });
  });

  it("is as it was once the market is open", () => {
    const market: Draft = { ...DRAFT, type: "market" };
    expect(accepted(market, false)).toBe(market);
  });
});

describe("what is not in sight", () => {
  const SET = { shown: "100", selfTrade: "cancel_both", worst: "0.05" } as const;

  it("is sent with nothing, in an auction neither", () => {
    const closed: Draft = { ...DRAFT, ...SET, type: "market", advanced: false };
    expect(accepted(closed, false)).toEqual({ ...closed, ...NOTHING });
    const open: Draft = { ...DRAFT, ...SET, advanced: true };
    expect(accepted(open, false)).toBe(open);
    expect(accepted(open, true)).toMatchObject(NOTHING);
  });

  it("goes when it is closed, but for a worst price that must be told", () => {
    const open: Draft = { ...DRAFT, ...SET, advanced: true };
    expect(edited(open, { advanced: false })).toMatchObject(NOTHING);
    const stop: Draft = { ...open, type: "stop_loss" };
    expect(edited(stop, { advanced: false }).worst).toBe("0.05");
    expect(accepted({ ...stop, advanced: false }, false).worst).toBe("0.05");
  });

  it("is no worst price of another kind", () => {
    const stop: Draft = { ...DRAFT, ...SET, type: "stop_loss", advanced: true };
    expect(edited(stop, { type: "market" }).worst).toBe("");
  });

  it("takes nothing off both orders where it goes by what is spent", () => {
    const spend: Draft = { ...DRAFT, type: "market", by: "spend", selfTrade: "decrement", advanced: true };
    expect(accepted(spend, false).selfTrade).toBe("cancel_newest");
    expect(accepted({ ...spend, by: "quantity" }, false).selfTrade).toBe("decrement");
  });
});

const NOTHING = { shown: "", selfTrade: "cancel_newest", worst: "" } as const;
