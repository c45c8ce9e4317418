/** A client over a bad network holds the book and the tape of the exchange, whatever gets lost. */

import { describe, expect, test } from "vitest";
import type { BookFrame, TradesFrame } from "../../src/stream/channels.ts";
import { StreamClient } from "../../src/stream/page.ts";
import { inThisThread } from "../../src/stream/ports.ts";
import { market } from "../markets.ts";
import { SimulatedTiming } from "../timing.ts";
import { Exchange, Journal, textOf } from "./exchange.ts";

const LUNA = market();

class Watcher {
  readonly books: BookFrame[] = [];
  readonly wrong: bigint[] = [];
  readonly falls: bigint[] = [];
  readonly tape = new Map<string, string>();
  tapeFaults = 0;
  reached = 0n;
  readonly #journal: Journal;

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  readonly book = (frame: BookFrame): void => {
    if (frame.resyncing) return;
    this.books.push(frame);
    if (textOf(frame.bids, frame.asks) !== this.#journal.texts[Number(frame.sequence)]) {
      this.wrong.push(frame.sequence);
    }
    if (frame.sequence < this.reached) this.falls.push(frame.sequence);
    this.reached = frame.sequence;
  };

  readonly trades = (frame: TradesFrame): void => {
    const ids = frame.trades.map((trade) => Number(trade.trade_id));
    const before = [...this.tape.keys()].at(-1);
    if (frame.reset) this.tape.clear();
    else if (before !== undefined && ids[0] !== Number(before) + 1) this.tapeFaults += 1;
    for (const trade of frame.trades) this.tape.set(trade.trade_id, trade.price);
    if (ids.some((id, at) => at > 0 && id !== (ids[at - 1] as number) + 1)) this.tapeFaults += 1;
  };
}

describe.each([
  [1, 10_000],
  [2, 2_000],
])("seed %i", (seed, updates) => {
  test(`the book equals the exchange's over ${updates} updates with lost and repeated frames and cuts`, async () => {
    const timing = new SimulatedTiming(seed);
    const journal = new Journal(LUNA, timing.random);
    const exchange = new Exchange(journal, timing);
    exchange.faults = { drop: 0.01, duplicate: 0.01 };
    const watcher = new Watcher(journal);
    const client = new StreamClient({
      url: "wss://exchange.test/ws",
      timing,
      worker: inThisThread({ timing, openSocket: exchange.openSocket }),
      requestFrame: (callback) => void timing.setTimer(callback, 16),
    });
    client.subscribe("orderbook.LUNA-USDC", watcher.book, { depth: 500, market: LUNA });
    client.subscribe("trades.LUNA-USDC", watcher.trades);
    for (let update = 1; update <= updates; update += 1) {
      journal.change();
      exchange.publish();
      if (update % 700 === 0) exchange.cut();
      // A process that stops without a word, and a journal that begins another epoch.
      if (update % 1_900 === 0) for (const session of exchange.sessions) session.deaf = true;
      if (update === updates / 2) journal.epoch += 1n;
      await timing.pass(20);
    }
    exchange.faults = { drop: 0, duplicate: 0 };
    await timing.pass(60_000);

    expect(watcher.wrong).toEqual([]);
    expect(watcher.reached).toBe(BigInt(journal.sequence));
    expect(watcher.falls).toEqual([]);
    expect(watcher.tapeFaults).toBe(0);
    expect([...watcher.tape.keys()].at(-1)).toBe(String(journal.trades.length));
    expect(client.status).toMatchObject({ state: "live", attempt: 0 });
    // Of five updates three can be seen, as frames come. It is right because it saw most of these.
    expect(watcher.books.length).toBeGreaterThan(updates * 0.4);
    expect(client.status.resyncs).toBeGreaterThan(updates / 200);
    client.close();
  });
});
