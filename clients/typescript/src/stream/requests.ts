/** Requests as messages of the orders' WebSocket, and its answers as those of HTTP. */

/** A message without the id that it gets when it is sent. */
export type OrderMessage = Readonly<Record<string, unknown>>;

/** The answer to a request. */
export interface AnswerMessage {
  readonly op: "answer";
  readonly status: number;
  readonly sequence: string;
  readonly retry_after_s?: number;
  readonly body: unknown;
}

/** A message that is refused as none. */
export interface RefusedMessage {
  readonly op: "error";
  readonly code: string;
  readonly message: string;
}

const ORDERS = "/api/orders";
const BY_CLIENT_ID = "by-client-id/";
const OPS: Readonly<Record<string, string>> = {
  [`POST ${ORDERS}`]: "place",
  [`POST ${ORDERS}/list`]: "place_list",
  [`POST ${ORDERS}/batch`]: "place_batch",
  [`POST ${ORDERS}/cancel-batch`]: "cancel_batch",
  [`POST ${ORDERS}/cancel-after`]: "cancel_after",
  [`GET ${ORDERS}/cancel-after`]: "cancel_timer",
  [`POST ${ORDERS}/replace`]: "replace",
  [`DELETE ${ORDERS}`]: "cancel_all",
  [`GET ${ORDERS}`]: "orders",
  "GET /api/fills": "fills",
  "GET /api/balances": "balances",
};
const OPS_OF_ONE: Readonly<Record<string, string>> = { PATCH: "amend", DELETE: "cancel", GET: "order" };

/** The message that stands for a request; null for one that goes over HTTP alone. */
export function messageOf(method: string, target: string, body: unknown): OrderMessage | null {
  const [path = "", query = ""] = target.split("?", 2);
  const message: Record<string, unknown> = { op: OPS[`${method} ${path}`] };
  if (message["op"] === undefined) {
    const one = OPS_OF_ONE[method];
    if (one === undefined || !path.startsWith(`${ORDERS}/`)) return null;
    const name = path.slice(ORDERS.length + 1);
    message["op"] = one;
    if (name.startsWith(BY_CLIENT_ID)) {
      message["client_order_id"] = decodeURIComponent(name.slice(BY_CLIENT_ID.length));
    } else message["order_id"] = decodeURIComponent(name);
  }
  if (query !== "") message["query"] = Object.fromEntries(new URLSearchParams(query));
  if (body !== undefined) message["body"] = body;
  return message;
}

/** Which account a target chooses, null where it is the main one, and the target without that. */
export function withoutAccount(target: string): { account: string | null; target: string } {
  const [path = "", text = ""] = target.split("?", 2);
  const query = new URLSearchParams(text);
  const account = query.get("account");
  query.delete("account");
  return { account, target: query.size === 0 ? path : `${path}?${query}` };
}

/** The answer of HTTP that a message stands for. */
export function responseOf(told: AnswerMessage | RefusedMessage): Response {
  if (told.op === "error") {
    const problem = { code: told.code, detail: told.message, money: "none", retryable: false };
    return new Response(JSON.stringify(problem), { status: 400 });
  }
  const headers: Record<string, string> = { "CSE-Sequence": told.sequence };
  if (told.retry_after_s !== undefined) headers["Retry-After"] = String(told.retry_after_s);
  return new Response(JSON.stringify(told.body), { status: told.status, headers });
}
