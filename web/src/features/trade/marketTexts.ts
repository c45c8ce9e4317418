/** A market's numbers in a locale's writing, remembered, since the same prices are drawn again and again. */

import {
  divideToNearest,
  formatCompact,
  formatNumber,
  formatPercent,
  formatPrice,
  type Market,
  parseUnits,
  priceToTicks,
  quantityToLots,
} from "@cse/client";

export interface MarketTexts {
  price: (ticks: bigint) => string;
  quantity: (lots: bigint) => string;
  /** A decimal string of the wire in the market's decimals. */
  wirePrice: (text: string) => string;
  wireQuantity: (text: string) => string;
  /** Ticks times lots, in the quote asset, with two decimals. */
  worth: (tickLots: bigint) => string;
  /** Units of the quote asset, in full. */
  quote: (units: bigint) => string;
  /** Units of the base asset, in lots' decimals where they are whole lots. */
  base: (units: bigint) => string;
  compactQuote: (text: string) => string;
  compactBase: (text: string) => string;
  percent: (ppm: bigint) => string;
}

const REMEMBERED_MAX = 4_000;

export function marketTexts(market: Market, locale: string): MarketTexts {
  const price = remembered((ticks: bigint) =>
    formatPrice(ticks * market.tickSize, market.tickDecimals, locale),
  );
  const quantity = remembered((lots: bigint) =>
    formatNumber(lots * market.lotSize, market.lotDecimals, locale),
  );
  const fine = 10n ** BigInt(Math.max(0, market.quoteDecimals - 2));
  const shownDecimals = Math.min(2, market.quoteDecimals);
  return {
    price,
    quantity,
    worth: remembered((tickLots: bigint) =>
      formatNumber(divideToNearest(tickLots * market.tickLotUnits, fine), shownDecimals, locale, {
        minDecimals: shownDecimals,
      }),
    ),
    wirePrice: remembered((text: string) => price(priceToTicks(text, market))),
    wireQuantity: remembered((text: string) => quantity(quantityToLots(text, market))),
    quote: (units) => formatNumber(units, market.quoteDecimals, locale, { minDecimals: 2 }),
    base: (units) => formatNumber(units, market.baseDecimals, locale, { minDecimals: market.lotDecimals }),
    compactQuote: (text) =>
      formatCompact(parseUnits(text, market.quoteDecimals), market.quoteDecimals, locale),
    compactBase: (text) => formatCompact(parseUnits(text, market.baseDecimals), market.baseDecimals, locale),
    percent: (ppm) => formatPercent(ppm, locale),
  };
}

/** The function with its answers kept; all are forgotten when they have become too many. */
function remembered<Key>(make: (key: Key) => string): (key: Key) => string {
  const known = new Map<Key, string>();
  return (key) => {
    let text = known.get(key);
    if (text === undefined) {
      if (known.size >= REMEMBERED_MAX) known.clear();
      text = make(key);
      known.set(key, text);
    }
    return text;
  };
}
