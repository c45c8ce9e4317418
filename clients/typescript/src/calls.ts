/**
 * How the exchange is called over HTTP: tokens, signatures, and what is sent once more.
 *
 * The access token is kept in memory. One refresh runs at a time, however many requests wait for it,
 * and a request that met a 401 is sent once more, with the same body: an order keeps its
 * `client_order_id`, so it cannot be placed twice.
 */

import { aboutAccount } from "./accounts.ts";
import { ApiError } from "./errors.ts";
import type { MoneyState } from "./generated/codes.ts";
import { type Fetch, Http, type HttpAnswer, type HttpRequest, type Query } from "./http.ts";
import type { ApiKey, Signing } from "./keys.ts";
import { type Session, SessionHolder, type SessionListener, type SignedIn } from "./session.ts";

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
  /** Which of the person's accounts the calls are about; the main one, or the key's, without it. */
  readonly account?: string;
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

/** What the calls of all accounts of a person share. */
class Shared {
  readonly http: Http;
  readonly session: SessionHolder;
  readonly now: () => number;
  readonly web: boolean;
  readonly timeoutMs: number;
  readonly signing: Signing | undefined;
  refreshing: Promise<Session | null> | undefined;

  constructor(options: ClientOptions) {
    const fetch: Fetch = options.fetch ?? ((url, init) => globalThis.fetch(url, init));
    this.now = options.now ?? Date.now;
    this.web = options.web ?? false;
    this.timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
    this.http = new Http(options.baseUrl, fetch, this.web);
    this.session = new SessionHolder(this.now);
    this.signing = options.key?.signing(this.now, options.windowMs);
  }
}

/** The calls of one person, or of one key. */
export class Calls {
  readonly #shared: Shared;
  /** Which of the person's accounts they are about; null for the main one, or the key's. */
  readonly account: string | null;

  constructor(options: ClientOptions | Shared, account: string | null = null) {
    this.#shared = options instanceof Shared ? options : new Shared(options);
    this.account = options instanceof Shared ? account : (options.account ?? null);
  }

  /** The calls of the same person about another account: the same sign-in, and no other's orders. */
  for(account: string | null): Calls {
    return new Calls(this.#shared, account);
  }

  get session(): Session | null {
    return this.#shared.session.current;
  }

  /** Called at every sign-in, refresh and sign-out; gives what ends the listening. */
  onSession(listener: SessionListener): () => void {
    return this.#shared.session.listen(listener);
  }

  /**
   * Gets the next tokens; null when nobody is signed in any more. Runs once at a time.
   *
   * @throws ApiError, OutcomeUnknown when it could not be told; the session is kept then.
   */
  refresh(refreshToken?: string): Promise<Session | null> {
    this.#shared.refreshing ??= this.#refresh(refreshToken).finally(() => {
      this.#shared.refreshing = undefined;
    });
    return this.#shared.refreshing;
  }

  /** Nobody is signed in any more. */
  forget(): void {
    this.#shared.session.clear();
  }

  /** A token that is good for a while yet, or null when nobody is signed in; `renew` gets another one. */
  async accessToken(renew = false): Promise<string | null> {
    const session = this.session;
    if (session === null) return null;
    if (!renew && session.expiresAt - this.#shared.now() > RENEW_BEFORE_MS) return session.accessToken;
    return (await this.refresh())?.accessToken ?? null;
  }

  /** Signs somebody in by an answer that has tokens. */
  async enter(path: string, body: unknown): Promise<Session> {
    const answer = await this.send("POST", path, { body, money: "none" });
    return this.#shared.session.take(answer.body as SignedIn);
  }

  async #refresh(given: string | undefined): Promise<Session | null> {
    const token = given ?? this.session?.refreshToken ?? undefined;
    if (token === undefined && !this.#shared.web) return null;
    const body = token === undefined ? {} : { refresh_token: token };
    try {
      return await this.enter("/api/auth/refresh", body);
    } catch (error) {
      if (!isSignedOut(error)) throw error;
      this.#shared.session.clear();
      return null;
    }
  }

  /** Reads what everybody may. */
  async public<Body>(path: string, query?: Query, options?: CallOptions): Promise<Body> {
    return (await this.send("GET", path, { query, money: "none", options })).body as Body;
  }

  /** Reads what is the person's own. */
  async read<Body>(path: string, query?: Query, options?: CallOptions): Promise<Body> {
    return (await this.own("GET", path, { query, money: "none", options })).body as Body;
  }

  /**
   * Sends with the access token; after a 401 refreshes and sends the very same once more.
   *
   * The cookie belongs to all tabs of a browser, so a refresh may bring another person, who signed in in
   * another one. What was meant for the one before is not sent as theirs.
   */
  async own(method: HttpRequest["method"], path: string, given: Partial<Parts>): Promise<HttpAnswer> {
    const parts = { ...given, query: aboutAccount(method, path, given.query, this.account) };
    if (this.#shared.signing !== undefined) return this.#signed(method, path, parts, this.#shared.signing);
    const person = this.session?.person;
    const token = await this.accessToken();
    if (token === null || this.session?.person !== person) {
      throw new ApiError(401, { code: "not_authenticated" });
    }
    try {
      return await this.send(method, path, { ...parts, token });
    } catch (error) {
      if (!(error instanceof ApiError && error.code === "not_authenticated")) throw error;
      // Another request may have refreshed while this one was under way.
      const held = this.session?.accessToken;
      const next = held !== undefined && held !== token ? held : (await this.refresh())?.accessToken;
      if (next === undefined || this.session?.person !== person) throw error;
      return this.send(method, path, { ...parts, token: next });
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
      return await this.send(method, path, { ...parts, signing });
    } catch (error) {
      if (!(error instanceof ApiError && error.code === "timestamp_outside_window")) throw error;
      if (error.timeUs === undefined) throw error;
      signing.noteTime(error.timeUs);
      return this.send(method, path, { ...parts, signing });
    }
  }

  /** Sends as it is given. */
  send(method: HttpRequest["method"], path: string, parts: Partial<Parts>): Promise<HttpAnswer> {
    const headers: Record<string, string> = { ...parts.headers };
    if (parts.token !== undefined) headers["Authorization"] = `Bearer ${parts.token}`;
    if (parts.options?.minSequence !== undefined) {
      headers["CSE-Min-Sequence"] = String(parts.options.minSequence);
    }
    return this.#shared.http.send({
      method,
      path,
      query: parts.query,
      body: parts.body,
      file: parts.file,
      headers,
      moneyIfUnknown: parts.money ?? "none",
      timeoutMs: parts.options?.timeoutMs ?? this.#shared.timeoutMs,
      signing: parts.signing,
      signal: parts.options?.signal,
    });
  }
}

/** What a request has beside method and path. */
export interface Parts {
  readonly query: Query | undefined;
  readonly body: unknown;
  readonly file: Blob;
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
