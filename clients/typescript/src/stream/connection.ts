/**
 * One socket to the streams, kept alive.
 *
 * It reads messages in order, hands data to the subscriptions, measures the round trip, and comes back by
 * itself: after a close, and after a silence longer than two heartbeats. Positions outlive the socket, so
 * that channels go on where they stopped, whichever process answers.
 */

import type { Timer, Timing } from "../timing.ts";
import { backoffMs } from "./backoff.ts";
import type { ConnectionState, StreamStatus } from "./channels.ts";
import { LatencyWindow } from "./latency.ts";
import { type ClientMessage, type ControlMessage, readMessage, type Welcome } from "./protocol.ts";
import { ALWAYS_ONLINE, type Network, type OpenSocket, type SocketLike } from "./socket.ts";
import { Subscriptions } from "./subscriptions.ts";

/** Gets an access token; with `renew` another than the one that was just refused. */
export type GetToken = (renew: boolean) => Promise<string | null>;

export interface ConnectionOptions {
  readonly url: string;
  readonly openSocket: OpenSocket;
  readonly timing: Timing;
  readonly network?: Network;
  /** Something is there to be taken: data, status or a refusal. */
  readonly changed: () => void;
}

const RECONNECT = { firstMs: 250, mostMs: 15_000 };
const WELCOME_WITHIN_MS = 10_000;
const PING_EVERY_MS = 5_000;
const SILENCE_LEAST_MS = 10_000;
/** A connection that lived for so long makes the next loss the first one again. */
const SETTLED_MS = 5_000;
/** The server is full: the first wait is that of so many tries. */
const FULL_ATTEMPTS = 5;
const RENEW_BEFORE_MS = 60_000;
const RENEW_SOONEST_MS = 5_000;

export class StreamConnection {
  readonly subscriptions: Subscriptions;
  readonly #options: ConnectionOptions;
  readonly #timing: Timing;
  readonly #network: Network;
  readonly #latency = new LatencyWindow();
  readonly #endListening: () => void;
  readonly #pings = new Map<string, number>();
  #socket: SocketLike | null = null;
  #state: ConnectionState = "connecting";
  #attempt = 0;
  #welcomedAt = 0;
  #silenceMs = SILENCE_LEAST_MS;
  #heardAtMonotonic = 0;
  #lastMessageAt: number | null = null;
  #journalSequence = 0n;
  #lastCode: string | null = null;
  #lastId = 0;
  #getToken: GetToken | null = null;
  #account: string | null = null;
  #authenticated = false;
  /** Whether a token was refused on this connection already. */
  #renewed = false;
  #retryTimer: Timer | undefined;
  #watchTimer: Timer | undefined;
  #pingTimer: Timer | undefined;
  #renewTimer: Timer | undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#timing = options.timing;
    this.#network = options.network ?? ALWAYS_ONLINE;
    this.subscriptions = new Subscriptions({
      timing: this.#timing,
      send: (message) => this.#send(message),
      nextId: () => this.#nextId(),
      authenticated: () => this.#authenticated,
      changed: options.changed,
    });
    this.#endListening = this.#network.listen(() => this.#networkChanged());
    this.#open();
  }

  get status(): StreamStatus {
    const now = this.#timing.now();
    return {
      state: this.#state,
      attempt: this.#state === "live" ? 0 : this.#attempt,
      latencyMs: this.#latency.medianMs(now),
      worstMs: this.#latency.worstMs(now),
      skewMs: this.#latency.skewMs(now),
      journalSequence: this.#journalSequence,
      lastMessageAt: this.#lastMessageAt,
      channelAt: this.subscriptions.heardAt(),
      authenticated: this.#authenticated,
      resyncs: this.subscriptions.resyncs,
      lastCode: this.#lastCode,
    };
  }

  /**
   * Says who is there: private channels go on with tokens of `getToken`, or end with null. They are of the
   * main account, or of `account`. Another person or account than before gets another socket, so that
   * nothing of the one before can come through.
   */
  authenticate(getToken: GetToken | null, account: string | null = null): void {
    const before = this.#getToken;
    this.#getToken = getToken;
    this.#account = account;
    if (before !== null) {
      this.subscriptions.dropPrivate();
      if (this.#socket !== null) this.#lose("signed_out", 0);
    } else if (getToken !== null && this.#state === "live") {
      void this.#authenticate(false);
    }
  }

  close(): void {
    this.#endListening();
    this.#timing.clearTimer(this.#retryTimer);
    this.#release();
    this.subscriptions.close();
    this.#set("closed");
  }

  #open(): void {
    if (this.#state === "closed") return;
    this.#heardAtMonotonic = this.#timing.monotonicMs();
    this.#silenceMs = WELCOME_WITHIN_MS;
    this.#watch();
    let socket: SocketLike;
    try {
      socket = this.#options.openSocket(this.#options.url);
    } catch {
      return this.#lose("socket_failed");
    }
    this.#socket = socket;
    const current = (): boolean => this.#socket === socket;
    socket.onopen = () => {};
    socket.onmessage = (event: { readonly data: unknown }) => {
      if (current()) this.#receive(event.data);
    };
    socket.onerror = () => {};
    socket.onclose = () => {
      if (current()) this.#lose(null);
    };
  }

  #receive(data: unknown): void {
    const read = readMessage(data);
    if (read === null) return this.#lose("malformed_message");
    this.#heardAtMonotonic = this.#timing.monotonicMs();
    this.#lastMessageAt = this.#timing.now();
    if (read.kind === "data") {
      this.#seenSequence(read.message.journal_sequence);
      this.subscriptions.data(read.message);
    } else if (read.kind === "control") this.#control(read.message);
    else if (read.kind === "broken") this.subscriptions.broken(read.channel);
  }

  #control(message: ControlMessage): void {
    switch (message.op) {
      case "welcome":
        return this.#welcome(message);
      case "subscribed":
        return this.subscriptions.acknowledged(message.id);
      case "unsubscribed":
        return this.#unsubscribed(message.channels, message.code);
      case "authenticated":
        return this.#isAuthenticated(message.expires_at);
      case "pong":
        this.#seenSequence(message.journal_sequence);
        return this.#pong(message.id, message.time);
      case "heartbeat":
        this.#seenSequence(message.journal_sequence);
        return this.#options.changed();
      case "error":
        return this.#refused(message);
      case "closing":
        this.#lastCode = message.code;
        return this.#options.changed();
    }
  }

  #welcome(message: Welcome): void {
    this.#welcomedAt = this.#timing.monotonicMs();
    const heartbeatMs = Number(message.heartbeat_s) * 1000;
    this.#silenceMs = Math.max(2 * (Number.isFinite(heartbeatMs) ? heartbeatMs : 0), SILENCE_LEAST_MS);
    this.#set("live");
    this.subscriptions.opened();
    this.#ping();
    if (this.#getToken !== null) void this.#authenticate(false);
  }

  // Who is there

  async #authenticate(renew: boolean): Promise<void> {
    const socket = this.#socket;
    const getToken = this.#getToken;
    if (getToken === null) return;
    let token: string | null = null;
    try {
      token = await getToken(renew);
    } catch {
      // The edge may be away while the streams are not.
      if (socket === this.#socket) this.#renewIn(RENEW_SOONEST_MS);
      return;
    }
    if (token === null || socket !== this.#socket || getToken !== this.#getToken) return;
    const chosen = this.#account === null ? undefined : { account: this.#account };
    this.#send({ op: "authenticate", id: this.#nextId("authenticate"), access_token: token, ...chosen });
  }

  #isAuthenticated(expiresAt: string): void {
    this.#authenticated = true;
    this.#renewed = false;
    const lasts = Date.parse(expiresAt) - this.#timing.now();
    this.#renewIn(Number.isFinite(lasts) ? Math.max(lasts - RENEW_BEFORE_MS, lasts / 2) : RENEW_BEFORE_MS);
    this.subscriptions.opened();
    this.#options.changed();
  }

  #renewIn(delayMs: number): void {
    this.#timing.clearTimer(this.#renewTimer);
    const delay = Math.min(Math.max(delayMs, RENEW_SOONEST_MS), 2 ** 31 - 1);
    this.#renewTimer = this.#timing.setTimer(() => void this.#authenticate(false), delay);
  }

  #unsubscribed(channels: readonly string[], code: string | undefined): void {
    this.subscriptions.ended(channels, code);
    if (code === undefined) return;
    this.#lastCode = code;
    if (channels.some((channel) => channel.startsWith("user."))) {
      this.#authenticated = false;
      void this.#authenticate(true);
    }
    this.#options.changed();
  }

  #refused(message: Extract<ControlMessage, { op: "error" }>): void {
    this.#lastCode = message.code;
    if (message.id?.startsWith("authenticate")) {
      this.#authenticated = false;
      if (!this.#renewed) {
        this.#renewed = true;
        void this.#authenticate(true);
      }
    } else this.subscriptions.refused(message.id, message.channel, message.code);
    this.#options.changed();
  }

  // Whether it lives

  #ping(): void {
    this.#timing.clearTimer(this.#pingTimer);
    const id = this.#nextId();
    this.#pings.clear();
    this.#pings.set(id, this.#timing.monotonicMs());
    this.#send({ op: "ping", id });
    this.#pingTimer = this.#timing.setTimer(() => this.#ping(), PING_EVERY_MS);
  }

  #pong(id: string | undefined, time: string): void {
    const sentAt = this.#pings.get(id ?? "");
    const serverMs = Date.parse(time);
    if (sentAt === undefined || !Number.isFinite(serverMs)) return;
    this.#pings.clear();
    this.#latency.add(this.#timing.now(), this.#timing.monotonicMs() - sentAt, serverMs);
    this.#options.changed();
  }

  #watch(): void {
    this.#timing.clearTimer(this.#watchTimer);
    const silentMs = this.#timing.monotonicMs() - this.#heardAtMonotonic;
    if (silentMs >= this.#silenceMs) return this.#lose("silence");
    const wait = Math.max(this.#silenceMs - silentMs, 100);
    this.#watchTimer = this.#timing.setTimer(() => this.#watch(), wait);
  }

  #seenSequence(text: string): void {
    const sequence = BigInt(text);
    if (sequence > this.#journalSequence) this.#journalSequence = sequence;
  }

  // Losing and coming back

  #lose(code: string | null, delayMs?: number): void {
    if (this.#state === "closed") return;
    if (code !== null) this.#lastCode = code;
    const settled = this.#timing.monotonicMs() - this.#welcomedAt > SETTLED_MS && this.#state === "live";
    this.#attempt = settled ? 1 : this.#attempt + 1;
    if (this.#lastCode === "connection_limit") this.#attempt = Math.max(this.#attempt, FULL_ATTEMPTS);
    this.#release();
    this.#set(this.#network.online() ? "reconnecting" : "offline");
    this.#timing.clearTimer(this.#retryTimer);
    const delay = delayMs ?? backoffMs(this.#attempt, RECONNECT, this.#timing);
    this.#retryTimer = this.#timing.setTimer(() => this.#open(), delay);
  }

  /** Lets go of the socket and of all that belongs to it. */
  #release(): void {
    for (const timer of [this.#watchTimer, this.#pingTimer, this.#renewTimer]) this.#timing.clearTimer(timer);
    this.#authenticated = false;
    this.#renewed = false;
    this.#pings.clear();
    const socket = this.#socket;
    this.#socket = null;
    this.subscriptions.lost();
    try {
      socket?.close();
    } catch {
      // A socket that never opened may refuse to close.
    }
  }

  #networkChanged(): void {
    if (this.#state === "closed") return;
    if (this.#network.online()) {
      if (this.#state === "live" || (this.#socket !== null && this.#state === "connecting")) return;
      this.#timing.clearTimer(this.#retryTimer);
      this.#release();
      this.#set("reconnecting");
      this.#open();
    } else if (this.#socket !== null) this.#lose("offline");
    else this.#set("offline");
  }

  #set(state: ConnectionState): void {
    this.#state = state;
    if (state === "live") this.#lastCode = null;
    this.#options.changed();
  }

  #send(message: ClientMessage): boolean {
    if (this.#socket === null || this.#state !== "live") return false;
    try {
      this.#socket.send(JSON.stringify(message));
      return true;
    } catch {
      return false;
    }
  }

  #nextId(kind = ""): string {
    this.#lastId += 1;
    return `${kind}${this.#lastId}`;
  }
}
