import type { Fill } from "@cse/client";
import { describe, expect, it } from "vitest";
import { emptyFeed } from "@/features/trade/feed/marketFeed";
import { marketTexts } from "@/features/trade/marketTexts";
import { ROWS_MAX, type RowSource, tapeRows } from "@/features/trade/tape/rows";
import { emptyOwn } from "@/providers/own/ownStore";
import { LUNA } from "../markets";

type Traded = [id: number, side: "buy" | "sell", price: string, quantity: string, second: string];

/** Newest first. Worth 0.421, 0.105, 0.042, 0.042 and 1,680 USDC. */
const TRADES: Traded[] = [
  [9, "buy", "0.04210", "10.0", "35.821900"],
  [8, "buy", "0.04210", "2.5", "35.821004"],
  [7, "buy", "0.04200", "1.0", "35.821003"],
  [6, "sell", "0.04200", "1.0", "35.821002"],
  [5, "sell", "0.04200", "40000.0", "35.820999"],
];

function source(trades: Traded[], more: Partial<RowSource> = {}, mine: number[] = []): RowSource {
  const feed = emptyFeed("LUNA-USDC");
  feed.setState({
    trades: trades.map(([id, side, price, quantity, second]) => ({
      trade_id: String(id),
      side,
      price,
      quantity,
      auction: false,
      time: `2026-11-27T19:51:${second}Z`,
    })),
  });
  const account = emptyOwn();
  const fills = mine.map((id) => ({ market: "LUNA-USDC", trade_id: String(id), order_id: "1" }) as Fill);
  account.setState({ fills });
  return {
    own: false,
    market: "LUNA-USDC",
    feed,
    account,
    texts: marketTexts(LUNA, "en"),
    time: (at) => at.slice(20, 26),
    least: "0",
    bundled: false,
    ...more,
  };
}

const shown = (of: RowSource) =>
  tapeRows(of).map(({ key, buy, price, quantity, own }) =>
    [key, buy ? "buy" : "sell", price, quantity, ...(own ? ["own"] : [])].join(" "),
  );

describe("the rows of the tape", () => {
  it("are the market's trades, with one's own marked", () => {
    expect(shown(source(TRADES, {}, [8]))).toEqual([
      "9 buy 0.04210 10.0",
      "8 buy 0.04210 2.5 own",
      "7 buy 0.04200 1.0",
      "6 sell 0.04200 1.0",
      "5 sell 0.04200 40,000.0",
    ]);
  });

  it("are one for trades of a millisecond, side and price", () => {
    expect(shown(source(TRADES, { bundled: true }, [9]))).toEqual([
      "8 buy 0.04210 12.5 own",
      "7 buy 0.04200 1.0",
      "6 sell 0.04200 1.0",
      "5 sell 0.04200 40,000.0",
    ]);
  });

  it("are those of some worth, and a bundle counts as a whole", () => {
    expect(shown(source(TRADES, { least: "1000" }))).toEqual(["5 sell 0.04200 40,000.0"]);
    const [first, second] = TRADES as [Traded, Traded];
    const halves: Traded[] = [
      [2, "buy", "0.5", "100.0", first[4]],
      [1, "buy", "0.5", "100.0", second[4]],
    ];
    expect(shown(source(halves, { least: "100" }))).toEqual([]);
    expect(shown(source(halves, { least: "100", bundled: true }))).toEqual(["1 buy 0.50000 200.0"]);
  });

  it("stand for the same while others come", () => {
    const [newest, ...before] = TRADES;
    const bundled = { bundled: true };
    expect(shown(source(before, bundled))[0]).toBe("8 buy 0.04210 2.5");
    expect(shown(source([newest as Traded, ...before], bundled))[0]).toBe("8 buy 0.04210 12.5");
  });

  it("are bounded, however many are left out", () => {
    const many = Array.from({ length: 200 }, (_, at): Traded => {
      const large = at % 2 === 1;
      return [200 - at, "buy", "0.1", large ? "5000.0" : "1.0", "35.000000"];
    });
    const rows = tapeRows(source(many, { least: "100" }));
    expect(rows).toHaveLength(ROWS_MAX);
    expect(new Set(rows.map(({ quantity }) => quantity))).toEqual(new Set(["5,000.0"]));
  });
});
