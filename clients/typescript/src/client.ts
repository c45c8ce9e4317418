/**
 * The exchange over HTTP.
 *
 * The access token is kept in memory. One refresh runs at a time, however many requests wait for it,
 * and a request that met a 401 is sent once more, with the same body: an order keeps its
 * `client_order_id`, so it cannot be placed twice.
 */

import { ApiError } from "./errors.ts";
import type { components } from "./generated/api.ts";
import type { MoneyState } from "./generated/codes.ts";
import { type Fetch, Http, type HttpAnswer, type HttpRequest, type Query } from "./http.ts";
import type { ApiKey, Signing } from "./keys.ts";
import type { MarketView } from "./market.ts";
import { type Session, SessionHolder, type SessionListener, type SignedIn } from "./session.ts";

type Schemas = components["schemas"];

export type NewOrder = Schemas["NewOrder"];
export type Order = Schemas["Order"];
export type Fill = Schemas["Fill"];
export type PlacedOrder = Schemas["PlacedOrder"];
export type NewOrderList = Schemas["NewOrderList"];
export type PlacedOrderList = Schemas["PlacedOrderList"];
export type AmendedOrder = Schemas["AmendedOrder"];
export type Replacement = Schemas["Replacement"];
export type ReplacedOrder = Schemas["ReplacedOrder"];
export type PreventedTrade = Schemas["PreventedTrade"];
export type BatchedPlacement = Schemas["BatchedPlacement"];
export type BatchedCancel = Schemas["BatchedCancel"];
export type NamedOrder = Schemas["NamedOrder"];
export type Fees = Schemas["Fees"];
export type Balance = Schemas["Balance"];
export type PublicTrade = Schemas["PublicTrade"];
export type Ticker = Schemas["Ticker"];
export type AuctionView = Schemas["AuctionView"];
export type OrderBookView = Schemas["OrderBook"];
export type Health = Schemas["Report"];
/** A candle; `time` is its start. An interval without a trade has none. */
export type CandleView = Schemas["CandleView"];
/** A creator's token and how it presents itself; `cover` is a path under the origin. */
export type CreatorView = Schemas["CreatorView"];
export type SparkView = Schemas["SparkView"];
/** A place where the person is signed in. */
export type SessionView = Schemas["SessionView"];
export type NewApiKey = Schemas["NewApiKey"];
export type NewlyMadeApiKey = Schemas["NewlyMadeApiKey"];
export type ChangedApiKey = Schemas["ChangedApiKey"];
export type ApiKeyView = Schemas["ApiKeyView"];
/** What guards the account. */
export type SecurityView = Schemas["Security"];
export type PasskeyView = Schemas["PasskeyView"];
/** Options and answers of WebAuthn, as the JSON that browsers take and give. */
export type WebAuthnJson = Readonly<Record<string, unknown>>;
/** A secret for an authenticator, also as an address and a picture. */
export type TotpEnrolment = Schemas["TotpEnrolment"];

/** A page of a list. */
export interface Page<Item> {
  readonly items: Item[];
  readonly next_cursor: string | null;
  readonly sequence: string;
}

export interface ClientOptions {
  /** The origin, such as `https://exchange.example`; empty for the page's own. */
  readonly baseUrl: string;
  readonly fetch?: Fetch;
  /** In a browser: refresh tokens travel in a cookie that no script can read. */
  readonly web?: boolean;
  readonly timeoutMs?: number;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Signs the requests, in the place of a person who signs in. */
  readonly key?: ApiKey;
  /** For how long a signed request is good. */
  readonly windowMs?: number;
}

/** How a single call may be made. */
export interface CallOptions {
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  /** The answer shall reflect at least this sequence. */
  readonly minSequence?: bigint | string;
}

const TIMEOUT_MS = 10_000;
/** A token that ends sooner than this is renewed before it is used. */
const RENEW_BEFORE_MS = 20_000;

export class CseClient {
  readonly #http: Http;
  readonly #session: SessionHolder;
  readonly #now: () => number;
  readonly #web: boolean;
  readonly #timeoutMs: number;
  readonly #signing: Signing | undefined;
  #refreshing: Promise<Session | null> | undefined;

  constructor(options: ClientOptions) {
    const fetch: Fetch = options.fetch ?? ((url, init) => globalThis.fetch(url, init));
    this.#now = options.now ?? Date.now;
    this.#web = options.web ?? false;
    this.#timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
    this.#http = new Http(options.baseUrl, fetch, this.#web);
    this.#session = new SessionHolder(this.#now);
    this.#signing = options.key?.signing(this.#now, options.windowMs);
  }

  // Session

  get session(): Session | null {
    return this.#session.current;
  }

  /** Called at every sign-in, refresh and sign-out; gives what ends the listening. */
  onSession(listener: SessionListener): () => void {
    return this.#session.listen(listener);
  }

  async signUp(person: { email: string; password: string; displayName: string }): Promise<Session> {
    const { email, password, displayName } = person;
    const body = { email, password, display_name: displayName };
    return this.#enter("/api/auth/sign-up", body);
  }

  /** @throws ApiError `second_factor_required` with a `challenge` for `signInWithCode`. */
  async signIn(person: { email: string; password: string }): Promise<Session> {
    return this.#enter("/api/auth/sign-in", { email: person.email, password: person.password });
  }

  /** The second step of a sign-in; `code` is the authenticator's or a recovery code. */
  async signInWithCode(step: { challenge: string; code: string }): Promise<Session> {
    return this.#enter("/api/auth/sign-in/code", { challenge: step.challenge, code: step.code });
  }

  /** What a browser signs in by. */
  async beginPasskeySignIn(): Promise<WebAuthnJson> {
    const answer = await this.#send("POST", "/api/auth/passkey/begin", {});
    return (answer.body as Schemas["PasskeyOptions"]).public_key;
  }

  async signInByPasskey(credential: WebAuthnJson): Promise<Session> {
    return this.#enter("/api/auth/passkey", { credential });
  }

  /**
   * Gets the next tokens; null when nobody is signed in any more. Runs once at a time.
   *
   * @throws ApiError, OutcomeUnknown when it could not be told; the session is kept then.
   */
  refresh(refreshToken?: string): Promise<Session | null> {
    this.#refreshing ??= this.#refresh(refreshToken).finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  async signOut(): Promise<void> {
    const session = this.session;
    try {
      if (session !== null) await this.#own("POST", "/api/auth/sign-out", {});
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 401)) throw error;
    } finally {
      this.#session.clear();
    }
  }

  /** A token that is good for a while yet, or null when nobody is signed in; `renew` gets another one. */
  async accessToken(renew = false): Promise<string | null> {
    const session = this.session;
    if (session === null) return null;
    if (!renew && session.expiresAt - this.#now() > RENEW_BEFORE_MS) return session.accessToken;
    return (await this.refresh())?.accessToken ?? null;
  }

  // API keys

  /** Makes a key. Its secret is in this answer and nowhere else. */
  async makeKey(key: NewApiKey, options?: CallOptions): Promise<NewlyMadeApiKey> {
    return (await this.#own("POST", "/api/keys", { body: key, money: "none", options }))
      .body as NewlyMadeApiKey;
  }

  /** Those that are not revoked, newest first. */
  async apiKeys(options?: CallOptions): Promise<ApiKeyView[]> {
    return (await this.#read<Schemas["ApiKeys"]>("/api/keys", undefined, options)).items;
  }

  async changeKey(id: string, changes: ChangedApiKey, options?: CallOptions): Promise<ApiKeyView> {
    const path = `/api/keys/${encodeURIComponent(id)}`;
    const answer = await this.#own("PATCH", path, { body: changes, money: "none", options });
    return (answer.body as Schemas["OneApiKey"]).key;
  }

  async revokeKey(id: string, options?: CallOptions): Promise<void> {
    await this.#own("DELETE", `/api/keys/${encodeURIComponent(id)}`, { money: "none", options });
  }

  /** What the client's key may do, and where its limits stand. */
  keySelf(options?: CallOptions): Promise<Schemas["ApiKeySelf"]> {
    return this.#read("/api/keys/self", undefined, options);
  }

  // Public

  assets(options?: CallOptions): Promise<Schemas["Assets"]> {
    return this.#public("/api/assets", undefined, options);
  }

  markets(options?: CallOptions): Promise<Schemas["Markets"]> {
    return this.#public("/api/markets", undefined, options);
  }

  /** One market and its rules, as they are now. */
  market(market: string, options?: CallOptions): Promise<MarketView> {
    return this.#public(`/api/markets/${encodeURIComponent(market)}`, undefined, options);
  }

  /** What a market's auction would trade now. */
  auction(market: string, options?: CallOptions): Promise<AuctionView> {
    return this.#public(`/api/markets/${encodeURIComponent(market)}/auction`, undefined, options);
  }

  tickers(options?: CallOptions): Promise<Page<Ticker>> {
    return this.#public("/api/tickers", undefined, options);
  }

  ticker(market: string, options?: CallOptions): Promise<Ticker> {
    return this.#public(`/api/ticker/${encodeURIComponent(market)}`, undefined, options);
  }

  orderBook(market: string, depth = 50, options?: CallOptions): Promise<OrderBookView> {
    return this.#public(`/api/orderbook/${encodeURIComponent(market)}`, { depth }, options);
  }

  /** Newest first; with `after` ascending from the trade behind that id. */
  trades(
    query: { market: string; limit?: number; cursor?: string; after?: string },
    options?: CallOptions,
  ): Promise<Page<PublicTrade>> {
    return this.#public("/api/trades", query, options);
  }

  /** Ascending; `from` inclusive, `to` exclusive (RFC 3339). */
  candles(
    query: { market: string; interval: string; from?: string; to?: string; limit?: number },
    options?: CallOptions,
  ): Promise<Schemas["Candles"]> {
    const { market, ...rest } = query;
    return this.#public(`/api/candles/${encodeURIComponent(market)}`, rest, options);
  }

  /** A day of every market as a line: the price at the end of each quarter of an hour. */
  sparks(options?: CallOptions): Promise<Page<SparkView>> {
    return this.#public("/api/sparks", undefined, options);
  }

  creators(options?: CallOptions): Promise<Page<CreatorView>> {
    return this.#public("/api/creators", undefined, options);
  }

  health(options?: CallOptions): Promise<Health> {
    return this.#public("/api/health", undefined, options);
  }

  // A person's own

  balances(options?: CallOptions): Promise<Page<Balance>> {
    return this.#read("/api/balances", undefined, options);
  }

  /** Where the person is signed in, the latest used first. */
  async sessions(options?: CallOptions): Promise<SessionView[]> {
    return (await this.#read<Schemas["Sessions"]>("/api/sessions", undefined, options)).items;
  }

  /** Names a session; null takes its name away. */
  async nameSession(id: string, name: string | null, options?: CallOptions): Promise<void> {
    await this.#own("PATCH", `/api/sessions/${encodeURIComponent(id)}`, { body: { name }, options });
  }

  /** Ends a session, on every process of the exchange within a second. */
  async endSession(id: string, options?: CallOptions): Promise<void> {
    await this.#own("DELETE", `/api/sessions/${encodeURIComponent(id)}`, { options });
  }

  /** Ends all sessions but this one; how many. */
  async endOtherSessions(options?: CallOptions): Promise<number> {
    const answer = await this.#own("DELETE", "/api/sessions", { options });
    return (answer.body as Schemas["EndedSessions"]).ended;
  }

  /** What guards the account. */
  security(options?: CallOptions): Promise<SecurityView> {
    return this.#read("/api/security", undefined, options);
  }

  /** Shows that it is still the same person; what asked for it with `step_up_required` then goes through. */
  async stepUp(
    proof: { code: string } | { password: string } | { passkey: WebAuthnJson },
    options?: CallOptions,
  ): Promise<void> {
    await this.#own("POST", "/api/auth/step-up", { body: proof, options });
  }

  /** What a browser shows a passkey by, for a step up. */
  beginPasskeyStepUp(options?: CallOptions): Promise<WebAuthnJson> {
    return this.#passkeyOptions("/api/auth/step-up/passkey", options);
  }

  /** What a browser makes a passkey from. */
  beginPasskey(options?: CallOptions): Promise<WebAuthnJson> {
    return this.#passkeyOptions("/api/security/passkeys/begin", options);
  }

  /** Adds the passkey that a browser made; recovery codes come with a person's first factor. */
  async addPasskey(credential: WebAuthnJson, name: string, options?: CallOptions): Promise<string[]> {
    const body = { credential, name };
    const answer = await this.#own("POST", "/api/security/passkeys", { body, options });
    return (answer.body as Schemas["PasskeyAdded"]).recovery_codes;
  }

  async namePasskey(id: string, name: string, options?: CallOptions): Promise<void> {
    const path = `/api/security/passkeys/${encodeURIComponent(id)}`;
    await this.#own("PATCH", path, { body: { name }, options });
  }

  async removePasskey(id: string, options?: CallOptions): Promise<void> {
    await this.#own("DELETE", `/api/security/passkeys/${encodeURIComponent(id)}`, { options });
  }

  /** A secret for an authenticator, which counts once `confirmTotp` has had a code of it. */
  async beginTotp(options?: CallOptions): Promise<TotpEnrolment> {
    return (await this.#own("POST", "/api/security/totp", { options })).body as TotpEnrolment;
  }

  /** Gives the recovery codes, which are shown this once. */
  async confirmTotp(code: string, options?: CallOptions): Promise<string[]> {
    const answer = await this.#own("POST", "/api/security/totp/confirm", { body: { code }, options });
    return (answer.body as Schemas["RecoveryCodes"]).codes;
  }

  async removeTotp(options?: CallOptions): Promise<void> {
    await this.#own("DELETE", "/api/security/totp", { options });
  }

  /** New recovery codes for the old. */
  async renewRecoveryCodes(options?: CallOptions): Promise<string[]> {
    const answer = await this.#own("POST", "/api/security/recovery-codes", { options });
    return (answer.body as Schemas["RecoveryCodes"]).codes;
  }

  /** The account's fee tier, and its rates in every market. */
  fees(options?: CallOptions): Promise<Fees> {
    return this.#read("/api/fees", undefined, options);
  }

  /** Open orders unless asked for others. */
  orders(
    query: { market?: string; status?: "open" | "closed" | "all"; limit?: number; cursor?: string } = {},
    options?: CallOptions,
  ): Promise<Page<Order>> {
    return this.#read("/api/orders", query, options);
  }

  async order(id: string, options?: CallOptions): Promise<Order> {
    const path = `/api/orders/${encodeURIComponent(id)}`;
    return (await this.#read<Schemas["OneOrder"]>(path, undefined, options)).order;
  }

  /** The ids of the open orders that an order is linked with; none when it is closed. */
  async linkedOrderIds(id: string, options?: CallOptions): Promise<string[]> {
    const path = `/api/orders/${encodeURIComponent(id)}`;
    return (await this.#read<Schemas["OneOrder"]>(path, undefined, options)).linked_order_ids;
  }

  /** @throws ApiError `order_unknown` when no order of that id is remembered. */
  async orderByClientId(clientOrderId: string, options?: CallOptions): Promise<Order> {
    const path = `/api/orders/by-client-id/${encodeURIComponent(clientOrderId)}`;
    return (await this.#read<Schemas["OneOrder"]>(path, undefined, options)).order;
  }

  fills(
    query: { market?: string; limit?: number; cursor?: string } = {},
    options?: CallOptions,
  ): Promise<Page<Fill>> {
    return this.#read("/api/fills", query, options);
  }

  /**
   * Places an order. Give it a `client_order_id`, or better use `placeAndResolve`: only then can it be
   * looked up, and sent again, after an answer that did not come.
   */
  async placeOrder(order: NewOrder, options?: CallOptions): Promise<PlacedOrder> {
    return (await this.#own("POST", "/api/orders", { body: order, money: "unknown", options }))
      .body as PlacedOrder;
  }

  /** The order as it then is. Where no answer came, look at the order before amending it again. */
  async amendOrder(id: string, changes: AmendedOrder, options?: CallOptions): Promise<Order> {
    const path = `/api/orders/${encodeURIComponent(id)}`;
    const answer = await this.#own("PATCH", path, { body: changes, money: "unknown", options });
    return (answer.body as Schemas["OneOrder"]).order;
  }

  /** As `amendOrder`, by the client's id. */
  async amendByClientId(clientOrderId: string, changes: AmendedOrder, options?: CallOptions): Promise<Order> {
    const path = `/api/orders/by-client-id/${encodeURIComponent(clientOrderId)}`;
    const answer = await this.#own("PATCH", path, { body: changes, money: "unknown", options });
    return (answer.body as Schemas["OneOrder"]).order;
  }

  /** Places up to 20 orders one behind another, each for itself; what came of each, in their order. */
  async placeOrders(orders: readonly NewOrder[], options?: CallOptions): Promise<BatchedPlacement[]> {
    const path = "/api/orders/batch";
    const answer = await this.#own("POST", path, { body: { orders }, money: "unknown", options });
    return (answer.body as Schemas["PlacedOrders"]).items;
  }

  /** Cancels up to 50 orders, each for itself; what came of each, in their order. */
  async cancelOrders(orders: readonly NamedOrder[], options?: CallOptions): Promise<BatchedCancel[]> {
    const path = "/api/orders/cancel-batch";
    const answer = await this.#own("POST", path, { body: { orders }, money: "unknown", options });
    return (answer.body as Schemas["CancelledBatch"]).items;
  }

  /**
   * Has all open orders cancelled after `timeoutMs`, unless it is called again before; 0 ends that.
   * Gives when that will be, or null.
   */
  async cancelAfter(timeoutMs: number, options?: CallOptions): Promise<string | null> {
    const path = "/api/orders/cancel-after";
    const body = { timeout_ms: timeoutMs };
    const answer = await this.#own("POST", path, { body, money: "unknown", options });
    return (answer.body as Schemas["CancelTimer"]).fires_at;
  }

  /** When the cancel timer fires; null where none is set. */
  async cancelTimer(options?: CallOptions): Promise<string | null> {
    const path = "/api/orders/cancel-after";
    return (await this.#read<Schemas["CancelTimer"]>(path, undefined, options)).fires_at;
  }

  /** Cancels an order and places another, as one. Give that a `client_order_id`, as for `placeOrder`. */
  async replaceOrder(replacement: Replacement, options?: CallOptions): Promise<ReplacedOrder> {
    const path = "/api/orders/replace";
    return (await this.#own("POST", path, { body: replacement, money: "unknown", options }))
      .body as ReplacedOrder;
  }

  /** Places orders that are linked, all or none. Give the first a `client_order_id`, as for `placeOrder`. */
  async placeList(list: NewOrderList, options?: CallOptions): Promise<PlacedOrderList> {
    return (await this.#own("POST", "/api/orders/list", { body: list, money: "unknown", options }))
      .body as PlacedOrderList;
  }

  async cancelOrder(id: string, options?: CallOptions): Promise<Order> {
    const path = `/api/orders/${encodeURIComponent(id)}`;
    const answer = await this.#own("DELETE", path, { money: "unknown", options });
    return (answer.body as Schemas["OneOrder"]).order;
  }

  async cancelByClientId(clientOrderId: string, options?: CallOptions): Promise<Order> {
    const path = `/api/orders/by-client-id/${encodeURIComponent(clientOrderId)}`;
    const answer = await this.#own("DELETE", path, { money: "unknown", options });
    return (answer.body as Schemas["OneOrder"]).order;
  }

  /** How many were cancelled; where it is as many as one request cancels, ask again. */
  async cancelAll(query: { market?: string; side?: string } = {}, options?: CallOptions): Promise<number> {
    const answer = await this.#own("DELETE", "/api/orders", { query, money: "unknown", options });
    return (answer.body as Schemas["CancelledOrders"]).cancelled;
  }

  /** Play money. The same `idempotencyKey` gives once. */
  async faucet(
    grant: { asset: string; amount: string; idempotencyKey: string },
    options?: CallOptions,
  ): Promise<Schemas["FaucetGrant"]> {
    const answer = await this.#own("POST", "/api/faucet", {
      body: { asset: grant.asset, amount: grant.amount },
      headers: { "Idempotency-Key": grant.idempotencyKey },
      money: "unknown",
      options,
    });
    return answer.body as Schemas["FaucetGrant"];
  }

  async #passkeyOptions(path: string, options?: CallOptions): Promise<WebAuthnJson> {
    const answer = await this.#own("POST", path, { options });
    return (answer.body as Schemas["PasskeyOptions"]).public_key;
  }

  async #enter(path: string, body: unknown): Promise<Session> {
    const answer = await this.#send("POST", path, { body, money: "none" });
    return this.#session.take(answer.body as SignedIn);
  }

  async #refresh(given: string | undefined): Promise<Session | null> {
    const token = given ?? this.session?.refreshToken ?? undefined;
    if (token === undefined && !this.#web) return null;
    const body = token === undefined ? {} : { refresh_token: token };
    try {
      return await this.#enter("/api/auth/refresh", body);
    } catch (error) {
      if (!isSignedOut(error)) throw error;
      this.#session.clear();
      return null;
    }
  }

  async #public<Body>(path: string, query?: Query, options?: CallOptions): Promise<Body> {
    return (await this.#send("GET", path, { query, money: "none", options })).body as Body;
  }

  async #read<Body>(path: string, query?: Query, options?: CallOptions): Promise<Body> {
    return (await this.#own("GET", path, { query, money: "none", options })).body as Body;
  }

  /**
   * Sends with the access token; after a 401 refreshes and sends the very same once more.
   *
   * The cookie belongs to all tabs of a browser, so a refresh may bring another person, who signed in in
   * another one. What was meant for the one before is not sent as theirs.
   */
  async #own(method: HttpRequest["method"], path: string, parts: Partial<Parts>): Promise<HttpAnswer> {
    if (this.#signing !== undefined) return this.#signed(method, path, parts, this.#signing);
    const person = this.session?.person;
    const token = await this.accessToken();
    if (token === null || this.session?.person !== person) {
      throw new ApiError(401, { code: "not_authenticated" });
    }
    try {
      return await this.#send(method, path, { ...parts, token });
    } catch (error) {
      if (!(error instanceof ApiError && error.code === "not_authenticated")) throw error;
      // Another request may have refreshed while this one was under way.
      const held = this.session?.accessToken;
      const next = held !== undefined && held !== token ? held : (await this.refresh())?.accessToken;
      if (next === undefined || this.session?.person !== person) throw error;
      return this.#send(method, path, { ...parts, token: next });
    }
  }

  /** Sends signed; a clock that is off is set by the exchange's, once. */
  async #signed(
    method: HttpRequest["method"],
    path: string,
    parts: Partial<Parts>,
    signing: Signing,
  ): Promise<HttpAnswer> {
    try {
      return await this.#send(method, path, { ...parts, signing });
    } catch (error) {
      if (!(error instanceof ApiError && error.code === "timestamp_outside_window")) throw error;
      if (error.timeUs === undefined) throw error;
      signing.noteTime(error.timeUs);
      return this.#send(method, path, { ...parts, signing });
    }
  }

  #send(method: HttpRequest["method"], path: string, parts: Partial<Parts>): Promise<HttpAnswer> {
    const headers: Record<string, string> = { ...parts.headers };
    if (parts.token !== undefined) headers["Authorization"] = `Bearer ${parts.token}`;
    if (parts.options?.minSequence !== undefined) {
      headers["CSE-Min-Sequence"] = String(parts.options.minSequence);
    }
    return this.#http.send({
      method,
      path,
      query: parts.query,
      body: parts.body,
      headers,
      moneyIfUnknown: parts.money ?? "none",
      timeoutMs: parts.options?.timeoutMs ?? this.#timeoutMs,
      signing: parts.signing,
      signal: parts.options?.signal,
    });
  }
}

interface Parts {
  readonly query: Query | undefined;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
  readonly money: MoneyState;
  readonly token: string;
  readonly signing: Signing;
  readonly options: CallOptions | undefined;
}

function isSignedOut(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false;
  return (
    error.code === "refresh_token_invalid" ||
    error.code === "not_authenticated" ||
    (error.code === "missing_field" && error.field === "refresh_token")
  );
}
