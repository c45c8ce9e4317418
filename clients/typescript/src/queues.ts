/**
 * A market's single orders as a client holds them: a snapshot, and the changes since.
 *
 * Like an order book it is right or it is empty: after a gap, a checksum that does not fit or an order that
 * cannot be read it drops everything and takes only a snapshot.
 */

import type { BookOutcome } from "./book.ts";
import { crc32 } from "./crc32.ts";
import type { BookSide } from "./levels.ts";
import { type Market, priceToTicks, quantityToLots } from "./market.ts";
import { follow, type Placed, type Position } from "./position.ts";

/** `add` and `move` join the end of the queue at their price; the others change in their place, or go. */
export type WireOrder = readonly [
  orderId: string,
  price: string,
  quantity: string,
  what: "add" | "move" | "change" | "fill" | "remove",
];

export interface QueuesData {
  readonly bids: readonly WireOrder[];
  readonly asks: readonly WireOrder[];
  /** CRC-32 over the first ten of each side after this message. */
  readonly checksum: number;
}

/** A message of `orders.*`. */
export interface QueuesMessage extends Placed {
  /** RFC 3339. */
  readonly time: string;
  readonly data: QueuesData;
}

/** An order of somebody: ticks, and the lots that it shows. */
export interface QueuedOrder {
  readonly orderId: string;
  readonly price: bigint;
  readonly quantity: bigint;
}

interface HeldOrder extends QueuedOrder {
  /** As the wire had it, for the checksum. */
  readonly text: string;
}

interface Queue {
  readonly price: bigint;
  readonly orders: Map<string, HeldOrder>;
}

const CHECKED_ORDERS = 10;

export class OrderQueues {
  readonly market: Market;
  /** Best first. */
  readonly #queues: Record<BookSide, Queue[]> = { bids: [], asks: [] };
  readonly #places = new Map<string, { side: BookSide; queue: Queue }>();
  #position: Position | null = null;
  #at = 0;

  constructor(market: Market) {
    this.market = market;
  }

  /** Best price first, and at each price the oldest first. */
  get bids(): readonly QueuedOrder[] {
    return this.first("bids", Number.POSITIVE_INFINITY);
  }

  /** Best price first, and at each price the oldest first. */
  get asks(): readonly QueuedOrder[] {
    return this.first("asks", Number.POSITIVE_INFINITY);
  }

  /** Null while nothing is known. */
  get position(): Position | null {
    return this.#position;
  }

  /** The server's time of the last change, in milliseconds since 1970. */
  get at(): number {
    return this.#at;
  }

  /** The first orders of a side. */
  first(side: BookSide, count: number): QueuedOrder[] {
    return this.#first(side, count).map(({ orderId, price, quantity }) => ({ orderId, price, quantity }));
  }

  /** The lots that stand before an order at its price; null where it does not rest. */
  aheadOf(orderId: string): bigint | null {
    const place = this.#places.get(orderId);
    if (place === undefined) return null;
    let ahead = 0n;
    for (const order of place.queue.orders.values()) {
      if (order.orderId === orderId) break;
      ahead += order.quantity;
    }
    return ahead;
  }

  apply(message: QueuesMessage): BookOutcome {
    const following = follow(this.#position, message);
    if (following.kind === "known") return "known";
    if (following.kind === "gap") return this.#drop("gap");
    if (message.type === "snapshot") this.clear();
    try {
      this.#change("bids", message.data.bids);
      this.#change("asks", message.data.asks);
    } catch {
      return this.#drop("malformed");
    }
    if (message.data.checksum !== this.checksum()) return this.#drop("checksum");
    this.#position = following.position;
    this.#at = Date.parse(message.time);
    return "applied";
  }

  /** Empties it; only a snapshot fills it again. */
  clear(): void {
    this.#queues.bids = [];
    this.#queues.asks = [];
    this.#places.clear();
    this.#position = null;
  }

  /** CRC-32 over the first ten orders of each side as they are written on the wire. */
  checksum(): number {
    const texts = (side: BookSide): string =>
      this.#first(side, CHECKED_ORDERS)
        .map((order) => order.text)
        .join(",");
    return crc32(`${texts("bids")}|${texts("asks")}`);
  }

  #first(side: BookSide, count: number): HeldOrder[] {
    const found: HeldOrder[] = [];
    for (const queue of this.#queues[side]) {
      for (const order of queue.orders.values()) {
        if (found.length >= count) return found;
        found.push(order);
      }
    }
    return found;
  }

  #drop(outcome: BookOutcome): BookOutcome {
    this.clear();
    return outcome;
  }

  #change(side: BookSide, orders: readonly WireOrder[]): void {
    for (const [orderId, price, quantity, what] of orders) {
      const order: HeldOrder = {
        orderId,
        price: priceToTicks(price, this.market),
        quantity: quantityToLots(quantity, this.market),
        text: `${orderId}:${price}:${quantity}`,
      };
      if (order.quantity < 0n || order.price <= 0n) throw new RangeError("an order is below zero");
      if (order.quantity > 0n && what !== "add" && what !== "move") {
        this.#places.get(orderId)?.queue.orders.set(orderId, order);
        continue;
      }
      this.#takeOut(orderId);
      if (order.quantity > 0n) this.#join(side, order);
    }
  }

  #join(side: BookSide, order: HeldOrder): void {
    const queues = this.#queues[side];
    const at = placeOf(queues, order.price, side);
    let queue = queues[at];
    if (queue?.price !== order.price) {
      queue = { price: order.price, orders: new Map() };
      queues.splice(at, 0, queue);
    }
    queue.orders.set(order.orderId, order);
    this.#places.set(order.orderId, { side, queue });
  }

  #takeOut(orderId: string): void {
    const place = this.#places.get(orderId);
    if (place === undefined) return;
    this.#places.delete(orderId);
    place.queue.orders.delete(orderId);
    if (place.queue.orders.size > 0) return;
    const queues = this.#queues[place.side];
    queues.splice(placeOf(queues, place.queue.price, place.side), 1);
  }
}

/** Where the queue of a price stands, or would stand. */
function placeOf(queues: readonly Queue[], price: bigint, side: BookSide): number {
  let low = 0;
  let high = queues.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const held = (queues[middle] as Queue).price;
    if (side === "bids" ? held > price : held < price) low = middle + 1;
    else high = middle;
  }
  return low;
}
