/**
 * Orders over one WebSocket, pipelined; and orders that are cancelled when it ends.
 *
 * `fetch` carries a client's requests: what has to do with orders over the socket, all else over HTTP. It
 * is for one person.
 */

import type { Fetch } from "../http.ts";
import { SYSTEM_TIMING, type Timer, type Timing } from "../timing.ts";
import { backoffMs } from "./backoff.ts";
import { isRecord } from "./protocol.ts";
import {
  type AnswerMessage,
  messageOf,
  type OrderMessage,
  type RefusedMessage,
  responseOf,
  withoutAccount,
} from "./requests.ts";
import type { OpenSocket, SocketLike } from "./socket.ts";

/** Which orders the exchange cancels when the connection ends, whoever ends it. */
export interface CancelOnDisconnect {
  /** By name; all unless told otherwise. */
  readonly markets?: readonly string[];
  /** So long it waits for the connection to come back, 60,000 at most. */
  readonly graceMs?: number;
}

export interface OrderSocketOptions {
  /** The exchange, such as `https://exchange.example`. */
  readonly baseUrl: string;
  readonly cancelOnDisconnect?: CancelOnDisconnect;
  /** Which of the person's accounts it is for: that of the client. The main one without it. */
  readonly account?: string;
  /** Gives a token while nothing is asked; without a new one the connection ends with the token. */
  readonly accessToken?: () => Promise<string | null>;
  readonly openSocket?: OpenSocket;
  readonly fetch?: Fetch;
  readonly timing?: Timing;
}

/** What the exchange says of the orders that it cancels when the connection ends. */
export interface Guarded {
  readonly guard: string | null;
  /** Orders of an earlier connection were kept when this one was made. */
  readonly resumed: boolean;
}

type Told = Record<string, unknown> & { readonly op: string };

interface Waiting {
  readonly settle: (told: Told) => void;
  readonly fail: (error: Error) => void;
}

const RECONNECT = { firstMs: 100, mostMs: 5_000 };
const RENEW_BEFORE_MS = 15_000;
/** The server says something every five seconds. */
const SILENCE_MS = 15_000;

export class OrderSocket {
  readonly #options: OrderSocketOptions;
  readonly #timing: Timing;
  readonly #fetch: Fetch;
  readonly #waiting = new Map<string, Waiting>();
  #wanted: CancelOnDisconnect | null;
  #socket: SocketLike | null = null;
  #connecting: Promise<SocketLike> | null = null;
  #token = "";
  #lastId = 0;
  #attempt = 0;
  #isClosed = false;
  #guarded: Guarded = { guard: null, resumed: false };
  #why = "the connection was lost";
  #renewTimer: Timer | undefined;
  #retryTimer: Timer | undefined;
  #silenceTimer: Timer | undefined;

  constructor(options: OrderSocketOptions) {
    this.#options = options;
    this.#timing = options.timing ?? SYSTEM_TIMING;
    this.#fetch = options.fetch ?? ((url, init) => globalThis.fetch(url, init));
    this.#wanted = options.cancelOnDisconnect ?? null;
  }

  /** What the exchange has said last about cancel on disconnect. */
  get guarded(): Guarded {
    return this.#guarded;
  }

  /** To be given to a `CseClient` of the same `baseUrl`. */
  readonly fetch: Fetch = async (url, init) => {
    const headers = init.headers as Record<string, string>;
    const token = headers["Authorization"]?.replace(/^Bearer /, "");
    const target = url.slice(this.#options.baseUrl.replace(/\/+$/, "").length);
    const body = init.body === undefined ? undefined : JSON.parse(init.body as string);
    const chosen = withoutAccount(target);
    const message = messageOf(init.method ?? "GET", chosen.target, body);
    // What is about another account is not for this connection.
    const isElsewhere = chosen.account !== (this.#options.account ?? null);
    if (message === null || token === undefined || isElsewhere) return this.#fetch(url, init);
    const minSequence = headers["CSE-Min-Sequence"];
    const asked = minSequence === undefined ? message : { ...message, min_sequence: minSequence };
    const socket = await this.#connected(token);
    if (token !== this.#token) this.#authenticate(socket, token);
    const told = await this.#ask(socket, asked, init.signal ?? undefined);
    return responseOf(told as unknown as AnswerMessage | RefusedMessage);
  };

  /** Changes what is cancelled when the connection ends; null for nothing. */
  async cancelOnDisconnect(wanted: CancelOnDisconnect | null): Promise<Guarded> {
    this.#wanted = wanted;
    if (this.#socket !== null) await this.#guard(this.#socket, false);
    return this.#guarded;
  }

  /** Ends the connection, and with it the orders that it guards. */
  close(): void {
    this.#isClosed = true;
    this.#timing.clearTimer(this.#retryTimer);
    const socket = this.#socket;
    this.#lost();
    socket?.close();
  }

  #connected(token: string): Promise<SocketLike> {
    if (this.#isClosed) return Promise.reject(new Error("the socket was closed"));
    if (this.#socket !== null) return Promise.resolve(this.#socket);
    this.#connecting ??= this.#connect(token).finally(() => {
      this.#connecting = null;
    });
    return this.#connecting;
  }

  async #connect(token: string): Promise<SocketLike> {
    const socket = await this.#opened();
    this.#authenticate(socket, token);
    try {
      if (this.#wanted !== null) await this.#guard(socket, true);
    } catch (error) {
      socket.close();
      throw error;
    }
    this.#socket = socket;
    this.#attempt = 0;
    return socket;
  }

  #opened(): Promise<SocketLike> {
    const url = `${this.#options.baseUrl.replace(/\/+$/, "").replace(/^http/, "ws")}/ws/orders`;
    const open = this.#options.openSocket ?? ((address) => new WebSocket(address) as unknown as SocketLike);
    return new Promise((resolve, reject) => {
      const socket = open(url);
      this.#why = "the connection was lost";
      socket.onopen = () => resolve(socket);
      socket.onerror = () => {};
      socket.onclose = () => {
        reject(new Error(this.#why));
        if (socket === this.#socket || this.#socket === null) this.#lost();
      };
      socket.onmessage = (event: { readonly data: unknown }) => this.#received(socket, event.data);
    });
  }

  #authenticate(socket: SocketLike, token: string): void {
    this.#token = token;
    this.#lastId += 1;
    const { account } = this.#options;
    const id = `a${this.#lastId}`;
    socket.send(JSON.stringify({ op: "authenticate", id, access_token: token, account }));
  }

  async #guard(socket: SocketLike, isNew: boolean): Promise<void> {
    const wanted = this.#wanted;
    const message: Record<string, unknown> = { op: "cancel_on_disconnect", enabled: wanted !== null };
    if (wanted?.graceMs !== undefined) message["grace_ms"] = wanted.graceMs;
    if (wanted?.markets !== undefined) message["markets"] = wanted.markets;
    if (isNew && this.#guarded.guard !== null) message["resume"] = this.#guarded.guard;
    const told = await this.#ask(socket, message);
    if (told.op === "error") throw new Error(`cancel on disconnect: ${String(told["code"])}`);
    this.#guarded = { guard: told["guard"] as string | null, resumed: told["resumed"] === true };
  }

  #ask(socket: SocketLike, message: OrderMessage, signal?: AbortSignal): Promise<Told> {
    this.#lastId += 1;
    const id = String(this.#lastId);
    return new Promise<Told>((resolve, reject) => {
      const abort = (): void => reject(new Error("aborted"));
      signal?.addEventListener("abort", abort);
      this.#waiting.set(id, { settle: resolve, fail: reject });
      socket.send(JSON.stringify({ ...message, id }));
      if (signal?.aborted === true) abort();
    }).finally(() => this.#waiting.delete(id));
  }

  #received(socket: SocketLike, data: unknown): void {
    this.#watch(socket);
    const told: unknown = typeof data === "string" ? JSON.parse(data) : data;
    if (!isRecord(told) || typeof told["op"] !== "string") return;
    if (told["op"] === "closing") this.#why = `${String(told["code"])}: ${String(told["message"])}`;
    if (told["op"] === "authenticated") this.#renewIn(socket, Date.parse(String(told["expires_at"])));
    const id = told["id"];
    if (typeof id === "string") this.#waiting.get(id)?.settle(told as Told);
  }

  #renewIn(socket: SocketLike, expiresAt: number): void {
    const left = expiresAt - this.#timing.now();
    this.#timing.clearTimer(this.#renewTimer);
    this.#renewTimer = this.#timing.setTimer(
      () => void this.#renew(socket),
      Math.max(left - RENEW_BEFORE_MS, left / 2),
    );
  }

  async #renew(socket: SocketLike): Promise<void> {
    const token = (await this.#options.accessToken?.().catch(() => null)) ?? null;
    if (token !== null && socket === this.#socket) this.#authenticate(socket, token);
  }

  #watch(socket: SocketLike): void {
    this.#timing.clearTimer(this.#silenceTimer);
    this.#silenceTimer = this.#timing.setTimer(() => {
      socket.close();
      if (socket === this.#socket) this.#lost();
    }, SILENCE_MS);
  }

  /** Nothing more comes: who waits for an answer gets none. Where the exchange waits, it comes back. */
  #lost(): void {
    this.#socket = null;
    for (const timer of [this.#renewTimer, this.#silenceTimer]) this.#timing.clearTimer(timer);
    for (const waiting of this.#waiting.values()) waiting.fail(new Error(this.#why));
    this.#waiting.clear();
    if (!this.#isClosed && (this.#wanted?.graceMs ?? 0) > 0) this.#comeBack();
  }

  #comeBack(): void {
    this.#attempt += 1;
    this.#timing.clearTimer(this.#retryTimer);
    this.#retryTimer = this.#timing.setTimer(
      () => {
        if (this.#socket === null) void this.#return();
      },
      backoffMs(this.#attempt, RECONNECT, this.#timing),
    );
  }

  async #return(): Promise<void> {
    try {
      await this.#connected((await this.#options.accessToken?.().catch(() => null)) ?? this.#token);
    } catch {
      // The end of the connection that failed has begun the next attempt.
    }
  }
}
