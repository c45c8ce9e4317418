// The catalogue of codes. Generated from `codes.toml` by `./cse generate`; do not edit.

/** Whether nothing happened, or one must look before one acts again. */
export type MoneyState = "none" | "unknown";

/** The stage that refuses. */
export type Band = "request" | "session" | "funds" | "order" | "market" | "listing" | "service";

/** Why a request was not carried out; `sentence` has names in braces to be filled in. */
export interface CodeEntry {
  readonly number: number;
  readonly band: Band;
  readonly status: number;
  readonly retryable: boolean;
  readonly money: MoneyState;
  readonly sentence: string;
}

export const CODES = {
  malformed_json: { number: 101, band: "request", status: 400, retryable: false, money: "none", sentence: "The body is not valid JSON: {reason}." },
  body_too_large: { number: 102, band: "request", status: 413, retryable: false, money: "none", sentence: "The body is larger than {limit} bytes." },
  unsupported_media_type: { number: 103, band: "request", status: 415, retryable: false, money: "none", sentence: "The body must be application/json." },
  unknown_field: { number: 104, band: "request", status: 400, retryable: false, money: "none", sentence: "{field} is not a field of this request." },
  missing_field: { number: 105, band: "request", status: 400, retryable: false, money: "none", sentence: "{field} is missing." },
  duplicate_field: { number: 106, band: "request", status: 400, retryable: false, money: "none", sentence: "{field} stands twice in the body." },
  invalid_field: { number: 107, band: "request", status: 400, retryable: false, money: "none", sentence: "{field} is not valid: {reason}." },
  invalid_decimal: { number: 108, band: "request", status: 400, retryable: false, money: "none", sentence: "{field} must be a decimal string such as \"12.5\": digits and at most one point, no sign, no exponent." },
  too_many_decimals: { number: 109, band: "request", status: 400, retryable: false, money: "none", sentence: "{field} has more decimals than the {limit} allowed." },
  number_out_of_range: { number: 110, band: "request", status: 400, retryable: false, money: "none", sentence: "{field} must be above zero and at most {limit}." },
  not_found: { number: 111, band: "request", status: 404, retryable: false, money: "none", sentence: "There is nothing at this address." },
  method_not_allowed: { number: 112, band: "request", status: 405, retryable: false, money: "none", sentence: "This address does not take {method}." },
  idempotency_key_conflict: { number: 113, band: "request", status: 409, retryable: false, money: "none", sentence: "This Idempotency-Key was used before with another content." },
  idempotency_key_missing: { number: 114, band: "request", status: 400, retryable: false, money: "none", sentence: "This request needs an Idempotency-Key header of 1 to 64 visible ASCII characters." },
  invalid_cursor: { number: 115, band: "request", status: 400, retryable: false, money: "none", sentence: "The cursor is not one that this list gave out." },
  rate_limited: { number: 116, band: "request", status: 429, retryable: true, money: "none", sentence: "Too many requests. Try again in {seconds} seconds." },
  unknown_op: { number: 117, band: "request", status: 400, retryable: false, money: "none", sentence: "{op} is not an operation of this socket." },
  channel_unknown: { number: 118, band: "request", status: 404, retryable: false, money: "none", sentence: "There is no channel {channel}." },
  interval_unknown: { number: 119, band: "request", status: 400, retryable: false, money: "none", sentence: "There are no candles of {interval}; an interval is one of {intervals}." },
  malformed_message: { number: 120, band: "request", status: 400, retryable: false, money: "none", sentence: "The message is not what this socket takes: {reason}." },
  message_too_large: { number: 121, band: "request", status: 413, retryable: false, money: "none", sentence: "A message has at most {limit} bytes." },
  message_rate: { number: 122, band: "request", status: 429, retryable: true, money: "none", sentence: "Too many messages. A connection may send {limit} a second." },
  subscription_limit: { number: 123, band: "request", status: 429, retryable: false, money: "none", sentence: "A connection has at most {limit} subscriptions." },
  origin_not_allowed: { number: 124, band: "request", status: 403, retryable: false, money: "none", sentence: "Pages of another origin may not open this socket." },
  not_authenticated: { number: 201, band: "session", status: 401, retryable: false, money: "none", sentence: "Sign in first: the request needs a valid access token." },
  wrong_credentials: { number: 202, band: "session", status: 401, retryable: false, money: "none", sentence: "E-mail and password do not match an account." },
  too_many_attempts: { number: 203, band: "session", status: 429, retryable: true, money: "none", sentence: "Too many attempts. Try again in {seconds} seconds." },
  email_taken: { number: 204, band: "session", status: 409, retryable: false, money: "none", sentence: "This e-mail cannot be used to sign up." },
  weak_password: { number: 205, band: "session", status: 400, retryable: false, money: "none", sentence: "The password must have 10 to 256 characters and must not be a common one." },
  refresh_token_invalid: { number: 206, band: "session", status: 401, retryable: false, money: "none", sentence: "The refresh token is not valid any more. Sign in again." },
  forbidden: { number: 207, band: "session", status: 403, retryable: false, money: "none", sentence: "This account may not do that." },
  session_ended: { number: 208, band: "session", status: 401, retryable: false, money: "none", sentence: "The session has ended. Sign in again." },
  insufficient_funds: { number: 301, band: "funds", status: 422, retryable: false, money: "none", sentence: "The available balance does not cover this." },
  account_unknown: { number: 302, band: "funds", status: 404, retryable: false, money: "none", sentence: "There is no such account." },
  account_frozen: { number: 303, band: "funds", status: 403, retryable: false, money: "none", sentence: "The account is frozen: orders can be cancelled, but nothing can be placed or moved out." },
  account_cannot_trade: { number: 304, band: "funds", status: 403, retryable: false, money: "none", sentence: "An account of this kind cannot place orders." },
  supply_exceeded: { number: 305, band: "funds", status: 422, retryable: false, money: "none", sentence: "The asset's supply would exceed its bound." },
  transfer_invalid: { number: 306, band: "funds", status: 400, retryable: false, money: "none", sentence: "A transfer has 1 to 16 legs between different accounts, each above zero." },
  asset_unknown: { number: 307, band: "funds", status: 404, retryable: false, money: "none", sentence: "There is no such asset." },
  faucet_limit: { number: 308, band: "funds", status: 429, retryable: true, money: "none", sentence: "The faucet gives at most {limit} of {asset} a day." },
  invalid_side: { number: 401, band: "order", status: 400, retryable: false, money: "none", sentence: "side must be buy or sell." },
  order_type_unavailable: { number: 402, band: "order", status: 400, retryable: false, money: "none", sentence: "This order type, or a field that belongs to it, is not available." },
  invalid_time_in_force: { number: 403, band: "order", status: 400, retryable: false, money: "none", sentence: "time_in_force must be gtc, ioc, fok, gtd or day for a limit order, and ioc for a market order." },
  invalid_self_trade_prevention: { number: 404, band: "order", status: 400, retryable: false, money: "none", sentence: "self_trade_prevention must be cancel_newest, cancel_oldest, cancel_both, decrement (not with quote_amount), or none where the market allows it." },
  price_out_of_range: { number: 405, band: "order", status: 400, retryable: false, money: "none", sentence: "price must be above zero and below {limit}." },
  price_off_tick: { number: 406, band: "order", status: 400, retryable: false, money: "none", sentence: "price must be a multiple of the tick size {limit}." },
  quantity_out_of_range: { number: 407, band: "order", status: 400, retryable: false, money: "none", sentence: "{field} must be above zero and at most {limit}." },
  quantity_off_lot: { number: 408, band: "order", status: 400, retryable: false, money: "none", sentence: "quantity must be a multiple of the lot size {limit}." },
  below_min_notional: { number: 409, band: "order", status: 422, retryable: false, money: "none", sentence: "price times quantity is below the market's minimum of {limit}." },
  quantity_or_quote_amount: { number: 410, band: "order", status: 400, retryable: false, money: "none", sentence: "A limit order has price and quantity; a market order has either quantity or quote_amount, and a price only as the worst at which it trades." },
  post_only_not_allowed: { number: 411, band: "order", status: 400, retryable: false, money: "none", sentence: "post_only goes with a limit order that may rest (gtc, gtd or day) only, and reprice with post_only only." },
  post_only_would_take: { number: 412, band: "order", status: 422, retryable: false, money: "none", sentence: "The order would trade at once, and post_only forbids that." },
  too_many_open_orders: { number: 413, band: "order", status: 422, retryable: false, money: "none", sentence: "The account has {limit} open orders in this market, as many as it may have." },
  invalid_client_order_id: { number: 414, band: "order", status: 400, retryable: false, money: "none", sentence: "client_order_id must have 1 to 36 of the characters A-Z a-z 0-9 . _ : / -." },
  client_order_id_conflict: { number: 415, band: "order", status: 409, retryable: false, money: "none", sentence: "This client_order_id was used before for an order with another content." },
  order_unknown: { number: 416, band: "order", status: 404, retryable: false, money: "none", sentence: "There is no such order." },
  order_not_open: { number: 417, band: "order", status: 409, retryable: false, money: "none", sentence: "The order is not open any more." },
  invalid_expiry: { number: 418, band: "order", status: 400, retryable: false, money: "none", sentence: "expires_at must be in the future and before {limit} for a gtd order, and is not for any other." },
  invalid_display_quantity: { number: 419, band: "order", status: 400, retryable: false, money: "none", sentence: "display_quantity must be above zero and at most the quantity, of a limit order that may rest." },
  amend_below_filled: { number: 420, band: "order", status: 409, retryable: false, money: "none", sentence: "The order has already filled that much. Cancel what remains of it, or ask for more." },
  invalid_replace_mode: { number: 421, band: "order", status: 400, retryable: false, money: "none", sentence: "mode must be stop_on_failure or allow_failure." },
  not_in_auction: { number: 427, band: "order", status: 422, retryable: false, money: "none", sentence: "The market is in an auction, which takes limit orders that may rest (gtc, gtd or day) and are not post_only." },
  price_outside_band: { number: 428, band: "order", status: 422, retryable: false, money: "none", sentence: "The price is farther from the last price than the market allows." },
  above_max_notional: { number: 429, band: "order", status: 422, retryable: false, money: "none", sentence: "price times quantity is above the market's maximum of {limit}." },
  below_min_quantity: { number: 430, band: "order", status: 422, retryable: false, money: "none", sentence: "quantity is below the market's minimum of {limit}." },
  market_unknown: { number: 501, band: "market", status: 404, retryable: false, money: "none", sentence: "There is no such market." },
  market_halted: { number: 502, band: "market", status: 422, retryable: true, money: "none", sentence: "The market takes no orders now: open ones can be cancelled, but none can be placed or amended." },
  invalid_market_status: { number: 503, band: "market", status: 400, retryable: false, money: "none", sentence: "The market cannot take that status now, or an auction's end lies not ahead." },
  market_has_orders: { number: 504, band: "market", status: 409, retryable: true, money: "none", sentence: "Orders of the market are open. Cancel them first." },
  invalid_symbol: { number: 601, band: "listing", status: 400, retryable: false, money: "none", sentence: "A symbol has 2 to 10 of the characters A-Z and 0-9." },
  symbol_taken: { number: 602, band: "listing", status: 409, retryable: false, money: "none", sentence: "The symbol, or the pair joined without its dash, exists already." },
  invalid_decimals: { number: 603, band: "listing", status: 400, retryable: false, money: "none", sentence: "An asset has at most 18 decimals." },
  notional_not_exact: { number: 604, band: "listing", status: 400, retryable: false, money: "none", sentence: "Tick times lot must be a whole number of quote units, above zero and within the bound." },
  invalid_market: { number: 605, band: "listing", status: 400, retryable: false, money: "none", sentence: "A field of the market is outside its limits." },
  invalid_account: { number: 606, band: "listing", status: 400, retryable: false, money: "none", sentence: "The account cannot be opened like this." },
  command_unavailable: { number: 701, band: "service", status: 501, retryable: false, money: "none", sentence: "This command has no rules yet." },
  outbox_gap: { number: 702, band: "service", status: 503, retryable: true, money: "none", sentence: "An earlier outbox row has not arrived yet." },
  invalid_epoch: { number: 703, band: "service", status: 503, retryable: false, money: "none", sentence: "The epoch does not follow the one before." },
  upgrade_mismatch: { number: 704, band: "service", status: 503, retryable: false, money: "none", sentence: "The state is not the one that the upgrade names, or the rules are not known." },
  malformed_command: { number: 705, band: "service", status: 400, retryable: false, money: "none", sentence: "The command is not of a known layout." },
  storage_low: { number: 706, band: "service", status: 503, retryable: true, money: "none", sentence: "The exchange is short of storage: orders can be cancelled, but none can be placed for now." },
  overloaded: { number: 707, band: "service", status: 503, retryable: true, money: "none", sentence: "The exchange is busy. Nothing happened; try again shortly." },
  outcome_unknown: { number: 708, band: "service", status: 503, retryable: true, money: "unknown", sentence: "The exchange did not answer in time. Whether the request took effect is not known: repeat it with the same client_order_id or Idempotency-Key, or look it up, before you act again." },
  not_yet_visible: { number: 709, band: "service", status: 503, retryable: true, money: "none", sentence: "The data asked for is not visible here yet. Try again shortly." },
  unavailable: { number: 710, band: "service", status: 503, retryable: true, money: "none", sentence: "A part of the exchange is away. Nothing happened; try again shortly." },
  internal_error: { number: 711, band: "service", status: 500, retryable: true, money: "unknown", sentence: "Something went wrong on our side. Look before you act again; quote {reference}." },
  connection_limit: { number: 712, band: "service", status: 429, retryable: true, money: "none", sentence: "Too many connections. Close one, or try again later." },
  slow_reader: { number: 713, band: "service", status: 503, retryable: true, money: "none", sentence: "The connection did not take what was sent to it, and is closed. Connect again." },
  heartbeat_missed: { number: 714, band: "service", status: 503, retryable: true, money: "none", sentence: "Nothing came from the other side for {seconds} seconds. Connect again." },
  shutting_down: { number: 715, band: "service", status: 503, retryable: true, money: "none", sentence: "This server stops. Connect again; another one goes on." },
} as const satisfies Record<string, CodeEntry>;

export type Code = keyof typeof CODES;
