"""The catalogue of codes. Generated from `codes.toml` by `./cse generate`; do not edit."""

# ruff: noqa: E501
# fmt: off

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal


@dataclass(frozen=True, slots=True)
class Code:
    """Why a request was not carried out.

    `band` is the stage that refuses; `status` the HTTP status; `retryable` whether the same request
    may succeed later unchanged; `money` whether nothing happened (`none`) or one must look first
    (`unknown`); `sentence` is for people, with names in braces to be filled in.
    """

    name: str
    number: int
    band: Literal["request", "session", "funds", "order", "market", "listing", "service"]
    status: int
    retryable: bool
    money: Literal["none", "unknown"]
    sentence: str


MALFORMED_JSON: Final = Code("malformed_json", 101, "request", 400, False, "none", "The body is not valid JSON: {reason}.")
BODY_TOO_LARGE: Final = Code("body_too_large", 102, "request", 413, False, "none", "The body is larger than {limit} bytes.")
UNSUPPORTED_MEDIA_TYPE: Final = Code("unsupported_media_type", 103, "request", 415, False, "none", "The body must be application/json.")
UNKNOWN_FIELD: Final = Code("unknown_field", 104, "request", 400, False, "none", "{field} is not a field of this request.")
MISSING_FIELD: Final = Code("missing_field", 105, "request", 400, False, "none", "{field} is missing.")
DUPLICATE_FIELD: Final = Code("duplicate_field", 106, "request", 400, False, "none", "{field} stands twice in the request.")
INVALID_FIELD: Final = Code("invalid_field", 107, "request", 400, False, "none", "{field} is not valid: {reason}.")
INVALID_DECIMAL: Final = Code("invalid_decimal", 108, "request", 400, False, "none", "{field} must be a decimal string such as \"12.5\": digits and at most one point, no sign, no exponent.")
TOO_MANY_DECIMALS: Final = Code("too_many_decimals", 109, "request", 400, False, "none", "{field} has more decimals than the {limit} allowed.")
NUMBER_OUT_OF_RANGE: Final = Code("number_out_of_range", 110, "request", 400, False, "none", "{field} must be above zero and at most {limit}.")
NOT_FOUND: Final = Code("not_found", 111, "request", 404, False, "none", "There is nothing at this address.")
METHOD_NOT_ALLOWED: Final = Code("method_not_allowed", 112, "request", 405, False, "none", "This address does not take {method}.")
IDEMPOTENCY_KEY_CONFLICT: Final = Code("idempotency_key_conflict", 113, "request", 409, False, "none", "This Idempotency-Key was used before with another content.")
IDEMPOTENCY_KEY_MISSING: Final = Code("idempotency_key_missing", 114, "request", 400, False, "none", "This request needs an Idempotency-Key header of 1 to 64 visible ASCII characters.")
INVALID_CURSOR: Final = Code("invalid_cursor", 115, "request", 400, False, "none", "The cursor is not one that this list gave out.")
RATE_LIMITED: Final = Code("rate_limited", 116, "request", 429, True, "none", "Too many requests. Try again in {seconds} seconds.")
UNKNOWN_OP: Final = Code("unknown_op", 117, "request", 400, False, "none", "{op} is not an operation of this socket.")
CHANNEL_UNKNOWN: Final = Code("channel_unknown", 118, "request", 404, False, "none", "There is no channel {channel}.")
INTERVAL_UNKNOWN: Final = Code("interval_unknown", 119, "request", 400, False, "none", "There are no candles of {interval}; an interval is one of {intervals}.")
MALFORMED_MESSAGE: Final = Code("malformed_message", 120, "request", 400, False, "none", "The message is not what this socket takes: {reason}.")
MESSAGE_TOO_LARGE: Final = Code("message_too_large", 121, "request", 413, False, "none", "A message has at most {limit} bytes.")
MESSAGE_RATE: Final = Code("message_rate", 122, "request", 429, True, "none", "Too many messages. A connection may send {limit} a second.")
SUBSCRIPTION_LIMIT: Final = Code("subscription_limit", 123, "request", 429, False, "none", "A connection has at most {limit} subscriptions.")
ORIGIN_NOT_ALLOWED: Final = Code("origin_not_allowed", 124, "request", 403, False, "none", "Pages of another origin may not do this.")
MALFORMED_REQUEST: Final = Code("malformed_request", 125, "request", 400, False, "none", "The request cannot be read as HTTP: {reason}.")
VERSION_OUTDATED: Final = Code("version_outdated", 126, "request", 409, False, "none", "It was changed elsewhere meanwhile. Look at it again, then change it.")
UNSUPPORTED_FILE: Final = Code("unsupported_file", 127, "request", 415, False, "none", "The body must be {types}.")
INDICATOR_UNKNOWN: Final = Code("indicator_unknown", 128, "request", 404, False, "none", "There is no indicator {indicator}. GET /api/indicators lists those there are.")
INVALID_PARAMETER: Final = Code("invalid_parameter", 129, "request", 400, False, "none", "{parameter} is no parameter of {indicator} or not within its bounds: {reason}.")
WORKSPACE_FULL: Final = Code("workspace_full", 130, "request", 409, False, "none", "The app may keep {names} names and {bytes} bytes for a person. Take some away first.")
NOT_AUTHENTICATED: Final = Code("not_authenticated", 201, "session", 401, False, "none", "Sign in first: the request needs a valid access token.")
WRONG_CREDENTIALS: Final = Code("wrong_credentials", 202, "session", 401, False, "none", "E-mail and password do not match an account.")
TOO_MANY_ATTEMPTS: Final = Code("too_many_attempts", 203, "session", 429, True, "none", "Too many attempts. Try again in {seconds} seconds.")
WEAK_PASSWORD: Final = Code("weak_password", 205, "session", 400, False, "none", "The password must have 10 to 256 characters and must not be easy to guess.")
REFRESH_TOKEN_INVALID: Final = Code("refresh_token_invalid", 206, "session", 401, False, "none", "The refresh token is not valid any more. Sign in again.")
FORBIDDEN: Final = Code("forbidden", 207, "session", 403, False, "none", "This account may not do that.")
SESSION_ENDED: Final = Code("session_ended", 208, "session", 401, False, "none", "The session has ended. Sign in again.")
PRICE_REACHED: Final = Code("price_reached", 219, "session", 422, False, "none", "The last trade, at {last}, is there already. Choose a price on its other side.")
SECOND_FACTOR_REQUIRED: Final = Code("second_factor_required", 220, "session", 401, False, "none", "The password is right. Send a code for the challenge to sign in.")
WRONG_CODE: Final = Code("wrong_code", 221, "session", 401, False, "none", "The code is not right, or was used before.")
CHALLENGE_ENDED: Final = Code("challenge_ended", 222, "session", 401, False, "none", "This sign-in took too long or was tried too often. Begin it again.")
STEP_UP_REQUIRED: Final = Code("step_up_required", 223, "session", 403, False, "none", "Show first that it is still you: this needs a factor shown within the last 5 minutes.")
SECOND_FACTOR_EXISTS: Final = Code("second_factor_exists", 224, "session", 409, False, "none", "There is an authenticator already. Take it away first.")
SECOND_FACTOR_MISSING: Final = Code("second_factor_missing", 225, "session", 409, False, "none", "There is no authenticator to do that with.")
PASSKEY_REFUSED: Final = Code("passkey_refused", 226, "session", 401, False, "none", "The passkey was not accepted. Begin again.")
PASSKEY_LIMIT: Final = Code("passkey_limit", 227, "session", 409, False, "none", "There are {limit} passkeys already. Remove one first.")
LINK_ENDED: Final = Code("link_ended", 228, "session", 401, False, "none", "This link has ended: it was used, or it is too old. Ask for a new one.")
LINK_OF_ANOTHER: Final = Code("link_of_another", 229, "session", 403, False, "none", "This link was sent for another account. Sign in to that one, then open it again.")
BREACHED_PASSWORD: Final = Code("breached_password", 230, "session", 400, False, "none", "This password stands in lists of passwords that were stolen elsewhere. Choose another one.")
SIGNATURE_INVALID: Final = Code("signature_invalid", 240, "session", 401, False, "none", "The signature is not that of this request by a known API key.")
TIMESTAMP_OUTSIDE_WINDOW: Final = Code("timestamp_outside_window", 241, "session", 401, False, "none", "The request's timestamp is outside its window: the exchange's time is {time}, in microseconds since 1970.")
SIGNATURE_REPEATED: Final = Code("signature_repeated", 242, "session", 401, False, "unknown", "A request with this signature has come before. Sign each request anew.")
API_KEY_ENDED: Final = Code("api_key_ended", 243, "session", 401, False, "none", "The API key was revoked, has expired or was changed.")
ADDRESS_NOT_ALLOWED: Final = Code("address_not_allowed", 244, "session", 403, False, "none", "The API key is not for the address that it was used from.")
SCOPE_MISSING: Final = Code("scope_missing", 245, "session", 403, False, "none", "The API key does not have the scope {scope}, which this needs.")
PERSON_REQUIRED: Final = Code("person_required", 246, "session", 403, False, "none", "This is for a person who has signed in, and for no API key.")
API_KEY_REQUIRED: Final = Code("api_key_required", 247, "session", 403, False, "none", "This is for an API key.")
API_KEY_UNKNOWN: Final = Code("api_key_unknown", 248, "session", 404, False, "none", "There is no such API key.")
API_KEY_LIMIT: Final = Code("api_key_limit", 249, "session", 409, False, "none", "There may be {limit} API keys at a time.")
ACCOUNT_NOT_CLOSABLE: Final = Code("account_not_closable", 256, "session", 409, False, "none", "The account cannot be closed yet: {in_the_way}.")
OPERATOR_FACTOR_MISSING: Final = Code("operator_factor_missing", 260, "session", 403, False, "none", "An operator needs a second factor. Add one to your account, and sign in with it.")
ROLE_MISSING: Final = Code("role_missing", 261, "session", 403, False, "none", "None of your roles allows this.")
SIGN_IN_FROZEN: Final = Code("sign_in_frozen", 262, "session", 403, False, "none", "This account is frozen, and nobody can sign in to it. Write to support, who know why.")
NOT_TO_ONESELF: Final = Code("not_to_oneself", 263, "session", 403, False, "none", "An operator cannot do this to their own account.")
OWN_REQUEST: Final = Code("own_request", 264, "session", 403, False, "none", "Somebody else has to decide about what you have asked for.")
REQUEST_CLOSED: Final = Code("request_closed", 265, "session", 409, False, "none", "This request was decided before, or has expired.")
ASKER_ROLE_MISSING: Final = Code("asker_role_missing", 266, "session", 409, False, "none", "Who asked for this has no role any more that allows it.")
ACCOUNT_LIMIT: Final = Code("account_limit", 270, "session", 409, False, "none", "There may be {limit} sub-accounts at a time, and {made} ever, archived ones with them.")
ACCOUNT_NAME_TAKEN: Final = Code("account_name_taken", 271, "session", 409, False, "none", "Another of your accounts has this name.")
ACCOUNT_IS_MAIN: Final = Code("account_is_main", 272, "session", 409, False, "none", "This is the main account: it has no name of its own, and stays.")
ACCOUNT_NOT_EMPTY: Final = Code("account_not_empty", 273, "session", 409, False, "none", "The account has balances or open orders. Cancel the orders and transfer what is left before you archive it.")
ACCOUNT_ARCHIVED: Final = Code("account_archived", 274, "session", 409, False, "none", "The account is archived. Restore it first.")
VERIFICATION_NOT_OPEN: Final = Code("verification_not_open", 280, "session", 409, False, "none", "There is no application to change.")
VERIFICATION_REACHED: Final = Code("verification_reached", 281, "session", 409, False, "none", "The account is verified as {level}.")
DOCUMENTS_MISSING: Final = Code("documents_missing", 282, "session", 409, False, "none", "Documents are missing: {kinds}.")
DOCUMENT_REFUSED: Final = Code("document_refused", 283, "session", 400, False, "none", "The document is not valid: {reason}.")
COUNTRY_REFUSED: Final = Code("country_refused", 284, "session", 403, False, "none", "Nobody of this country can be verified.")
VERIFICATION_DECIDED: Final = Code("verification_decided", 285, "session", 409, False, "none", "The application is not open.")
SANCTIONS_HIT: Final = Code("sanctions_hit", 286, "session", 409, False, "none", "The person is on the list of sanctions.")
ORGANISATION_UNKNOWN: Final = Code("organisation_unknown", 287, "session", 404, False, "none", "There is no such organisation among yours.")
MEMBER_ROLE_MISSING: Final = Code("member_role_missing", 288, "session", 403, False, "none", "None of your roles in this organisation allows this.")
LAST_OWNER: Final = Code("last_owner", 289, "session", 409, False, "none", "An organisation has an owner at all times. Make somebody else an owner first.")
ORGANISATION_LIMIT: Final = Code("organisation_limit", 290, "session", 409, False, "none", "There may be {limit} {what} at most.")
MEMBER_UNKNOWN: Final = Code("member_unknown", 291, "session", 404, False, "none", "There is no such member.")
ALREADY_MEMBER: Final = Code("already_member", 292, "session", 409, False, "none", "They are a member of this organisation already.")
POLICY_OUT_OF_REACH: Final = Code("policy_out_of_reach", 293, "session", 409, False, "none", "There would be too few approvers for what the policy asks: {guard} needs {needed} beside who asks.")
MEMBERSHIP_CHANGED: Final = Code("membership_changed", 294, "session", 401, False, "none", "Your membership of this organisation has ended or changed. Sign in again.")
EMAIL_NOT_VERIFIED: Final = Code("email_not_verified", 295, "session", 403, False, "none", "Confirm your e-mail first, by the link that was sent to it.")
INVITATION_UNKNOWN: Final = Code("invitation_unknown", 296, "session", 404, False, "none", "There is no such invitation.")
APPROVAL_UNKNOWN: Final = Code("approval_unknown", 297, "session", 404, False, "none", "Nothing such was asked for in this organisation.")
PRICE_ALERT_UNKNOWN: Final = Code("price_alert_unknown", 298, "session", 404, False, "none", "There is no such price alert.")
PRICE_ALERT_LIMIT: Final = Code("price_alert_limit", 299, "session", 409, False, "none", "There may be {limit} price alerts at a time. Remove one first.")
INSUFFICIENT_FUNDS: Final = Code("insufficient_funds", 301, "funds", 422, False, "none", "The available {asset} does not cover this.")
ACCOUNT_UNKNOWN: Final = Code("account_unknown", 302, "funds", 404, False, "none", "There is no such account.")
ACCOUNT_FROZEN: Final = Code("account_frozen", 303, "funds", 403, False, "none", "The account is frozen: orders can be cancelled, but nothing can be placed or moved out.")
ACCOUNT_CANNOT_TRADE: Final = Code("account_cannot_trade", 304, "funds", 403, False, "none", "An account of this kind cannot place orders.")
SUPPLY_EXCEEDED: Final = Code("supply_exceeded", 305, "funds", 422, False, "none", "The asset's supply would exceed its bound.")
TRANSFER_INVALID: Final = Code("transfer_invalid", 306, "funds", 400, False, "none", "A transfer has 1 to 16 legs between different accounts, each above zero.")
ASSET_UNKNOWN: Final = Code("asset_unknown", 307, "funds", 404, False, "none", "There is no such asset.")
FAUCET_LIMIT: Final = Code("faucet_limit", 308, "funds", 429, True, "none", "The faucet gives at most {limit} of {asset} a day.")
TRANSFER_NOT_HELD: Final = Code("transfer_not_held", 309, "funds", 409, False, "none", "There is no held transfer of this id: it was settled, or voided, or never held.")
CONDITION_NOT_MET: Final = Code("condition_not_met", 310, "funds", 422, False, "none", "A condition of the transfer does not hold.")
INVALID_FEE_TIER: Final = Code("invalid_fee_tier", 311, "funds", 400, False, "none", "A fee tier is 0 to 9.")
INVALID_SIDE: Final = Code("invalid_side", 401, "order", 400, False, "none", "side must be buy or sell.")
ORDER_TYPE_UNAVAILABLE: Final = Code("order_type_unavailable", 402, "order", 400, False, "none", "This order type, or a field of it, is not available: {reason}.")
INVALID_TIME_IN_FORCE: Final = Code("invalid_time_in_force", 403, "order", 400, False, "none", "time_in_force must be {allowed}.")
INVALID_SELF_TRADE_PREVENTION: Final = Code("invalid_self_trade_prevention", 404, "order", 400, False, "none", "self_trade_prevention must be cancel_newest, cancel_oldest, cancel_both, decrement (not with quote_amount), or none where the market allows it.")
PRICE_OUT_OF_RANGE: Final = Code("price_out_of_range", 405, "order", 400, False, "none", "{field} must be above zero and below {limit}.")
PRICE_OFF_TICK: Final = Code("price_off_tick", 406, "order", 400, False, "none", "{field} must be a multiple of the tick size {limit}.")
QUANTITY_OUT_OF_RANGE: Final = Code("quantity_out_of_range", 407, "order", 400, False, "none", "{field} must be above zero and at most {limit}.")
QUANTITY_OFF_LOT: Final = Code("quantity_off_lot", 408, "order", 400, False, "none", "{field} must be a multiple of the lot size {limit}.")
BELOW_MIN_NOTIONAL: Final = Code("below_min_notional", 409, "order", 422, False, "none", "The order is worth less than the market's minimum of {limit}.")
QUANTITY_OR_QUOTE_AMOUNT: Final = Code("quantity_or_quote_amount", 410, "order", 400, False, "none", "The order has another quantity, quote_amount or price than it must have: {reason}.")
POST_ONLY_NOT_ALLOWED: Final = Code("post_only_not_allowed", 411, "order", 400, False, "none", "post_only goes with a limit order that may rest (gtc, gtd or day) only, and reprice with post_only only.")
POST_ONLY_WOULD_TAKE: Final = Code("post_only_would_take", 412, "order", 422, False, "none", "The order would trade at once, and post_only forbids that.")
TOO_MANY_OPEN_ORDERS: Final = Code("too_many_open_orders", 413, "order", 422, False, "none", "There are {limit} open orders of yours in this market, as many as there may be.")
INVALID_CLIENT_ORDER_ID: Final = Code("invalid_client_order_id", 414, "order", 400, False, "none", "client_order_id must have 1 to 36 of the characters A-Z a-z 0-9 . _ : / -.")
CLIENT_ORDER_ID_CONFLICT: Final = Code("client_order_id_conflict", 415, "order", 409, False, "none", "This client_order_id was used before for an order with another content.")
ORDER_UNKNOWN: Final = Code("order_unknown", 416, "order", 404, False, "none", "There is no such order.")
ORDER_NOT_OPEN: Final = Code("order_not_open", 417, "order", 409, False, "none", "The order is not open any more.")
INVALID_EXPIRY: Final = Code("invalid_expiry", 418, "order", 400, False, "none", "expires_at must be in the future and before {limit} for a gtd order, and is not for any other.")
INVALID_DISPLAY_QUANTITY: Final = Code("invalid_display_quantity", 419, "order", 400, False, "none", "display_quantity must be above zero and at most the quantity, of a limit order that may rest.")
AMEND_BELOW_FILLED: Final = Code("amend_below_filled", 420, "order", 409, False, "none", "The order has already filled that much. Cancel what remains of it, or ask for more.")
INVALID_REPLACE_MODE: Final = Code("invalid_replace_mode", 421, "order", 400, False, "none", "mode must be stop_on_failure or allow_failure.")
WOULD_TRIGGER: Final = Code("would_trigger", 422, "order", 409, False, "none", "The last trade has reached stop_price already.")
INVALID_STOP_PRICE: Final = Code("invalid_stop_price", 423, "order", 400, False, "none", "stop_price must be a price, and a trailing_stop has none.")
INVALID_TRAILING_DELTA: Final = Code("invalid_trailing_delta", 424, "order", 400, False, "none", "A trailing_stop has either trailing_delta, a difference of prices above zero, or trailing_percent, above 0 and below 100.")
INVALID_ORDER_LIST: Final = Code("invalid_order_list", 425, "order", 400, False, "none", "These orders cannot be linked: {reason}.")
ORDER_IS_LINKED: Final = Code("order_is_linked", 426, "order", 409, False, "none", "The order is linked with others: it cannot be amended or replaced, only cancelled.")
NOT_IN_AUCTION: Final = Code("not_in_auction", 427, "order", 422, True, "none", "The market is in an auction until {until}. It takes limit orders that may rest (gtc, gtd or day) without post_only, and single orders that wait for a trade; lists it does not take.")
PRICE_OUTSIDE_BAND: Final = Code("price_outside_band", 428, "order", 422, False, "none", "The price is farther from the last price than the market allows: now it must be {bound}.")
ABOVE_MAX_NOTIONAL: Final = Code("above_max_notional", 429, "order", 422, False, "none", "The order is worth more than the market's maximum of {limit}.")
BELOW_MIN_QUANTITY: Final = Code("below_min_quantity", 430, "order", 422, False, "none", "quantity is below the market's minimum of {limit}.")
INVALID_CANCEL_TIMER: Final = Code("invalid_cancel_timer", 431, "order", 400, False, "none", "The timeout of a cancel timer is 1 second to 24 hours, or 0 to disarm it.")
NOTHING_TO_AMEND: Final = Code("nothing_to_amend", 432, "order", 400, False, "none", "An amend says what the order is to have: at least one of price, quantity, display_quantity and stop_price.")
ABOVE_ACCOUNT_QUANTITY: Final = Code("above_account_quantity", 433, "order", 422, False, "none", "{field} is above the {limit} that your account may order at a time in this market.")
ABOVE_ACCOUNT_NOTIONAL: Final = Code("above_account_notional", 434, "order", 422, False, "none", "The order is worth more than the {limit} that your account may order at a time in this market.")
NOTIONAL_RATE_REACHED: Final = Code("notional_rate_reached", 435, "order", 422, True, "none", "Your orders in this market may be worth at most {limit} within a minute. There is room for this one {when}.")
MARKET_UNKNOWN: Final = Code("market_unknown", 501, "market", 404, False, "none", "There is no such market.")
MARKET_HALTED: Final = Code("market_halted", 502, "market", 422, True, "none", "The market takes no orders now: open ones can be cancelled, but none can be placed or amended.")
INVALID_MARKET_STATUS: Final = Code("invalid_market_status", 503, "market", 400, False, "none", "The market cannot take that status now, or an auction's end lies not ahead.")
MARKET_HAS_ORDERS: Final = Code("market_has_orders", 504, "market", 409, True, "none", "Orders of the market are open. Cancel them first.")
INVALID_SYMBOL: Final = Code("invalid_symbol", 601, "listing", 400, False, "none", "A symbol has 2 to 10 of the characters A-Z and 0-9.")
SYMBOL_TAKEN: Final = Code("symbol_taken", 602, "listing", 409, False, "none", "The symbol, or the pair joined without its dash, exists already.")
INVALID_DECIMALS: Final = Code("invalid_decimals", 603, "listing", 400, False, "none", "An asset has at most 18 decimals.")
NOTIONAL_NOT_EXACT: Final = Code("notional_not_exact", 604, "listing", 400, False, "none", "Tick times lot must be a whole number of quote units, above zero and within the bound.")
INVALID_MARKET: Final = Code("invalid_market", 605, "listing", 400, False, "none", "A field of the market is outside its limits.")
INVALID_ACCOUNT: Final = Code("invalid_account", 606, "listing", 400, False, "none", "The account cannot be opened like this.")
COMMAND_UNAVAILABLE: Final = Code("command_unavailable", 701, "service", 501, False, "none", "This command has no rules yet.")
OUTBOX_GAP: Final = Code("outbox_gap", 702, "service", 503, True, "none", "An earlier outbox row has not arrived yet.")
INVALID_EPOCH: Final = Code("invalid_epoch", 703, "service", 503, False, "none", "The epoch does not follow the one before.")
UPGRADE_MISMATCH: Final = Code("upgrade_mismatch", 704, "service", 503, False, "none", "The state is not the one that the upgrade names, or the rules are not known.")
MALFORMED_COMMAND: Final = Code("malformed_command", 705, "service", 400, False, "none", "The command is not of a known layout.")
STORAGE_LOW: Final = Code("storage_low", 706, "service", 503, True, "none", "The exchange is short of storage: orders can be cancelled, but none can be placed for now.")
OVERLOADED: Final = Code("overloaded", 707, "service", 503, True, "none", "The exchange is busy. Nothing happened; try again shortly.")
OUTCOME_UNKNOWN: Final = Code("outcome_unknown", 708, "service", 503, True, "unknown", "The exchange did not answer in time. Whether the request took effect is not known: repeat it with the same client_order_id or Idempotency-Key, or look it up, before you act again.")
NOT_YET_VISIBLE: Final = Code("not_yet_visible", 709, "service", 503, True, "none", "The data asked for is not visible here yet. Try again shortly.")
UNAVAILABLE: Final = Code("unavailable", 710, "service", 503, True, "none", "A part of the exchange is away. Nothing happened; try again shortly.")
INTERNAL_ERROR: Final = Code("internal_error", 711, "service", 500, True, "unknown", "Something went wrong on our side. Look before you act again; quote {reference}.")
CONNECTION_LIMIT: Final = Code("connection_limit", 712, "service", 429, True, "none", "Too many connections. Close one, or try again later.")
SLOW_READER: Final = Code("slow_reader", 713, "service", 503, True, "none", "The connection did not take what was sent to it, and is closed. Connect again.")
HEARTBEAT_MISSED: Final = Code("heartbeat_missed", 714, "service", 503, True, "none", "Nothing came from the other side for {seconds} seconds. Connect again.")
SHUTTING_DOWN: Final = Code("shutting_down", 715, "service", 503, True, "none", "This server stops. Connect again; another one goes on.")
STATEMENT_UNTIED: Final = Code("statement_untied", 716, "service", 500, False, "none", "The figures of this period do not tie out to the unit, so no statement is given.")

CODES: Final[tuple[Code, ...]] = (
    MALFORMED_JSON,
    BODY_TOO_LARGE,
    UNSUPPORTED_MEDIA_TYPE,
    UNKNOWN_FIELD,
    MISSING_FIELD,
    DUPLICATE_FIELD,
    INVALID_FIELD,
    INVALID_DECIMAL,
    TOO_MANY_DECIMALS,
    NUMBER_OUT_OF_RANGE,
    NOT_FOUND,
    METHOD_NOT_ALLOWED,
    IDEMPOTENCY_KEY_CONFLICT,
    IDEMPOTENCY_KEY_MISSING,
    INVALID_CURSOR,
    RATE_LIMITED,
    UNKNOWN_OP,
    CHANNEL_UNKNOWN,
    INTERVAL_UNKNOWN,
    MALFORMED_MESSAGE,
    MESSAGE_TOO_LARGE,
    MESSAGE_RATE,
    SUBSCRIPTION_LIMIT,
    ORIGIN_NOT_ALLOWED,
    MALFORMED_REQUEST,
    VERSION_OUTDATED,
    UNSUPPORTED_FILE,
    INDICATOR_UNKNOWN,
    INVALID_PARAMETER,
    WORKSPACE_FULL,
    NOT_AUTHENTICATED,
    WRONG_CREDENTIALS,
    TOO_MANY_ATTEMPTS,
    WEAK_PASSWORD,
    REFRESH_TOKEN_INVALID,
    FORBIDDEN,
    SESSION_ENDED,
    PRICE_REACHED,
    SECOND_FACTOR_REQUIRED,
    WRONG_CODE,
    CHALLENGE_ENDED,
    STEP_UP_REQUIRED,
    SECOND_FACTOR_EXISTS,
    SECOND_FACTOR_MISSING,
    PASSKEY_REFUSED,
    PASSKEY_LIMIT,
    LINK_ENDED,
    LINK_OF_ANOTHER,
    BREACHED_PASSWORD,
    SIGNATURE_INVALID,
    TIMESTAMP_OUTSIDE_WINDOW,
    SIGNATURE_REPEATED,
    API_KEY_ENDED,
    ADDRESS_NOT_ALLOWED,
    SCOPE_MISSING,
    PERSON_REQUIRED,
    API_KEY_REQUIRED,
    API_KEY_UNKNOWN,
    API_KEY_LIMIT,
    ACCOUNT_NOT_CLOSABLE,
    OPERATOR_FACTOR_MISSING,
    ROLE_MISSING,
    SIGN_IN_FROZEN,
    NOT_TO_ONESELF,
    OWN_REQUEST,
    REQUEST_CLOSED,
    ASKER_ROLE_MISSING,
    ACCOUNT_LIMIT,
    ACCOUNT_NAME_TAKEN,
    ACCOUNT_IS_MAIN,
    ACCOUNT_NOT_EMPTY,
    ACCOUNT_ARCHIVED,
    VERIFICATION_NOT_OPEN,
    VERIFICATION_REACHED,
    DOCUMENTS_MISSING,
    DOCUMENT_REFUSED,
    COUNTRY_REFUSED,
    VERIFICATION_DECIDED,
    SANCTIONS_HIT,
    ORGANISATION_UNKNOWN,
    MEMBER_ROLE_MISSING,
    LAST_OWNER,
    ORGANISATION_LIMIT,
    MEMBER_UNKNOWN,
    ALREADY_MEMBER,
    POLICY_OUT_OF_REACH,
    MEMBERSHIP_CHANGED,
    EMAIL_NOT_VERIFIED,
    INVITATION_UNKNOWN,
    APPROVAL_UNKNOWN,
    PRICE_ALERT_UNKNOWN,
    PRICE_ALERT_LIMIT,
    INSUFFICIENT_FUNDS,
    ACCOUNT_UNKNOWN,
    ACCOUNT_FROZEN,
    ACCOUNT_CANNOT_TRADE,
    SUPPLY_EXCEEDED,
    TRANSFER_INVALID,
    ASSET_UNKNOWN,
    FAUCET_LIMIT,
    TRANSFER_NOT_HELD,
    CONDITION_NOT_MET,
    INVALID_FEE_TIER,
    INVALID_SIDE,
    ORDER_TYPE_UNAVAILABLE,
    INVALID_TIME_IN_FORCE,
    INVALID_SELF_TRADE_PREVENTION,
    PRICE_OUT_OF_RANGE,
    PRICE_OFF_TICK,
    QUANTITY_OUT_OF_RANGE,
    QUANTITY_OFF_LOT,
    BELOW_MIN_NOTIONAL,
    QUANTITY_OR_QUOTE_AMOUNT,
    POST_ONLY_NOT_ALLOWED,
    POST_ONLY_WOULD_TAKE,
    TOO_MANY_OPEN_ORDERS,
    INVALID_CLIENT_ORDER_ID,
    CLIENT_ORDER_ID_CONFLICT,
    ORDER_UNKNOWN,
    ORDER_NOT_OPEN,
    INVALID_EXPIRY,
    INVALID_DISPLAY_QUANTITY,
    AMEND_BELOW_FILLED,
    INVALID_REPLACE_MODE,
    WOULD_TRIGGER,
    INVALID_STOP_PRICE,
    INVALID_TRAILING_DELTA,
    INVALID_ORDER_LIST,
    ORDER_IS_LINKED,
    NOT_IN_AUCTION,
    PRICE_OUTSIDE_BAND,
    ABOVE_MAX_NOTIONAL,
    BELOW_MIN_QUANTITY,
    INVALID_CANCEL_TIMER,
    NOTHING_TO_AMEND,
    ABOVE_ACCOUNT_QUANTITY,
    ABOVE_ACCOUNT_NOTIONAL,
    NOTIONAL_RATE_REACHED,
    MARKET_UNKNOWN,
    MARKET_HALTED,
    INVALID_MARKET_STATUS,
    MARKET_HAS_ORDERS,
    INVALID_SYMBOL,
    SYMBOL_TAKEN,
    INVALID_DECIMALS,
    NOTIONAL_NOT_EXACT,
    INVALID_MARKET,
    INVALID_ACCOUNT,
    COMMAND_UNAVAILABLE,
    OUTBOX_GAP,
    INVALID_EPOCH,
    UPGRADE_MISMATCH,
    MALFORMED_COMMAND,
    STORAGE_LOW,
    OVERLOADED,
    OUTCOME_UNKNOWN,
    NOT_YET_VISIBLE,
    UNAVAILABLE,
    INTERNAL_ERROR,
    CONNECTION_LIMIT,
    SLOW_READER,
    HEARTBEAT_MISSED,
    SHUTTING_DOWN,
    STATEMENT_UNTIED,
)

BY_NUMBER: Final[Mapping[int, Code]] = MappingProxyType({code.number: code for code in CODES})
