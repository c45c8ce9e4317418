/** Which rows the tape has: all of the market's or one's own, from some worth on, bundled or each by itself. */

import { decimalsOf, formatUnits, parseUnits } from "@cse/client";
import type { OwnStore } from "@/providers/own/ownStore";
import type { MarketFeed } from "../feed/marketFeed";
import type { MarketTexts } from "../marketTexts";
import type { TapeRow } from "./painter";

/** What rows are made of. */
export interface RowSource {
  /** Only one's own trades. */
  own: boolean;
  market: string;
  feed: MarketFeed;
  account: OwnStore;
  texts: MarketTexts;
  time: (at: string) => string;
  /** In whole units of the quote asset. */
  least: string;
  bundled: boolean;
}

export const ROWS_MAX = 60;
/** Of a time such as 2026-11-27T19:51:35.821004Z, all to the millisecond. */
const MILLISECOND_LENGTH = 23;

interface Traded {
  readonly trade_id: string;
  readonly side: "buy" | "sell";
  readonly price: string;
  readonly quantity: string;
  readonly time: string;
}

/** The newest rows of the tape, final texts and all. */
export function tapeRows(source: RowSource): TapeRow[] {
  const { own, market, feed, account, texts, time } = source;
  const row = (trade: Traded) => ({
    buy: trade.side === "buy",
    price: texts.wirePrice(trade.price),
    quantity: texts.wireQuantity(trade.quantity),
    time: time(trade.time),
  });
  const fills = account.getState().fills.filter((fill) => fill.market === market);
  if (own) {
    return fills
      .slice(0, ROWS_MAX)
      .map((fill) => ({ key: `${fill.trade_id}/${fill.order_id}`, ...row(fill), own: false }));
  }
  const mine = new Set(fills.map((fill) => fill.trade_id));
  const isMine = ({ trade_id }: Traded) => mine.has(trade_id);
  const { trades } = feed.getState();
  const groups = source.bundled ? bundles(trades) : trades.map((trade) => [trade]);
  const rows: TapeRow[] = [];
  for (const group of groups) {
    const trade = sumOf(group);
    if (rows.length === ROWS_MAX) break;
    if (!isWorth(trade, source.least)) continue;
    rows.push({ key: trade.trade_id, ...row(trade), own: group.some(isMine) });
  }
  return rows;
}

/** Neighbours of one side, price and millisecond: most often one order that met several. */
function bundles(trades: readonly Traded[]): Traded[][] {
  const groups: Traded[][] = [];
  let before = "";
  for (const trade of trades) {
    const alike = `${trade.side} ${trade.price} ${trade.time.slice(0, MILLISECOND_LENGTH)}`;
    if (alike === before) groups.at(-1)?.push(trade);
    else groups.push([trade]);
    before = alike;
  }
  return groups;
}

/** The oldest of a group with the quantity of all: it stays the same row while others come. */
function sumOf(group: readonly Traded[]): Traded {
  const oldest = group.at(-1) as Traded;
  if (group.length === 1) return oldest;
  const decimals = Math.max(...group.map(({ quantity }) => decimalsOf(quantity)));
  const units = group.reduce((sum, { quantity }) => sum + parseUnits(quantity, decimals), 0n);
  return { ...oldest, quantity: formatUnits(units, decimals) };
}

function isWorth({ price, quantity }: Traded, least: string): boolean {
  if (least === "0") return true;
  const [ofPrice, ofQuantity] = [decimalsOf(price), decimalsOf(quantity)];
  const worth = parseUnits(price, ofPrice) * parseUnits(quantity, ofQuantity);
  return worth >= parseUnits(least, ofPrice + ofQuantity);
}
