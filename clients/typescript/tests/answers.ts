/** Answers of the exchange, made up one by one; what no real server says on demand. */

import type { Order } from "../src/client.ts";
import type { Fetch } from "../src/http.ts";

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly headers: Record<string, string>;
}

export type Answer = Response | Error | Promise<Response>;

/** An exchange that answers each request as told and remembers what it was asked. */
export class Answers {
  readonly asked: Asked[] = [];
  readonly #answer: (asked: Asked) => Answer;

  constructor(answer: (asked: Asked) => Answer) {
    this.#answer = answer;
  }

  readonly fetch: Fetch = async (url, init) => {
    const asked: Asked = {
      method: init.method ?? "GET",
      path: url,
      body: init.body === undefined ? undefined : JSON.parse(init.body as string),
      headers: init.headers as Record<string, string>,
    };
    this.asked.push(asked);
    const answer = await this.#answer(asked);
    if (answer instanceof Error) throw answer;
    return answer;
  };

  paths(): string[] {
    return this.asked.map(({ method, path }) => `${method} ${path}`);
  }
}

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers });
}

export function problem(status: number, code: string, more: Record<string, unknown> = {}): Response {
  const money = code === "outcome_unknown" || code === "internal_error" ? "unknown" : "none";
  const body = { status, code, detail: `${code}.`, money, retryable: false, instance: "request:7", ...more };
  return json(body, status);
}

export function signedIn(token = "t1", refreshToken: string | null = null, person = "p"): Response {
  return json({
    person,
    account: "4",
    display_name: "Ada",
    access_token: token,
    token_type: "Bearer",
    expires_in: 900,
    refresh_token: refreshToken,
  });
}

export function order(clientOrderId: string, more: Partial<Order> = {}): Order {
  return {
    id: "17",
    client_order_id: clientOrderId,
    list_id: null,
    account: "4",
    market: "LUNA-USDC",
    side: "buy",
    type: "limit",
    time_in_force: "gtc",
    post_only: false,
    reprice: false,
    self_trade_prevention: "cancel_newest",
    expires_at: null,
    status: "open",
    close_reason: null,
    trigger: null,
    triggered_at: null,
    price: "0.04201",
    quantity: "1.0",
    quote_amount: null,
    display_quantity: null,
    stop_price: null,
    trailing_delta: null,
    trailing_percent: null,
    filled_quantity: "0.0",
    filled_notional: "0",
    average_price: null,
    remaining_quantity: "1.0",
    fee: "0",
    fee_asset: "USDC",
    created_at: "2026-11-25T14:21:36.788123Z",
    updated_at: "2026-11-25T14:21:36.788123Z",
    revision: "8",
    ...more,
  };
}
