/**
 * Markets: how prices and quantities are written, and how they count inside.
 *
 * A price counts in ticks per whole base asset, a quantity in lots, an amount in units of its asset.
 */

import { decimalsOf, divideToNearest, formatUnits, parseUnits, powerOfTen } from "./decimals.ts";
import type { components } from "./generated/api.ts";
import { PRICE_LIMIT } from "./generated/limits.ts";

export type MarketView = components["schemas"]["MarketView"];
export type AssetView = components["schemas"]["AssetView"];
export type MarketFees = components["schemas"]["MarketFees"];
export type Side = "buy" | "sell";

/** A market and its rules. Fees are in parts per million of the notional. */
export interface Market {
  /** Such as `LUNA-USDC`. */
  readonly market: string;
  readonly base: string;
  readonly quote: string;
  /** Decimals with which prices are shown. */
  readonly tickDecimals: number;
  /** One tick in `10 ** -tickDecimals` of quote per whole base. It never changes. */
  readonly tickSize: bigint;
  /** Decimals with which quantities are shown. */
  readonly lotDecimals: number;
  /** One lot in `10 ** -lotDecimals` of base. It never changes. */
  readonly lotSize: bigint;
  readonly baseDecimals: number;
  readonly quoteDecimals: number;
  /** One lot in units of base. */
  readonly lotUnits: bigint;
  /** Quote units of one lot at one tick; always exact. */
  readonly tickLotUnits: bigint;
  /** Quote units. */
  readonly minNotional: bigint;
  /** Lots. */
  readonly maxQuantity: bigint;
  readonly makerFeePpm: bigint;
  readonly takerFeePpm: bigint;
  /** The creator's part of every fee, in parts per million; 0 where there is none. */
  readonly creatorSharePpm: bigint;
  /** 0 where there is no bound. */
  readonly maxOpenOrders: number;
  readonly status: MarketView["status"];
  /** Ticks: prices of new orders are multiples of it. */
  readonly priceIncrement: bigint;
  /** Lots: quantities of new orders are multiples of it. */
  readonly quantityIncrement: bigint;
  /** Lots. */
  readonly minQuantity: bigint;
  /** Quote units; null where there is no bound. */
  readonly maxNotional: bigint | null;
  /** How far limits may be from the last price, in parts per million; 0 where there is no band. */
  readonly priceBandPpm: bigint;
  /** Ticks: stands for the last price before the first trade; null where there is none. */
  readonly referencePrice: bigint | null;
}

/** How people write a market: `LUNA/USDC`. */
export function pairOf(market: string): string {
  return market.replace("-", "/");
}

/** Why a price or a quantity cannot be one of this market. */
export class MarketNumberError extends Error {
  readonly code: "price_off_tick" | "price_out_of_range" | "quantity_off_lot" | "quantity_out_of_range";
  /** What the sentence of the code names: the step or the bound, as a decimal string. */
  readonly limit: string;

  constructor(code: MarketNumberError["code"], limit: string) {
    super(`${code} (${limit})`);
    this.name = "MarketNumberError";
    this.code = code;
    this.limit = limit;
  }
}

/**
 * The market of a view; `assets` must hold its base and its quote.
 *
 * @throws Error when an asset is missing or the numbers do not go together.
 */
export function marketFrom(
  view: MarketView,
  assets: Iterable<Pick<AssetView, "asset" | "decimals">>,
): Market {
  const decimals = new Map(Array.from(assets, (asset) => [asset.asset, asset.decimals]));
  const baseDecimals = decimals.get(view.base);
  const quoteDecimals = decimals.get(view.quote);
  if (baseDecimals === undefined || quoteDecimals === undefined) {
    throw new Error(`${view.market} has an asset that is not among the assets`);
  }
  const tickDecimals = decimalsOf(view.price_unit);
  const lotDecimals = decimalsOf(view.quantity_unit);
  const tickSize = parseUnits(view.price_unit, tickDecimals);
  const lotUnits = parseUnits(view.quantity_unit, baseDecimals);
  const dividend = tickSize * lotUnits * powerOfTen(quoteDecimals);
  const divisor = powerOfTen(tickDecimals + baseDecimals);
  if (dividend === 0n || dividend % divisor !== 0n) {
    throw new Error(`tick times lot of ${view.market} is not a whole number of quote units`);
  }
  return {
    market: view.market,
    base: view.base,
    quote: view.quote,
    tickDecimals,
    tickSize,
    lotDecimals,
    lotSize: parseUnits(view.quantity_unit, lotDecimals),
    baseDecimals,
    quoteDecimals,
    lotUnits,
    tickLotUnits: dividend / divisor,
    minNotional: parseUnits(view.min_notional, quoteDecimals),
    maxQuantity: parseUnits(view.max_quantity, baseDecimals) / lotUnits,
    makerFeePpm: BigInt(view.maker_fee_ppm),
    takerFeePpm: BigInt(view.taker_fee_ppm),
    creatorSharePpm: BigInt(view.creator_share_ppm),
    maxOpenOrders: view.max_open_orders,
    status: view.status,
    priceIncrement: parseUnits(view.tick_size, tickDecimals) / tickSize,
    quantityIncrement: parseUnits(view.lot_size, baseDecimals) / lotUnits,
    minQuantity: parseUnits(view.min_quantity, baseDecimals) / lotUnits,
    maxNotional: view.max_notional === null ? null : parseUnits(view.max_notional, quoteDecimals),
    priceBandPpm: BigInt(view.price_band_ppm),
    referencePrice:
      view.reference_price === null ? null : parseUnits(view.reference_price, tickDecimals) / tickSize,
  };
}

/**
 * The market with the rates of an account's next order in it, as `fees` of the client gives them: by its
 * fee tier, and by a promotion as long as that lasts. Quotes made with it are of that account.
 *
 * @throws Error when they are another market's.
 */
export function withFees(market: Market, fees: MarketFees): Market {
  if (fees.market !== market.market) {
    throw new Error(`the fees are those of ${fees.market}, not of ${market.market}`);
  }
  return { ...market, makerFeePpm: BigInt(fees.maker_fee_ppm), takerFeePpm: BigInt(fees.taker_fee_ppm) };
}

/**
 * Reads a price of the wire as ticks.
 *
 * @throws DecimalError, or MarketNumberError when it lies between two ticks.
 */
export function priceToTicks(text: string, market: Market): bigint {
  const decimals = Math.max(decimalsOf(text), market.tickDecimals);
  const units = parseUnits(text, decimals);
  const step = market.tickSize * powerOfTen(decimals - market.tickDecimals);
  if (units % step !== 0n) throw new MarketNumberError("price_off_tick", ticksToPrice(1n, market));
  return units / step;
}

/** Writes ticks with the market's decimals, fixed. */
export function ticksToPrice(ticks: bigint, market: Market): string {
  return formatUnits(ticks * market.tickSize, market.tickDecimals);
}

/**
 * Reads a quantity of the wire as lots.
 *
 * @throws DecimalError, or MarketNumberError when it lies between two lots.
 */
export function quantityToLots(text: string, market: Market): bigint {
  const decimals = Math.max(decimalsOf(text), market.lotDecimals);
  const units = parseUnits(text, decimals);
  const step = market.lotSize * powerOfTen(decimals - market.lotDecimals);
  if (units % step !== 0n) throw new MarketNumberError("quantity_off_lot", lotsToQuantity(1n, market));
  return units / step;
}

/** Writes lots with the market's decimals, fixed. */
export function lotsToQuantity(lots: bigint, market: Market): string {
  return formatUnits(lots * market.lotSize, market.lotDecimals);
}

/** Refuses ticks that no order may have. */
export function checkPrice(ticks: bigint, market: Market): void {
  if (ticks < 1n || ticks >= PRICE_LIMIT) {
    throw new MarketNumberError("price_out_of_range", ticksToPrice(PRICE_LIMIT, market));
  }
}

/** Refuses lots that no order may have. */
export function checkQuantity(lots: bigint, market: Market): void {
  if (lots < 1n || lots > market.maxQuantity) {
    throw new MarketNumberError("quantity_out_of_range", lotsToQuantity(market.maxQuantity, market));
  }
}

/** Quote units of `lots` at `ticks`; always exact. */
export function notional(ticks: bigint, lots: bigint, market: Market): bigint {
  return ticks * lots * market.tickLotUnits;
}

/** Units of base that `lots` are. */
export function baseUnits(lots: bigint, market: Market): bigint {
  return lots * market.lotUnits;
}

/** Decimals with which an average price is shown: the finer of tick and quote unit. */
export function averageDecimals(market: Market): number {
  return Math.max(market.tickDecimals, market.quoteDecimals);
}

/** Quote per base over several trades in `10 ** -averageDecimals`, to the nearest; `lots` above zero. */
export function averagePrice(quoteUnits: bigint, lots: bigint, market: Market): bigint {
  const scale = powerOfTen(market.baseDecimals + averageDecimals(market));
  return divideToNearest(quoteUnits * scale, lots * market.lotUnits * powerOfTen(market.quoteDecimals));
}
