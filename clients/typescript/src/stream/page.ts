/**
 * The page's side of the streams: listeners of channels, and how the connection is.
 *
 * At an animation frame, some thirty times a second at most, the page asks for what is new, and the worker
 * answers with one message as soon as there is something. A page that nobody looks at asks for nothing; what
 * it gets when it is looked at again is the latest state, not what happened meanwhile.
 */

import { CseClient } from "../client.ts";
import { unpackLevels } from "../levels.ts";
import { type Market, marketFrom } from "../market.ts";
import { SYSTEM_TIMING, type Timing } from "../timing.ts";
import type { BookFrame, Channel, DataOf, StreamStatus, SubscribeOptions } from "./channels.ts";
import { addUp } from "./frames.ts";
import type { PackedFrame, WorkerMessage } from "./messages.ts";
import { type PagePort, portOf, type WorkerFactory } from "./ports.ts";

export interface StreamOptions {
  /** Makes the Worker that reads the socket; `inThisThread()` where there is none. */
  readonly worker: WorkerFactory;
  /** `wss://.../ws`; that of the page's origin unless told otherwise. */
  readonly url?: string;
  /** Gives a market by its name; asked of the exchange unless told otherwise. */
  readonly market?: (name: string) => Promise<Market>;
  /** Calls back when the next frame is drawn. */
  readonly requestFrame?: (callback: () => void) => void;
  readonly timing?: Timing;
}

/** Who is there, and how to get a token of theirs; with `renew` another than the one just refused. */
export interface Identity {
  readonly person: string;
  /** Which of the person's accounts private channels are of; null is the main one. */
  readonly account?: string | null;
  getToken(renew: boolean): Promise<string | null>;
}

type Listener = (data: never) => void;

interface ChannelListeners {
  readonly listeners: Map<Listener, number>;
  /** All that is known of the channel, for who comes later. */
  whole: unknown;
}

const DEPTH = 50;
/**
 * Two asks are at least so far apart, so that a busy market is drawn every second frame of a usual screen:
 * nobody reads figures that change more often, and the frames between are left to whoever points and types.
 * What comes after a pause is told at once.
 */
const FRAME_LEAST_MS = 30;

export const INITIAL_STATUS: StreamStatus = {
  state: "connecting",
  attempt: 0,
  latencyMs: null,
  worstMs: null,
  skewMs: null,
  journalSequence: 0n,
  lastMessageAt: null,
  channelAt: {},
  authenticated: false,
  resyncs: 0,
  lastCode: null,
};

export class StreamClient {
  readonly #port: PagePort;
  readonly #timing: Timing;
  readonly #requestFrame: (callback: () => void) => void;
  readonly #market: (name: string) => Promise<Market>;
  readonly #channels = new Map<Channel, ChannelListeners>();
  readonly #statusListeners = new Set<(status: StreamStatus) => void>();
  readonly #refusalListeners = new Set<(channel: Channel, code: string) => void>();
  readonly #endVisibility: () => void;
  #status = INITIAL_STATUS;
  #identity: Identity | null = null;
  #asked = false;
  #waiting = false;
  #lastAskAt = Number.NEGATIVE_INFINITY;
  #closed = false;

  /** With a function: the Worker's factory; the page's own origin is asked. */
  constructor(options: StreamOptions | WorkerFactory) {
    const given: StreamOptions = typeof options === "function" ? { worker: options } : options;
    this.#timing = given.timing ?? SYSTEM_TIMING;
    this.#requestFrame = given.requestFrame ?? nextFrame;
    const url = given.url ?? ownOriginUrl();
    this.#market = given.market ?? marketReader(url);
    this.#port = portOf(given.worker());
    this.#port.listen((message) => this.#receive(message));
    this.#port.post({ kind: "open", url });
    this.#endVisibility = onVisibility((visible) => this.#visibility(visible));
    this.#ask();
  }

  get status(): StreamStatus {
    return this.#status;
  }

  /** Called with every new status, which comes at most once a frame. */
  onStatus(listener: (status: StreamStatus) => void): () => void {
    this.#statusListeners.add(listener);
    return () => this.#statusListeners.delete(listener);
  }

  /** Called when the server refuses a channel. */
  onRefusal(listener: (channel: Channel, code: string) => void): () => void {
    this.#refusalListeners.add(listener);
    return () => this.#refusalListeners.delete(listener);
  }

  /**
   * Listens to a channel; gives what ends the listening. Where others listen already, the listener is
   * called at once with all that is known.
   */
  subscribe<Name extends Channel>(
    channel: Name,
    listener: (data: DataOf<Name>) => void,
    options: SubscribeOptions = {},
  ): () => void {
    const known = this.#channels.get(channel);
    const entry: ChannelListeners = known ?? { listeners: new Map(), whole: null };
    this.#channels.set(channel, entry);
    // The same function may listen twice.
    const own: Listener = (data) => (listener as Listener)(data);
    const depthBefore = depthOf(entry);
    entry.listeners.set(own, options.depth ?? DEPTH);
    if (known === undefined || depthOf(entry) !== depthBefore)
      void this.#tell(channel, entry, options.market);
    if (entry.whole !== null) own(atDepth(entry.whole, options.depth ?? DEPTH) as never);
    return () => {
      if (!entry.listeners.delete(own) || entry.listeners.size > 0) return;
      if (this.#channels.get(channel) !== entry) return;
      this.#channels.delete(channel);
      this.#port.post({ kind: "unsubscribe", channel });
    };
  }

  /** Says who is signed in; call it again after each sign-in and sign-out. */
  authenticate(identity: Identity | null): void {
    const before = this.#identity;
    const same =
      identity?.person === before?.person && (identity?.account ?? null) === (before?.account ?? null);
    this.#identity = identity;
    if (same) return;
    for (const [channel, entry] of this.#channels) {
      if (channel.startsWith("user.")) entry.whole = null;
    }
    const { person = null, account = null } = identity ?? {};
    this.#port.post({ kind: "identity", person, account });
  }

  close(): void {
    this.#closed = true;
    this.#endVisibility();
    this.#channels.clear();
    this.#port.post({ kind: "close" });
    this.#port.close();
  }

  async #tell(channel: Channel, entry: ChannelListeners, given: Market | undefined): Promise<void> {
    let market = given;
    const [kind = "", name = ""] = channel.split(".");
    if (market === undefined && (kind === "orderbook" || kind === "orders")) {
      try {
        market = await this.#market(name);
      } catch {
        return this.#refuse(channel, "market_unknown");
      }
    }
    if (this.#closed || this.#channels.get(channel) !== entry) return;
    this.#port.post({ kind: "subscribe", channel, depth: depthOf(entry), market });
  }

  // Frames

  #ask(): void {
    if (this.#waiting || this.#asked || this.#closed || isHidden()) return;
    this.#waiting = true;
    this.#requestFrame(() => {
      this.#waiting = false;
      if (this.#asked || this.#closed || isHidden()) return;
      const now = this.#timing.monotonicMs();
      if (now - this.#lastAskAt < FRAME_LEAST_MS) return this.#ask();
      this.#lastAskAt = now;
      this.#asked = true;
      this.#port.post({ kind: "ask" });
    });
  }

  #visibility(visible: boolean): void {
    if (visible) this.#ask();
    else if (this.#asked) {
      this.#asked = false;
      this.#port.post({ kind: "withdraw" });
    }
  }

  #receive(message: WorkerMessage): void {
    if (message.kind === "token") {
      void this.#token(message.id, message.renew);
      return;
    }
    this.#asked = false;
    if (message.status !== null) this.#status = message.status;
    for (const [channel, frame] of message.channels) this.#deliver(channel, frame);
    for (const [channel, code] of message.refused) this.#refuse(channel, code);
    for (const listener of [...this.#statusListeners]) listener(this.#status);
    this.#ask();
  }

  #deliver(channel: Channel, packed: PackedFrame): void {
    const entry = this.#channels.get(channel);
    if (entry === undefined) return;
    const frame = packed.kind === "book" ? unpackBook(packed) : packed.value;
    entry.whole = addUp(channel, entry.whole, frame);
    for (const [listener, depth] of [...entry.listeners]) listener(atDepth(frame, depth) as never);
  }

  #refuse(channel: Channel, code: string): void {
    for (const listener of [...this.#refusalListeners]) listener(channel, code);
  }

  async #token(id: number, renew: boolean): Promise<void> {
    let token: string | null = null;
    try {
      token = (await this.#identity?.getToken(renew)) ?? null;
    } catch {
      // Without a token public channels go on; the next renewal or connection asks again.
    }
    this.#port.post({ kind: "token", id, token });
  }
}

function depthOf(entry: ChannelListeners): number {
  return Math.max(0, ...entry.listeners.values());
}

function unpackBook(packed: Extract<PackedFrame, { kind: "book" }>): BookFrame {
  const { market, sequence, at, resyncing } = packed;
  return {
    market,
    bids: unpackLevels(packed.bids),
    asks: unpackLevels(packed.asks),
    sequence,
    at,
    resyncing,
  };
}

/** A book with as many levels as a listener wants; anything else as it is. */
function atDepth(frame: unknown, depth: number): unknown {
  const book = frame as Partial<BookFrame>;
  if (book.bids === undefined || book.asks === undefined) return frame;
  if (book.bids.length <= depth && book.asks.length <= depth) return frame;
  return { ...book, bids: book.bids.slice(0, depth), asks: book.asks.slice(0, depth) };
}

function nextFrame(callback: () => void): void {
  if (typeof requestAnimationFrame === "function") requestAnimationFrame(() => callback());
  else setTimeout(callback, 16);
}

function isHidden(): boolean {
  return typeof document !== "undefined" && document.visibilityState === "hidden";
}

function onVisibility(listener: (visible: boolean) => void): () => void {
  if (typeof document === "undefined") return () => {};
  const changed = (): void => listener(!isHidden());
  document.addEventListener("visibilitychange", changed);
  return () => document.removeEventListener("visibilitychange", changed);
}

function ownOriginUrl(): string {
  if (typeof location === "undefined") throw new Error("outside a page the streams need a url");
  return `${location.origin.replace(/^http/, "ws")}/ws`;
}

/** Reads the markets once, and again when one is asked for that was not there. */
function marketReader(url: string): (name: string) => Promise<Market> {
  const client = new CseClient({ baseUrl: url.replace(/^ws/, "http").replace(/\/ws$/, "") });
  let reading: Promise<Map<string, Market>> | undefined;
  const read = async (): Promise<Map<string, Market>> => {
    const [assets, markets] = await Promise.all([client.assets(), client.markets()]);
    return new Map(markets.items.map((view) => [view.market, marketFrom(view, assets.items)]));
  };
  return async (name) => {
    const known = (await reading?.catch(() => undefined))?.get(name);
    if (known !== undefined) return known;
    reading = read();
    const market = (await reading).get(name);
    if (market === undefined) throw new Error(`there is no market ${name}`);
    return market;
  };
}
