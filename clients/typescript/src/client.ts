/** The exchange over HTTP: markets, orders and balances. */

import { type CallOptions, Calls, type ClientOptions } from "./calls.ts";
import { ApiError } from "./errors.ts";
import type { components } from "./generated/api.ts";
import type { MarketFees, MarketView } from "./market.ts";
import type { Session, SessionListener } from "./session.ts";

type Schemas = components["schemas"];

export type NewOrder = Schemas["NewOrder"];
export type Order = Schemas["Order"];
export type Fill = Schemas["Fill"];
export type AmendResult = Schemas["AmendResult"];
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
export type StatementView = Schemas["StatementView"];
export type LedgerEntry = Schemas["LedgerEntry"];
/** Why an entry of the ledger is there. */
export type LedgerKind = NonNullable<Schemas["LedgerQuery"]["kind"]>;
/** What is wanted of closed orders or fills: at `from` or later and before `to`, both RFC 3339. */
export type PastQuery = { market?: string; side?: string; from?: string; to?: string };
/** The same of the ledger's entries. */
export type LedgerQuery = { asset?: string; market?: string; kind?: string; from?: string; to?: string };
/** A long past takes its time. */
const TABLE_TIMEOUT_MS = 120_000;
export type PortfolioView = Schemas["PortfolioView"];
export type PositionView = Schemas["PositionView"];
export type ValueHistory = Schemas["ValueHistory"];
export type CostMethod = PortfolioView["cost_method"];
export type PortfolioPeriod = ValueHistory["period"];
export type Balance = Schemas["Balance"];
export type PublicTrade = Schemas["PublicTrade"];
export type Ticker = Schemas["Ticker"];
export type AuctionView = Schemas["AuctionView"];
export type OrderBookView = Schemas["OrderBook"];
export type Health = Schemas["Report"];
/** A candle; `time` is its start. An interval without a trade has none. */
export type CandleView = Schemas["CandleView"];
export type IndicatorView = Schemas["IndicatorView"];
/** A creator's token and how it presents itself; `cover` is a path under the origin. */
export type CreatorView = Schemas["CreatorView"];
export type SparkView = Schemas["SparkView"];
/** Options and answers of WebAuthn, as the JSON that browsers take and give. */
export type WebAuthnJson = Readonly<Record<string, unknown>>;

/** A page of a list. */
export interface Page<Item> {
  readonly items: Item[];
  readonly next_cursor: string | null;
  readonly sequence: string;
}

export class CseClient {
  /** How it calls; what else a person may call is built upon it. */
  readonly calls: Calls;

  constructor(options: ClientOptions | Calls) {
    this.calls = options instanceof Calls ? options : new Calls(options);
  }

  /** The same person's client for another of their accounts, by the same sign-in; null is the main one. */
  forAccount(account: string | null): CseClient {
    return new CseClient(this.calls.for(account));
  }

  // Session

  get session(): Session | null {
    return this.calls.session;
  }

  /** Called at every sign-in, refresh and sign-out; gives what ends the listening. */
  onSession(listener: SessionListener): () => void {
    return this.calls.onSession(listener);
  }

  /** `language` is that of mails until another is chosen, where they are written in it. */
  async signUp(person: {
    email: string;
    password: string;
    displayName: string;
    language?: Schemas["PreferencesView"]["language"];
  }): Promise<Session> {
    const { email, password, displayName, language } = person;
    const body = { email, password, display_name: displayName, ...(language && { language }) };
    return this.calls.enter("/api/auth/sign-up", body);
  }

  /** @throws ApiError `second_factor_required` with a `challenge` for `signInWithCode`. */
  async signIn(person: { email: string; password: string }): Promise<Session> {
    return this.calls.enter("/api/auth/sign-in", { email: person.email, password: person.password });
  }

  /** The second step of a sign-in; `code` is the authenticator's or a recovery code. */
  async signInWithCode(step: { challenge: string; code: string }): Promise<Session> {
    return this.calls.enter("/api/auth/sign-in/code", { challenge: step.challenge, code: step.code });
  }

  /** How hard a password is to guess for who knows these texts, and whether it may be chosen. */
  async passwordStrength(
    choice: { password: string; known: string[] },
    options?: CallOptions,
  ): Promise<Schemas["PasswordStrength"]> {
    const { password, known } = choice;
    const path = "/api/auth/password-strength";
    const answer = await this.calls.send("POST", path, { body: { password, known }, money: "none", options });
    return answer.body as Schemas["PasswordStrength"];
  }

  /** Has a link by which to choose another password sent to this e-mail, if it has an account. */
  async requestPasswordReset(email: string): Promise<void> {
    await this.calls.send("POST", "/api/auth/password-reset", { body: { email } });
  }

  /** Chooses another password by the token of such a link; ends all sessions and begins none. */
  async completePasswordReset(reset: { token: string; password: string }): Promise<void> {
    const { token, password } = reset;
    await this.calls.send("POST", "/api/auth/password-reset/complete", { body: { token, password } });
  }

  /** What a browser signs in by. */
  async beginPasskeySignIn(): Promise<WebAuthnJson> {
    const answer = await this.calls.send("POST", "/api/auth/passkey/begin", {});
    return (answer.body as Schemas["PasskeyOptions"]).public_key;
  }

  async signInByPasskey(credential: WebAuthnJson): Promise<Session> {
    return this.calls.enter("/api/auth/passkey", { credential });
  }

  /**
   * Gets the next tokens; null when nobody is signed in any more. Runs once at a time.
   *
   * @throws ApiError, OutcomeUnknown when it could not be told; the session is kept then.
   */
  refresh(refreshToken?: string): Promise<Session | null> {
    return this.calls.refresh(refreshToken);
  }

  async signOut(): Promise<void> {
    const session = this.session;
    try {
      if (session !== null) await this.calls.own("POST", "/api/auth/sign-out", {});
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 401)) throw error;
    } finally {
      this.calls.forget();
    }
  }

  /** A token that is good for a while yet, or null when nobody is signed in; `renew` gets another one. */
  accessToken(renew = false): Promise<string | null> {
    return this.calls.accessToken(renew);
  }

  // Public

  assets(options?: CallOptions): Promise<Schemas["Assets"]> {
    return this.calls.public("/api/assets", undefined, options);
  }

  markets(options?: CallOptions): Promise<Schemas["Markets"]> {
    return this.calls.public("/api/markets", undefined, options);
  }

  /** One market and its rules, as they are now. */
  market(market: string, options?: CallOptions): Promise<MarketView> {
    return this.calls.public(`/api/markets/${encodeURIComponent(market)}`, undefined, options);
  }

  /** What a market's auction would trade now. */
  auction(market: string, options?: CallOptions): Promise<AuctionView> {
    return this.calls.public(`/api/markets/${encodeURIComponent(market)}/auction`, undefined, options);
  }

  tickers(options?: CallOptions): Promise<Page<Ticker>> {
    return this.calls.public("/api/tickers", undefined, options);
  }

  ticker(market: string, options?: CallOptions): Promise<Ticker> {
    return this.calls.public(`/api/ticker/${encodeURIComponent(market)}`, undefined, options);
  }

  orderBook(market: string, depth = 50, options?: CallOptions): Promise<OrderBookView> {
    return this.calls.public(`/api/orderbook/${encodeURIComponent(market)}`, { depth }, options);
  }

  /** By steps of `group`, a multiple of the tick. */
  orderBookByGroup(market: string, group: string, depth = 50, options?: CallOptions): Promise<OrderBookView> {
    const path = `/api/orderbook/${encodeURIComponent(market)}`;
    return this.calls.public(path, { depth, group }, options);
  }

  /** Newest first; with `after` ascending from the trade behind that id. */
  trades(
    query: { market: string; limit?: number; cursor?: string; after?: string },
    options?: CallOptions,
  ): Promise<Page<PublicTrade>> {
    return this.calls.public("/api/trades", query, options);
  }

  /** Ascending; `from` inclusive, `to` exclusive (RFC 3339). */
  candles(
    query: { market: string; interval: string; from?: string; to?: string; limit?: number },
    options?: CallOptions,
  ): Promise<Schemas["Candles"]> {
    const { market, ...rest } = query;
    return this.calls.public(`/api/candles/${encodeURIComponent(market)}`, rest, options);
  }

  indicators(options?: CallOptions): Promise<Page<IndicatorView>> {
    return this.calls.public("/api/indicators", undefined, options);
  }

  /** Values at the candles that `candles` would give; `parameters` has those that are not their defaults. */
  indicator(
    query: {
      market: string;
      name: string;
      interval: string;
      parameters?: Readonly<Record<string, number>>;
      from?: string;
      to?: string;
      limit?: number;
      cursor?: string;
    },
    options?: CallOptions,
  ): Promise<Schemas["IndicatorValues"]> {
    const { market, parameters = {}, ...rest } = query;
    const chosen = Object.entries(parameters).map(([name, value]) => `${name}:${value}`);
    return this.calls.public(
      `/api/indicators/${encodeURIComponent(market)}`,
      { ...rest, ...(chosen.length ? { parameters: chosen.join(",") } : {}) },
      options,
    );
  }

  /** A day of every market as a line: the price at the end of each quarter of an hour. */
  sparks(options?: CallOptions): Promise<Page<SparkView>> {
    return this.calls.public("/api/sparks", undefined, options);
  }

  creators(options?: CallOptions): Promise<Page<CreatorView>> {
    return this.calls.public("/api/creators", undefined, options);
  }

  health(options?: CallOptions): Promise<Health> {
    return this.calls.public("/api/health", undefined, options);
  }

  // A person's own

  balances(options?: CallOptions): Promise<Page<Balance>> {
    return this.calls.read("/api/balances", undefined, options);
  }

  /** The account's fee tier, and its rates in every market. */
  fees(options?: CallOptions): Promise<Fees> {
    return this.calls.read("/api/fees", undefined, options);
  }

  /** What the account has, what it cost by a method, gained and is worth. */
  portfolio(cost: CostMethod = "average", options?: CallOptions): Promise<PortfolioView> {
    return this.calls.read("/api/portfolio", { cost }, options);
  }

  /** What the account was worth over a period, and its return without deposits. */
  portfolioValue(period: PortfolioPeriod = "all", options?: CallOptions): Promise<ValueHistory> {
    return this.calls.read("/api/portfolio/value", { period }, options);
  }

  /** What became of the account over a month, quarter or year, such as `2026-01`, `2026-Q1` or `2026`. */
  statement(period: string, cost: CostMethod = "average", options?: CallOptions): Promise<StatementView> {
    return this.calls.read("/api/statement", { period, cost }, { timeoutMs: TABLE_TIMEOUT_MS, ...options });
  }

  /** The same as a file: a text of CSV, or a PDF. */
  statementFile(period: string, cost: CostMethod, form: "csv"): Promise<string>;
  statementFile(period: string, cost: CostMethod, form: "pdf"): Promise<Blob>;
  statementFile(period: string, cost: CostMethod, form: "csv" | "pdf"): Promise<string | Blob> {
    const options = { timeoutMs: TABLE_TIMEOUT_MS };
    return this.calls.read(`/api/statement/${form}`, { period, cost }, options);
  }

  /** Open orders unless asked for others; closed ones can be chosen by side and by when they closed. */
  orders(
    query: PastQuery & { status?: "open" | "closed" | "all"; limit?: number; cursor?: string } = {},
    options?: CallOptions,
  ): Promise<Page<Order>> {
    return this.calls.read("/api/orders", query, options);
  }

  async order(id: string, options?: CallOptions): Promise<Order> {
    const path = `/api/orders/${encodeURIComponent(id)}`;
    return (await this.calls.read<Schemas["OneOrder"]>(path, undefined, options)).order;
  }

  /** The ids of the open orders that an order is linked with; none when it is closed. */
  async linkedOrderIds(id: string, options?: CallOptions): Promise<string[]> {
    const path = `/api/orders/${encodeURIComponent(id)}`;
    return (await this.calls.read<Schemas["OneOrder"]>(path, undefined, options)).linked_order_ids;
  }

  /** @throws ApiError `order_unknown` when no order of that id is remembered. */
  async orderByClientId(clientOrderId: string, options?: CallOptions): Promise<Order> {
    const path = `/api/orders/by-client-id/${encodeURIComponent(clientOrderId)}`;
    return (await this.calls.read<Schemas["OneOrder"]>(path, undefined, options)).order;
  }

  fills(
    query: PastQuery & { limit?: number; cursor?: string } = {},
    options?: CallOptions,
  ): Promise<Page<Fill>> {
    return this.calls.read("/api/fills", query, options);
  }

  /** Every entry of the account's books, the latest first, with the balance that each left. */
  ledger(
    query: LedgerQuery & { limit?: number; cursor?: string } = {},
    options?: CallOptions,
  ): Promise<Page<LedgerEntry>> {
    return this.calls.read("/api/ledger", query, options);
  }

  /** All that was chosen of a list of the past, as CSV. */
  pastTable(
    list: "orders" | "fills" | "ledger",
    query: PastQuery & LedgerQuery = {},
    options?: CallOptions,
  ): Promise<string> {
    return this.calls.read(`/api/csv/${list}`, query, { timeoutMs: TABLE_TIMEOUT_MS, ...options });
  }

  /**
   * Places an order. Give it a `client_order_id`, or better use `placeAndResolve`: only then can it be
   * looked up, and sent again, after an answer that did not come.
   */
  async placeOrder(order: NewOrder, options?: CallOptions): Promise<PlacedOrder> {
    return (await this.calls.own("POST", "/api/orders", { body: order, money: "unknown", options }))
      .body as PlacedOrder;
  }

  /**
   * The order as it then is, and what it traded at once by that. Where no answer came, look at the order
   * before amending it again.
   */
  async amendOrder(id: string, changes: AmendedOrder, options?: CallOptions): Promise<AmendResult> {
    const path = `/api/orders/${encodeURIComponent(id)}`;
    return (await this.calls.own("PATCH", path, { body: changes, money: "unknown", options }))
      .body as AmendResult;
  }

  /** As `amendOrder`, by the client's id. */
  async amendByClientId(
    clientOrderId: string,
    changes: AmendedOrder,
    options?: CallOptions,
  ): Promise<AmendResult> {
    const path = `/api/orders/by-client-id/${encodeURIComponent(clientOrderId)}`;
    return (await this.calls.own("PATCH", path, { body: changes, money: "unknown", options }))
      .body as AmendResult;
  }

  /** Has an order looked at and not placed; the rates that it would keep. */
  async testOrder(order: NewOrder, options?: CallOptions): Promise<MarketFees> {
    const path = "/api/orders/test";
    const answer = await this.calls.own("POST", path, { body: order, money: "none", options });
    return answer.body as MarketFees;
  }

  /** Places up to 20 orders one behind another, each for itself; what came of each, in their order. */
  async placeOrders(orders: readonly NewOrder[], options?: CallOptions): Promise<BatchedPlacement[]> {
    const path = "/api/orders/batch";
    const answer = await this.calls.own("POST", path, { body: { orders }, money: "unknown", options });
    return (answer.body as Schemas["PlacedOrders"]).items;
  }

  /** Cancels up to 50 orders, each for itself; what came of each, in their order. */
  async cancelOrders(orders: readonly NamedOrder[], options?: CallOptions): Promise<BatchedCancel[]> {
    const path = "/api/orders/cancel-batch";
    const answer = await this.calls.own("POST", path, { body: { orders }, money: "unknown", options });
    return (answer.body as Schemas["CancelledBatch"]).items;
  }

  /**
   * Has all open orders cancelled after `timeoutMs`, unless it is called again before; 0 ends that.
   * Gives when that will be, or null.
   */
  async cancelAfter(timeoutMs: number, options?: CallOptions): Promise<string | null> {
    const path = "/api/orders/cancel-after";
    const body = { timeout_ms: timeoutMs };
    const answer = await this.calls.own("POST", path, { body, money: "unknown", options });
    return (answer.body as Schemas["CancelTimer"]).fires_at;
  }

  /** When the cancel timer fires; null where none is set. */
  async cancelTimer(options?: CallOptions): Promise<string | null> {
    const path = "/api/orders/cancel-after";
    return (await this.calls.read<Schemas["CancelTimer"]>(path, undefined, options)).fires_at;
  }

  /** Cancels an order and places another, as one. Give that a `client_order_id`, as for `placeOrder`. */
  async replaceOrder(replacement: Replacement, options?: CallOptions): Promise<ReplacedOrder> {
    const path = "/api/orders/replace";
    return (await this.calls.own("POST", path, { body: replacement, money: "unknown", options }))
      .body as ReplacedOrder;
  }

  /** Places orders that are linked, all or none. Give the first a `client_order_id`, as for `placeOrder`. */
  async placeList(list: NewOrderList, options?: CallOptions): Promise<PlacedOrderList> {
    return (await this.calls.own("POST", "/api/orders/list", { body: list, money: "unknown", options }))
      .body as PlacedOrderList;
  }

  async cancelOrder(id: string, options?: CallOptions): Promise<Order> {
    const path = `/api/orders/${encodeURIComponent(id)}`;
    const answer = await this.calls.own("DELETE", path, { money: "unknown", options });
    return (answer.body as Schemas["OneOrder"]).order;
  }

  async cancelByClientId(clientOrderId: string, options?: CallOptions): Promise<Order> {
    const path = `/api/orders/by-client-id/${encodeURIComponent(clientOrderId)}`;
    const answer = await this.calls.own("DELETE", path, { money: "unknown", options });
    return (answer.body as Schemas["OneOrder"]).order;
  }

  /** How many were cancelled; where it is as many as one request cancels, ask again. */
  async cancelAll(query: { market?: string; side?: string } = {}, options?: CallOptions): Promise<number> {
    const answer = await this.calls.own("DELETE", "/api/orders", { query, money: "unknown", options });
    return (answer.body as Schemas["CancelledOrders"]).cancelled;
  }

  /** Play money. The same `idempotencyKey` gives once. */
  async faucet(
    grant: { asset: string; amount: string; idempotencyKey: string },
    options?: CallOptions,
  ): Promise<Schemas["FaucetGrant"]> {
    const answer = await this.calls.own("POST", "/api/faucet", {
      body: { asset: grant.asset, amount: grant.amount },
      headers: { "Idempotency-Key": grant.idempotencyKey },
      money: "unknown",
      options,
    });
    return answer.body as Schemas["FaucetGrant"];
  }
}
