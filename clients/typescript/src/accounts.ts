/** A person's accounts: which one a request is about, and moving money between them. */

import type { CallOptions, Calls } from "./calls.ts";
import type { components } from "./generated/api.ts";
import type { Query } from "./http.ts";

type Schemas = components["schemas"];

/** One account: the main one, or a sub-account with a name. */
export type AccountView = Schemas["AccountView"];
/** An account and what it has. */
export type HeldAccount = Schemas["HeldAccount"];
export type HeldAccounts = Schemas["HeldAccounts"];
export type Transfer = Schemas["Transfer"];
export type NewTransfer = Schemas["NewTransfer"];

/** Requests that are about one account; all else is about the person. */
const ABOUT_ONE =
  /^\/api\/(orders(\/|$)|portfolio(\/|$)|statement(\/|$)|csv\/|ledger$|fills$|balances$|fees$|limits$|faucet$)/;

/** Whether a request is about one of a person's accounts, so that its query may say which. */
export function isAboutAccount(method: string, path: string): boolean {
  return ABOUT_ONE.test(path) || (method === "GET" && path === "/api/transfers");
}

/** A query that says which account it is about, where that is to be said. */
export function aboutAccount(
  method: string,
  path: string,
  query: Query | undefined,
  account: string | null,
): Query | undefined {
  return account === null || !isAboutAccount(method, path) ? query : { ...query, account };
}

export class AccountsClient {
  readonly #calls: Calls;

  /** Of whoever these calls are: `client.calls`. */
  constructor(calls: Calls) {
    this.#calls = calls;
  }

  /** The person's accounts, the main one first, and what each has, all as of one moment. */
  async list(options?: CallOptions): Promise<HeldAccount[]> {
    return (await this.all(options)).items;
  }

  /** The same, with the organisations that the person acts for. */
  all(options?: CallOptions): Promise<HeldAccounts> {
    return this.#calls.read("/api/accounts", undefined, options);
  }

  /** Opens a sub-account. */
  open(name: string, options?: CallOptions): Promise<AccountView> {
    return this.#change("POST", "/api/accounts", { name }, options);
  }

  rename(id: string, name: string, options?: CallOptions): Promise<AccountView> {
    return this.#change("PATCH", `/api/accounts/${encodeURIComponent(id)}`, { name }, options);
  }

  /** Takes a sub-account out of use. @throws ApiError `account_not_empty` */
  archive(id: string, options?: CallOptions): Promise<AccountView> {
    return this.#change("POST", `/api/accounts/${encodeURIComponent(id)}/archive`, undefined, options);
  }

  /** Takes an archived one into use again. */
  restore(id: string, options?: CallOptions): Promise<AccountView> {
    return this.#change("POST", `/api/accounts/${encodeURIComponent(id)}/restore`, undefined, options);
  }

  /** Moves money between two accounts of the person; the same `idempotencyKey` does so once. */
  async transfer(wish: NewTransfer & { idempotencyKey: string }, options?: CallOptions): Promise<Transfer> {
    const { idempotencyKey, ...body } = wish;
    const headers = { "Idempotency-Key": idempotencyKey };
    const parts = { body, headers, money: "unknown", options } as const;
    const answer = await this.#calls.own("POST", "/api/transfers", parts);
    return (answer.body as Schemas["OneTransfer"]).transfer;
  }

  /** What came to the account of these calls and left it, the latest first. */
  transfers(
    query: { limit?: number; cursor?: string } = {},
    options?: CallOptions,
  ): Promise<Schemas["Transfers"]> {
    return this.#calls.read("/api/transfers", query, options);
  }

  async #change(
    method: "POST" | "PATCH",
    path: string,
    body: unknown,
    options: CallOptions | undefined,
  ): Promise<AccountView> {
    const answer = await this.#calls.own(method, path, { body, money: "none", options });
    return (answer.body as Schemas["OneAccount"]).account;
  }
}
