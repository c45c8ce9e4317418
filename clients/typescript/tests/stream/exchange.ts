/**
 * An exchange with one market and the streams in front of it, built from the protocol: a book and a tape that
 * change at random, processes that share nothing but them, and connections over which frames get lost.
 */

import { crc32 } from "../../src/crc32.ts";
import { lotsToQuantity, type Market, ticksToPrice } from "../../src/market.ts";
import type { SocketLike } from "../../src/stream/socket.ts";
import type { SimulatedTiming } from "../timing.ts";

export interface Faults {
  readonly drop: number;
  readonly duplicate: number;
}

type Levels = [price: bigint, lots: bigint][];
type Side = "bids" | "asks";

/** What all processes read: the book and the trades, with everything that ever changed. */
export class Journal {
  readonly market: Market;
  readonly book: Record<Side, Map<bigint, bigint>> = { bids: new Map(), asks: new Map() };
  readonly trades: { id: number; price: bigint; lots: bigint; side: "buy" | "sell" }[] = [];
  readonly changes: [Side, bigint][] = [];
  /** The whole book after each change, as text. */
  readonly texts: string[] = [""];
  epoch = 3n;
  readonly #random: () => number;

  constructor(market: Market, random: () => number) {
    this.market = market;
    this.#random = random;
  }

  get sequence(): number {
    return this.changes.length;
  }

  /** One change of the book, and now and then a trade. */
  change(): void {
    const side: Side = this.#random() < 0.5 ? "bids" : "asks";
    const middle = 4_000n + BigInt(Math.round(200 * Math.sin(this.sequence / 500)));
    const away = BigInt(1 + Math.floor(this.#random() * 25));
    const price = side === "bids" ? middle - away : middle + away;
    const opposite = this.book[side === "bids" ? "asks" : "bids"];
    const crossed = [...opposite.keys()].find((held) => (side === "bids" ? held <= price : held >= price));
    // What would cross is taken away first, as a trade does.
    if (crossed !== undefined) {
      this.#set(side === "bids" ? "asks" : "bids", crossed, 0n);
      const taker = side === "bids" ? "buy" : "sell";
      this.trades.push({ id: this.trades.length + 1, price: crossed, lots: 1n, side: taker });
    } else
      this.#set(side, price, this.#random() < 0.3 ? 0n : BigInt(1 + Math.floor(this.#random() * 10_000)));
  }

  levels(side: Side): Levels {
    const sign = side === "bids" ? -1 : 1;
    return [...this.book[side]].sort(([a], [b]) => sign * Number(a - b));
  }

  #set(side: Side, price: bigint, lots: bigint): void {
    if (lots === 0n) this.book[side].delete(price);
    else this.book[side].set(price, lots);
    this.changes.push([side, price]);
    this.texts.push(textOf(this.levels("bids"), this.levels("asks")));
  }
}

/** A book as a text to compare. */
export function textOf(
  bids: readonly (readonly [bigint, bigint])[],
  asks: readonly (readonly [bigint, bigint])[],
): string {
  const side = (levels: readonly (readonly [bigint, bigint])[]): string =>
    levels.map(([price, lots]) => `${price}:${lots}`).join(",");
  return `${side(bids)}|${side(asks)}`;
}

/** The processes and the network between them and the client. */
export class Exchange {
  readonly journal: Journal;
  readonly timing: SimulatedTiming;
  faults: Faults = { drop: 0, duplicate: 0 };
  /** New connections are refused while it is down. */
  down = false;
  /** Changes each frame of data before it is sent. */
  corrupt: ((frame: Record<string, unknown>) => void) | undefined;
  readonly sessions = new Set<Session>();
  /** Every message of clients. */
  readonly received: Record<string, unknown>[] = [];
  opened = 0;

  constructor(journal: Journal, timing: SimulatedTiming) {
    this.journal = journal;
    this.timing = timing;
  }

  readonly openSocket = (): SocketLike => {
    const session = new Session(this);
    this.opened += 1;
    this.timing.setTimer(() => {
      if (this.down) session.cut();
      else session.begin();
    }, 20);
    return session;
  };

  /** Tells every connection what is new. */
  publish(): void {
    for (const session of this.sessions) session.publish();
  }

  /** Ends every connection. */
  cut(): void {
    for (const session of [...this.sessions]) session.cut();
  }

  lost(): boolean {
    return this.timing.random() < this.faults.drop;
  }
}

interface Subscribed {
  sent: number | null;
}

/** A connection; the client holds it as its socket. */
export class Session implements SocketLike {
  onopen: SocketLike["onopen"] = null;
  onmessage: SocketLike["onmessage"] = null;
  onclose: SocketLike["onclose"] = null;
  onerror: SocketLike["onerror"] = null;
  /** Nothing comes through any more, and nobody says so. */
  deaf = false;
  person: string | null = null;
  readonly #exchange: Exchange;
  readonly #channels = new Map<string, Subscribed>();
  #arrivesAt = 0;
  #closed = false;

  constructor(exchange: Exchange) {
    this.#exchange = exchange;
  }

  begin(): void {
    if (this.#closed) return;
    this.#exchange.sessions.add(this);
    this.tell({ op: "welcome", session: "s", time: this.#time(), heartbeat_s: 5, limits: {} });
    this.#beat();
  }

  send(text: string): void {
    const exchange = this.#exchange;
    if (this.#closed || this.deaf || exchange.lost()) return;
    exchange.timing.setTimer(() => this.#receive(JSON.parse(text)), 10);
  }

  close(): void {
    this.#closed = true;
    this.#exchange.sessions.delete(this);
  }

  cut(): void {
    if (this.#closed) return;
    this.close();
    (this.onclose as (() => void) | null)?.();
  }

  publish(): void {
    for (const [channel, subscribed] of this.#channels) this.#update(channel, subscribed);
  }

  /** Sends a frame, which arrives behind those before it if at all. */
  tell(message: Record<string, unknown>): void {
    const exchange = this.#exchange;
    const text = JSON.stringify(message);
    const copies = exchange.lost() ? 0 : exchange.timing.random() < exchange.faults.duplicate ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) {
      const delay = 10 + exchange.timing.random() * 5;
      this.#arrivesAt = Math.max(this.#arrivesAt, exchange.timing.now() + delay);
      exchange.timing.setTimer(() => {
        if (!this.#closed && !this.deaf)
          (this.onmessage as ((event: unknown) => void) | null)?.({ data: text });
      }, this.#arrivesAt - exchange.timing.now());
    }
  }

  #beat(): void {
    if (this.#closed) return;
    this.tell({
      op: "heartbeat",
      time: this.#time(),
      journal_sequence: String(this.#exchange.journal.sequence),
    });
    this.#exchange.timing.setTimer(() => this.#beat(), 5_000);
  }

  #receive(message: Record<string, unknown>): void {
    if (this.#closed) return;
    this.#exchange.received.push(message);
    const id = message["id"] as string;
    if (message["op"] === "ping")
      this.tell({
        op: "pong",
        id,
        time: this.#time(),
        journal_sequence: String(this.#exchange.journal.sequence),
      });
    if (message["op"] === "authenticate") this.#authenticate(id, message["access_token"] as string);
    if (message["op"] === "subscribe") this.#subscribe(id, message["channels"] as Wanted[]);
    if (message["op"] === "unsubscribe") {
      const channels = message["channels"] as string[];
      for (const channel of channels) this.#channels.delete(channel);
      this.tell({ op: "unsubscribed", id, channels });
    }
  }

  #authenticate(id: string, token: string): void {
    if (!token.startsWith("good")) {
      return this.tell({ op: "error", id, code: "not_authenticated", message: "" });
    }
    this.person = token;
    const expires = new Date(this.#exchange.timing.now() + 900_000).toISOString();
    this.tell({ op: "authenticated", id, account: "1", expires_at: expires });
  }

  #subscribe(id: string, wanted: Wanted[]): void {
    const taken: string[] = [];
    for (const one of wanted) {
      const channel = typeof one === "string" ? one : one.channel;
      const personal = channel.startsWith("user.");
      if (personal && this.person === null) {
        this.tell({ op: "error", id, channel, code: "not_authenticated", message: "" });
      } else if (!personal && !channel.endsWith(this.#exchange.journal.market.market)) {
        this.tell({ op: "error", id, channel, code: "channel_unknown", message: "" });
      } else {
        taken.push(channel);
        this.#channels.set(channel, { sent: typeof one === "string" ? null : Number(one.sequence) });
      }
    }
    this.tell({ op: "subscribed", id, channels: taken });
    this.publish();
  }

  #update(channel: string, subscribed: Subscribed): void {
    const { journal } = this.#exchange;
    const [kind] = channel.split(".");
    const sequence = kind === "trades" ? journal.trades.length : journal.sequence;
    if (subscribed.sent === sequence) return;
    const since = subscribed.sent;
    subscribed.sent = sequence;
    const frame: Record<string, unknown> = {
      channel,
      type: since === null ? "snapshot" : "update",
      epoch: String(journal.epoch),
      previous: since === null ? null : String(since),
      sequence: String(sequence),
      journal_sequence: String(journal.sequence),
      time: this.#time(),
      data: this.#data(kind ?? "", channel, since),
    };
    this.#exchange.corrupt?.(frame);
    this.tell(frame);
  }

  #data(kind: string, channel: string, since: number | null): Record<string, unknown> {
    const { journal } = this.#exchange;
    if (kind === "orderbook") return bookData(journal, since);
    if (kind === "trades") return { trades: tradesSince(journal, since ?? journal.trades.length - 50) };
    if (kind === "ticker") return { market: journal.market.market, trades_24h: journal.trades.length };
    const name = channel.slice("user.".length);
    return { [name]: name === "balances" ? [{ asset: "USDC", available: this.person, locked: "0" }] : [] };
  }

  #time(): string {
    return new Date(this.#exchange.timing.now()).toISOString();
  }
}

type Wanted = string | { channel: string; sequence: string };

function bookData(journal: Journal, since: number | null): Record<string, unknown> {
  const { market } = journal;
  const texts = (levels: Levels): [string, string][] =>
    levels.map(([price, lots]) => [ticksToPrice(price, market), lotsToQuantity(lots, market)]);
  const whole = { bids: texts(journal.levels("bids")), asks: texts(journal.levels("asks")) };
  const top = (side: Side): string =>
    whole[side]
      .slice(0, 10)
      .map(([price, quantity]) => `${price}:${quantity}`)
      .join(",");
  const checksum = crc32(`${top("bids")}|${top("asks")}`);
  if (since === null) return { ...whole, checksum };
  const changed = (side: Side): [string, string][] => {
    const prices = new Set(
      journal.changes.slice(since).flatMap(([at, price]) => (at === side ? [price] : [])),
    );
    return texts([...prices].map((price) => [price, journal.book[side].get(price) ?? 0n]));
  };
  // A level that is gone is told as 0, as the exchange writes it.
  const gone = (levels: [string, string][]): [string, string][] =>
    levels.map(([price, quantity]) => [price, /[1-9]/.test(quantity) ? quantity : "0"]);
  return { bids: gone(changed("bids")), asks: gone(changed("asks")), checksum };
}

function tradesSince(journal: Journal, since: number): Record<string, unknown>[] {
  return journal.trades.slice(Math.max(since, 0)).map((trade) => ({
    trade_id: String(trade.id),
    side: trade.side,
    price: ticksToPrice(trade.price, journal.market),
    quantity: lotsToQuantity(trade.lots, journal.market),
    time: "2026-11-25T14:00:00.000000Z",
  }));
}
