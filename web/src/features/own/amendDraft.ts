/** What is typed over an open order, read into ticks and lots; nothing is rounded. */

import {
  type AmendableField,
  type Amendment,
  formatInput,
  gridOf,
  type Market,
  type Order,
  parseInput,
  priceToTicks,
  quantityToLots,
  steppedOn,
} from "@cse/client";

type AmendTexts = Record<AmendableField, string>;

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
    const { decimals, unit, step } = gridOf(market, field === "quantity" ? field : "price");
    const parsed = parseInput(texts[field], locale, decimals);
    if (!parsed.ok || parsed.units % step !== 0n) return { change: {}, wrong: field };
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
  const grid = gridOf(market, field === "quantity" ? field : "price");
  const parsed = parseInput(text, locale, grid.decimals);
  return parsed.ok ? formatInput(steppedOn(grid, parsed.units, by), grid.decimals, locale) : text;
}
