/** What is typed over an open order, read into ticks and lots; nothing is rounded. */

import {
  type AmendableField,
  type Amendment,
  formatInput,
  type Market,
  type Order,
  parseInput,
  priceToTicks,
  quantityToLots,
} from "@cse/client";

export type AmendTexts = Record<AmendableField, string>;

/** The numbers of an order as a person would have typed them. */
export function amendTexts(order: Order, market: Market, locale: string): AmendTexts {
  const price = (text: string | null) =>
    text === null
      ? ""
      : formatInput(priceToTicks(text, market) * market.tickSize, market.tickDecimals, locale);
  return {
    price: price(order.price),
    stopPrice: price(order.stop_price),
    quantity:
      order.quantity === null
        ? ""
        : formatInput(quantityToLots(order.quantity, market) * market.lotSize, market.lotDecimals, locale),
  };
}

/** The amendment, and the first field that is no number on the market's grid. */
export function readAmendment(
  texts: AmendTexts,
  fields: readonly AmendableField[],
  market: Market,
  locale: string,
): { change: Amendment; wrong: AmendableField | null } {
  const change: Record<string, bigint> = {};
  for (const field of fields) {
    const lots = field === "quantity";
    const [decimals, unit, increment] = lots
      ? [market.lotDecimals, market.lotSize, market.quantityIncrement]
      : [market.tickDecimals, market.tickSize, market.priceIncrement];
    const parsed = parseInput(texts[field], locale, decimals);
    if (!parsed.ok || parsed.units % (unit * increment) !== 0n) return { change: {}, wrong: field };
    change[field] = parsed.units / unit;
  }
  return { change, wrong: null };
}

/** One step of the grid from where the text stands; the text as it is where that is no number. */
export function steppedText(
  text: string,
  field: AmendableField,
  by: number,
  market: Market,
  locale: string,
): string {
  const [decimals, step] =
    field === "quantity"
      ? [market.lotDecimals, market.lotSize * market.quantityIncrement]
      : [market.tickDecimals, market.tickSize * market.priceIncrement];
  const parsed = parseInput(text, locale, decimals);
  if (!parsed.ok) return text;
  const next = (parsed.units / step + BigInt(by)) * step;
  return formatInput(next < step ? step : next, decimals, locale);
}
