/**
 * The channels of a connection: which are wanted, which the server has been asked for, and which have to be
 * fetched anew because something is missing.
 */

import type { Market } from "../market.ts";
import type { Timer, Timing } from "../timing.ts";
import { backoffMs } from "./backoff.ts";
import type { Channel } from "./channels.ts";
import { BookFeed, type Feed, feedOf } from "./feeds.ts";
import type { PackedFrame } from "./messages.ts";
import type { ChannelRequest, ClientMessage, DataMessage } from "./protocol.ts";

const RESYNC = { firstMs: 500, mostMs: 30_000 };
/** A channel that has held for so long, or for so many messages, may be fetched anew at once. */
const SETTLED_MS = 10_000;
const SETTLED_MESSAGES = 20;
/** So long after it was asked for a channel must have given its snapshot. */
const SNAPSHOT_WITHIN_MS = 5_000;
/** Channels that one message may name. */
const CHANNELS_MAX = 100;

interface Subscription {
  readonly channel: Channel;
  readonly feed: Feed;
  /** `wanted` has not been asked for on this connection. */
  phase: "wanted" | "asked" | "live" | "refused";
  /** The id of the request that asked for it, and whether the server has said yes. */
  request: string;
  acknowledged: boolean;
  resyncs: number;
  /** Since when it has held, and how many messages went in since then. */
  liveAt: number;
  applied: number;
  timer: Timer | undefined;
  /** It is not to be asked for before the timer is over. */
  waiting: boolean;
  heardAt: number | undefined;
}

/** What the subscriptions need of their connection. */
export interface Sending {
  readonly timing: Timing;
  /** Sends when the connection is open; false when it is not. */
  send(message: ClientMessage): boolean;
  nextId(): string;
  /** Whether private channels may be asked for. */
  authenticated(): boolean;
  changed(): void;
}

export class Subscriptions {
  /** How often a channel was dropped and fetched anew. */
  resyncs = 0;
  readonly #all = new Map<Channel, Subscription>();
  readonly #refused = new Map<Channel, string>();
  readonly #unwanted = new Set<Channel>();
  #sendingSoon = false;
  readonly #sending: Sending;

  constructor(sending: Sending) {
    this.#sending = sending;
  }

  /** Adds a channel, or changes how deep a book is handed on. */
  add(channel: Channel, depth: number, market: Market | undefined): void {
    const known = this.#all.get(channel);
    const feed = known?.feed ?? feedOf(channel, market);
    if (feed === null) return this.#refuse(channel, "channel_unknown");
    if (feed instanceof BookFeed) feed.show(depth);
    if (known !== undefined) return this.#sending.changed();
    const subscription: Subscription = {
      channel,
      feed,
      phase: "wanted",
      request: "",
      acknowledged: false,
      resyncs: 0,
      liveAt: Number.POSITIVE_INFINITY,
      applied: 0,
      timer: undefined,
      waiting: false,
      heardAt: undefined,
    };
    this.#all.set(channel, subscription);
    this.#send();
  }

  remove(channel: Channel): void {
    const subscription = this.#all.get(channel);
    if (subscription === undefined) return;
    this.#sending.timing.clearTimer(subscription.timer);
    this.#all.delete(channel);
    if (subscription.phase === "asked" || subscription.phase === "live") {
      this.#unwanted.add(channel);
      this.#send();
    }
  }

  /** More may be asked for than before: all that can be is asked for, from where it stood. */
  opened(): void {
    this.#send();
  }

  /** The connection is gone; positions stay, to go on from. */
  lost(): void {
    this.#unwanted.clear();
    for (const subscription of this.#all.values()) {
      this.#sending.timing.clearTimer(subscription.timer);
      subscription.phase = "wanted";
      subscription.waiting = false;
    }
  }

  /** Another person, or nobody: what the one before saw is forgotten. */
  dropPrivate(): void {
    for (const subscription of this.#all.values()) {
      if (isPrivate(subscription.channel)) subscription.feed.drop();
    }
  }

  /** The server has taken a request. */
  acknowledged(id: string | undefined): void {
    for (const subscription of this.#all.values()) {
      if (id !== undefined && subscription.request === id) {
        subscription.acknowledged = true;
        // What goes on from a position may have nothing to say for a while.
        if (subscription.feed.position !== null) this.#live(subscription);
      }
    }
  }

  /** The server has ended subscriptions by itself. */
  ended(channels: readonly string[], code: string | undefined): void {
    for (const channel of channels as readonly Channel[]) {
      const subscription = this.#all.get(channel);
      if (subscription === undefined || code === undefined) continue;
      this.#sending.timing.clearTimer(subscription.timer);
      subscription.phase = "wanted";
      if (!isPrivate(channel)) this.#resync(subscription);
    }
  }

  /** The server refuses a request, or one channel of it. */
  refused(id: string | undefined, channel: string | undefined, code: string): void {
    for (const subscription of this.#all.values()) {
      const meant = channel === undefined ? subscription.request === id : subscription.channel === channel;
      if (!meant || subscription.phase !== "asked") continue;
      this.#sending.timing.clearTimer(subscription.timer);
      subscription.phase = "refused";
      this.#refuse(subscription.channel, code);
    }
  }

  data(message: DataMessage): void {
    const subscription = this.#all.get(message.channel as Channel);
    if (subscription === undefined || subscription.phase === "wanted") return;
    const { feed } = subscription;
    if (feed.position === null && message.type === "update") {
      // Until the server has taken the request, this is the end of what was asked for before.
      if (subscription.acknowledged) this.#resync(subscription);
      return;
    }
    const outcome = feed.apply(message);
    subscription.heardAt = this.#sending.timing.now();
    if (outcome === "applied" || outcome === "known") {
      subscription.applied += 1;
      this.#live(subscription);
    } else this.#resync(subscription);
    if (outcome !== "known") this.#sending.changed();
  }

  /** A message of the channel could not be read: it may have said anything. */
  broken(channel: string): void {
    const subscription = this.#all.get(channel as Channel);
    if (subscription !== undefined && subscription.phase !== "wanted") this.#resync(subscription);
  }

  /** What is new since the last time. */
  take(): [Channel, PackedFrame][] {
    const frames: [Channel, PackedFrame][] = [];
    for (const { channel, feed } of this.#all.values()) {
      const frame = feed.take();
      if (frame !== null) frames.push([channel, frame]);
    }
    return frames;
  }

  takeRefused(): [Channel, string][] {
    const refused = [...this.#refused];
    this.#refused.clear();
    return refused;
  }

  heardAt(): Record<string, number> {
    const heard: Record<string, number> = {};
    for (const { channel, heardAt } of this.#all.values()) {
      if (heardAt !== undefined) heard[channel] = heardAt;
    }
    return heard;
  }

  close(): void {
    for (const { timer } of this.#all.values()) this.#sending.timing.clearTimer(timer);
    this.#all.clear();
  }

  /** Asks for what is wanted and gives up what is not, with few messages: at the end of this turn. */
  #send(): void {
    if (this.#sendingSoon) return;
    this.#sendingSoon = true;
    queueMicrotask(() => {
      this.#sendingSoon = false;
      this.#giveUp();
      const wanted = [...this.#all.values()].filter((one) => one.phase === "wanted" && !one.waiting);
      this.#ask(wanted.filter((one) => !isPrivate(one.channel) || this.#sending.authenticated()));
    });
  }

  #giveUp(): void {
    // What is wanted again is restarted by being asked for.
    const channels = [...this.#unwanted].filter((channel) => !this.#all.has(channel));
    this.#unwanted.clear();
    for (let from = 0; from < channels.length; from += CHANNELS_MAX) {
      const some = channels.slice(from, from + CHANNELS_MAX);
      this.#sending.send({ op: "unsubscribe", id: this.#sending.nextId(), channels: some });
    }
  }

  #ask(subscriptions: readonly Subscription[]): void {
    for (let from = 0; from < subscriptions.length; from += CHANNELS_MAX) {
      const some = subscriptions.slice(from, from + CHANNELS_MAX);
      const id = this.#sending.nextId();
      if (!this.#sending.send({ op: "subscribe", id, channels: some.map(requestOf) })) return;
      for (const subscription of some) this.#asked(subscription, id);
    }
  }

  #asked(subscription: Subscription, id: string): void {
    const { timing } = this.#sending;
    subscription.phase = "asked";
    subscription.request = id;
    subscription.acknowledged = false;
    timing.clearTimer(subscription.timer);
    subscription.timer = timing.setTimer(() => this.#resync(subscription), SNAPSHOT_WITHIN_MS);
  }

  #live(subscription: Subscription): void {
    if (subscription.phase !== "asked") return;
    subscription.phase = "live";
    subscription.liveAt = Math.min(subscription.liveAt, this.#sending.timing.monotonicMs());
    this.#sending.timing.clearTimer(subscription.timer);
    subscription.timer = undefined;
  }

  /** Something is missing: what is held is dropped and fetched anew, the oftener the later. */
  #resync(subscription: Subscription): void {
    const { timing } = this.#sending;
    timing.clearTimer(subscription.timer);
    subscription.feed.drop();
    subscription.phase = "wanted";
    this.resyncs += 1;
    this.#sending.changed();
    const held = timing.monotonicMs() - subscription.liveAt;
    if (held > SETTLED_MS || subscription.applied > SETTLED_MESSAGES) subscription.resyncs = 0;
    subscription.liveAt = Number.POSITIVE_INFINITY;
    subscription.applied = 0;
    subscription.waiting = subscription.resyncs > 0;
    subscription.resyncs += 1;
    if (!subscription.waiting) return this.#send();
    const delay = backoffMs(subscription.resyncs, RESYNC, timing);
    subscription.timer = timing.setTimer(() => {
      subscription.waiting = false;
      this.#send();
    }, delay);
  }

  #refuse(channel: Channel, code: string): void {
    this.#refused.set(channel, code);
    this.#sending.changed();
  }
}

/** Whether only its owner may see the channel. */
function isPrivate(channel: string): boolean {
  return channel.startsWith("user.");
}

function requestOf({ channel, feed }: Subscription): ChannelRequest {
  const position = feed.position;
  if (position === null) return channel;
  return { channel, epoch: String(position.epoch), sequence: String(position.sequence) };
}
