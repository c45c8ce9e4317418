/** How much goes between the Worker and the page, and when. */

import { afterEach, describe, expect, test, vi } from "vitest";
import type { OrdersFrame, TradesFrame } from "../../src/stream/channels.ts";
import { TRADES_KEPT } from "../../src/stream/frames.ts";
import { StreamHost } from "../../src/stream/host.ts";
import type { PageMessage, WorkerMessage } from "../../src/stream/messages.ts";
import { StreamClient } from "../../src/stream/page.ts";
import { market } from "../markets.ts";
import { SimulatedTiming } from "../timing.ts";
import { Exchange, Journal } from "./exchange.ts";

const LUNA = market();

/** A Worker that clones what is posted, as a real one does, and counts it. */
class CloningWorker {
  readonly fromWorker: WorkerMessage[] = [];
  #toPage: (event: { data: unknown }) => void = () => {};
  #toWorker: (message: PageMessage) => void = () => {};

  constructor(options: { exchange: Exchange; timing: SimulatedTiming }) {
    new StreamHost(
      {
        post: (message) => {
          this.fromWorker.push(message);
          const data = structuredClone(message);
          queueMicrotask(() => this.#toPage({ data }));
        },
        listen: (listener) => {
          this.#toWorker = listener;
        },
        close: () => {},
      },
      { openSocket: options.exchange.openSocket, timing: options.timing },
    );
  }

  postMessage(message: PageMessage): void {
    const data = structuredClone(message);
    queueMicrotask(() => this.#toWorker(data));
  }

  addEventListener(_: string, listener: (event: { data: unknown }) => void): void {
    this.#toPage = listener;
  }

  terminate(): void {}
}

function rig(frameMs = 16) {
  const timing = new SimulatedTiming(3);
  const journal = new Journal(LUNA, timing.random);
  const exchange = new Exchange(journal, timing);
  const worker = new CloningWorker({ exchange, timing });
  const client = new StreamClient({
    worker: () => worker as unknown as Worker,
    url: "wss://exchange.test/ws",
    timing,
    market: () => Promise.resolve(LUNA),
    requestFrame: (callback) => void timing.setTimer(callback, frameMs),
  });
  return { timing, journal, exchange, worker, client };
}

/** Changes `count` times, once every `everyMs`. */
async function run(at: ReturnType<typeof rig>, count: number, everyMs: number): Promise<void> {
  for (let change = 0; change < count; change += 1) {
    at.journal.change();
    at.exchange.publish();
    await at.timing.pass(everyMs);
  }
}

afterEach(() => vi.unstubAllGlobals());

describe("frames", () => {
  test.each([16, 7])(
    "come at most about thirty times a second, however many updates there are (a frame every %i ms)",
    async (frameMs) => {
      const at = rig(frameMs);
      at.client.subscribe("orderbook.LUNA-USDC", () => {});
      at.client.subscribe("trades.LUNA-USDC", () => {});
      await at.timing.pass(1_000);
      const before = at.worker.fromWorker.length;
      await run(at, 2_000, 2);
      const perSecond = (at.worker.fromWorker.length - before) / 4;
      expect(perSecond).toBeGreaterThan(25);
      expect(perSecond).toBeLessThanOrEqual(34);
    },
  );

  test("carry what is new and nothing else", async () => {
    const at = rig();
    const seen: string[] = [];
    at.client.subscribe("trades.LUNA-USDC", (frame) =>
      seen.push(...frame.trades.map((trade) => trade.trade_id)),
    );
    await run(at, 400, 20);
    expect(seen).toEqual(at.journal.trades.map((trade) => String(trade.id)));
  });

  test("are none when nothing happens but the heartbeat", async () => {
    const at = rig();
    at.client.subscribe("ticker.LUNA-USDC", () => {});
    await at.timing.pass(10_000);
    const before = at.worker.fromWorker.length;
    await at.timing.pass(60_000);
    expect(at.worker.fromWorker.length - before).toBeLessThanOrEqual(24);
  });
});

describe("a page that nobody looks at", () => {
  function hide(hidden: boolean): void {
    vi.stubGlobal("document", {
      visibilityState: hidden ? "hidden" : "visible",
      addEventListener: (_: string, listener: () => void) => {
        look = listener;
      },
      removeEventListener: () => {},
    });
  }
  let look: () => void = () => {};

  test("gets no frame, and the latest state when it is looked at again", async () => {
    hide(false);
    const at = rig();
    const books: bigint[] = [];
    const tapes: TradesFrame[] = [];
    at.client.subscribe("orderbook.LUNA-USDC", (book) => books.push(book.sequence));
    at.client.subscribe("trades.LUNA-USDC", (frame) => tapes.push(frame));
    await run(at, 50, 20);
    const listener = look;
    hide(true);
    listener();
    const before = [books.length, tapes.length, at.worker.fromWorker.length];
    await run(at, 3_000, 20);
    expect([books.length, tapes.length, at.worker.fromWorker.length]).toEqual(before);
    expect(at.journal.trades.length).toBeGreaterThan(TRADES_KEPT);
    hide(false);
    listener();
    await at.timing.pass(100);
    expect(books.slice(before[0])).toEqual([BigInt(at.journal.sequence)]);
    expect(tapes.slice(before[1])).toHaveLength(1);
    expect(tapes.at(-1)).toMatchObject({ reset: true });
    expect(tapes.at(-1)?.trades).toHaveLength(TRADES_KEPT);
  });
});

test("orders that closed while nobody looked come as the open ones alone", async () => {
  const at = rig();
  const frames: OrdersFrame[] = [];
  at.client.authenticate({ person: "ada", getToken: () => Promise.resolve("good") });
  at.client.subscribe("user.orders", (frame) => frames.push(frame));
  await at.timing.pass(1_000);
  expect(frames).toEqual([{ reset: true, more: false, orders: [] }]);
});
