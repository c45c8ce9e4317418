"""The codes of refusals. Generated from the exchange's catalogue by `./cse generate`; do not edit."""

# ruff: noqa: S105

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

MALFORMED_JSON: Final = "malformed_json"
BODY_TOO_LARGE: Final = "body_too_large"
UNSUPPORTED_MEDIA_TYPE: Final = "unsupported_media_type"
UNKNOWN_FIELD: Final = "unknown_field"
MISSING_FIELD: Final = "missing_field"
DUPLICATE_FIELD: Final = "duplicate_field"
INVALID_FIELD: Final = "invalid_field"
INVALID_DECIMAL: Final = "invalid_decimal"
TOO_MANY_DECIMALS: Final = "too_many_decimals"
NUMBER_OUT_OF_RANGE: Final = "number_out_of_range"
NOT_FOUND: Final = "not_found"
METHOD_NOT_ALLOWED: Final = "method_not_allowed"
IDEMPOTENCY_KEY_CONFLICT: Final = "idempotency_key_conflict"
IDEMPOTENCY_KEY_MISSING: Final = "idempotency_key_missing"
INVALID_CURSOR: Final = "invalid_cursor"
RATE_LIMITED: Final = "rate_limited"
UNKNOWN_OP: Final = "unknown_op"
CHANNEL_UNKNOWN: Final = "channel_unknown"
INTERVAL_UNKNOWN: Final = "interval_unknown"
MALFORMED_MESSAGE: Final = "malformed_message"
MESSAGE_TOO_LARGE: Final = "message_too_large"
MESSAGE_RATE: Final = "message_rate"
SUBSCRIPTION_LIMIT: Final = "subscription_limit"
ORIGIN_NOT_ALLOWED: Final = "origin_not_allowed"
MALFORMED_REQUEST: Final = "malformed_request"
VERSION_OUTDATED: Final = "version_outdated"
UNSUPPORTED_FILE: Final = "unsupported_file"
INDICATOR_UNKNOWN: Final = "indicator_unknown"
INVALID_PARAMETER: Final = "invalid_parameter"
WORKSPACE_FULL: Final = "workspace_full"
NOT_AUTHENTICATED: Final = "not_authenticated"
WRONG_CREDENTIALS: Final = "wrong_credentials"
TOO_MANY_ATTEMPTS: Final = "too_many_attempts"
WEAK_PASSWORD: Final = "weak_password"
REFRESH_TOKEN_INVALID: Final = "refresh_token_invalid"
FORBIDDEN: Final = "forbidden"
SESSION_ENDED: Final = "session_ended"
PRICE_REACHED: Final = "price_reached"
SECOND_FACTOR_REQUIRED: Final = "second_factor_required"
WRONG_CODE: Final = "wrong_code"
CHALLENGE_ENDED: Final = "challenge_ended"
STEP_UP_REQUIRED: Final = "step_up_required"
SECOND_FACTOR_EXISTS: Final = "second_factor_exists"
SECOND_FACTOR_MISSING: Final = "second_factor_missing"
PASSKEY_REFUSED: Final = "passkey_refused"
PASSKEY_LIMIT: Final = "passkey_limit"
LINK_ENDED: Final = "link_ended"
LINK_OF_ANOTHER: Final = "link_of_another"
BREACHED_PASSWORD: Final = "breached_password"
SIGNATURE_INVALID: Final = "signature_invalid"
TIMESTAMP_OUTSIDE_WINDOW: Final = "timestamp_outside_window"
SIGNATURE_REPEATED: Final = "signature_repeated"
API_KEY_ENDED: Final = "api_key_ended"
ADDRESS_NOT_ALLOWED: Final = "address_not_allowed"
SCOPE_MISSING: Final = "scope_missing"
PERSON_REQUIRED: Final = "person_required"
API_KEY_REQUIRED: Final = "api_key_required"
API_KEY_UNKNOWN: Final = "api_key_unknown"
API_KEY_LIMIT: Final = "api_key_limit"
ACCOUNT_NOT_CLOSABLE: Final = "account_not_closable"
OPERATOR_FACTOR_MISSING: Final = "operator_factor_missing"
ROLE_MISSING: Final = "role_missing"
SIGN_IN_FROZEN: Final = "sign_in_frozen"
NOT_TO_ONESELF: Final = "not_to_oneself"
OWN_REQUEST: Final = "own_request"
REQUEST_CLOSED: Final = "request_closed"
ASKER_ROLE_MISSING: Final = "asker_role_missing"
ACCOUNT_LIMIT: Final = "account_limit"
ACCOUNT_NAME_TAKEN: Final = "account_name_taken"
ACCOUNT_IS_MAIN: Final = "account_is_main"
ACCOUNT_NOT_EMPTY: Final = "account_not_empty"
ACCOUNT_ARCHIVED: Final = "account_archived"
VERIFICATION_NOT_OPEN: Final = "verification_not_open"
VERIFICATION_REACHED: Final = "verification_reached"
DOCUMENTS_MISSING: Final = "documents_missing"
DOCUMENT_REFUSED: Final = "document_refused"
COUNTRY_REFUSED: Final = "country_refused"
VERIFICATION_DECIDED: Final = "verification_decided"
SANCTIONS_HIT: Final = "sanctions_hit"
ORGANISATION_UNKNOWN: Final = "organisation_unknown"
MEMBER_ROLE_MISSING: Final = "member_role_missing"
LAST_OWNER: Final = "last_owner"
ORGANISATION_LIMIT: Final = "organisation_limit"
MEMBER_UNKNOWN: Final = "member_unknown"
ALREADY_MEMBER: Final = "already_member"
POLICY_OUT_OF_REACH: Final = "policy_out_of_reach"
MEMBERSHIP_CHANGED: Final = "membership_changed"
EMAIL_NOT_VERIFIED: Final = "email_not_verified"
INVITATION_UNKNOWN: Final = "invitation_unknown"
APPROVAL_UNKNOWN: Final = "approval_unknown"
PRICE_ALERT_UNKNOWN: Final = "price_alert_unknown"
PRICE_ALERT_LIMIT: Final = "price_alert_limit"
INSUFFICIENT_FUNDS: Final = "insufficient_funds"
ACCOUNT_UNKNOWN: Final = "account_unknown"
ACCOUNT_FROZEN: Final = "account_frozen"
ACCOUNT_CANNOT_TRADE: Final = "account_cannot_trade"
SUPPLY_EXCEEDED: Final = "supply_exceeded"
TRANSFER_INVALID: Final = "transfer_invalid"
ASSET_UNKNOWN: Final = "asset_unknown"
FAUCET_LIMIT: Final = "faucet_limit"
TRANSFER_NOT_HELD: Final = "transfer_not_held"
CONDITION_NOT_MET: Final = "condition_not_met"
INVALID_FEE_TIER: Final = "invalid_fee_tier"
INVALID_SIDE: Final = "invalid_side"
ORDER_TYPE_UNAVAILABLE: Final = "order_type_unavailable"
INVALID_TIME_IN_FORCE: Final = "invalid_time_in_force"
INVALID_SELF_TRADE_PREVENTION: Final = "invalid_self_trade_prevention"
PRICE_OUT_OF_RANGE: Final = "price_out_of_range"
PRICE_OFF_TICK: Final = "price_off_tick"
QUANTITY_OUT_OF_RANGE: Final = "quantity_out_of_range"
QUANTITY_OFF_LOT: Final = "quantity_off_lot"
BELOW_MIN_NOTIONAL: Final = "below_min_notional"
QUANTITY_OR_QUOTE_AMOUNT: Final = "quantity_or_quote_amount"
POST_ONLY_NOT_ALLOWED: Final = "post_only_not_allowed"
POST_ONLY_WOULD_TAKE: Final = "post_only_would_take"
TOO_MANY_OPEN_ORDERS: Final = "too_many_open_orders"
INVALID_CLIENT_ORDER_ID: Final = "invalid_client_order_id"
CLIENT_ORDER_ID_CONFLICT: Final = "client_order_id_conflict"
ORDER_UNKNOWN: Final = "order_unknown"
ORDER_NOT_OPEN: Final = "order_not_open"
INVALID_EXPIRY: Final = "invalid_expiry"
INVALID_DISPLAY_QUANTITY: Final = "invalid_display_quantity"
AMEND_BELOW_FILLED: Final = "amend_below_filled"
INVALID_REPLACE_MODE: Final = "invalid_replace_mode"
WOULD_TRIGGER: Final = "would_trigger"
INVALID_STOP_PRICE: Final = "invalid_stop_price"
INVALID_TRAILING_DELTA: Final = "invalid_trailing_delta"
INVALID_ORDER_LIST: Final = "invalid_order_list"
ORDER_IS_LINKED: Final = "order_is_linked"
NOT_IN_AUCTION: Final = "not_in_auction"
PRICE_OUTSIDE_BAND: Final = "price_outside_band"
ABOVE_MAX_NOTIONAL: Final = "above_max_notional"
BELOW_MIN_QUANTITY: Final = "below_min_quantity"
INVALID_CANCEL_TIMER: Final = "invalid_cancel_timer"
NOTHING_TO_AMEND: Final = "nothing_to_amend"
ABOVE_ACCOUNT_QUANTITY: Final = "above_account_quantity"
ABOVE_ACCOUNT_NOTIONAL: Final = "above_account_notional"
NOTIONAL_RATE_REACHED: Final = "notional_rate_reached"
MARKET_UNKNOWN: Final = "market_unknown"
MARKET_HALTED: Final = "market_halted"
INVALID_MARKET_STATUS: Final = "invalid_market_status"
MARKET_HAS_ORDERS: Final = "market_has_orders"
INVALID_SYMBOL: Final = "invalid_symbol"
SYMBOL_TAKEN: Final = "symbol_taken"
INVALID_DECIMALS: Final = "invalid_decimals"
NOTIONAL_NOT_EXACT: Final = "notional_not_exact"
INVALID_MARKET: Final = "invalid_market"
INVALID_ACCOUNT: Final = "invalid_account"
COMMAND_UNAVAILABLE: Final = "command_unavailable"
OUTBOX_GAP: Final = "outbox_gap"
INVALID_EPOCH: Final = "invalid_epoch"
UPGRADE_MISMATCH: Final = "upgrade_mismatch"
MALFORMED_COMMAND: Final = "malformed_command"
STORAGE_LOW: Final = "storage_low"
OVERLOADED: Final = "overloaded"
OUTCOME_UNKNOWN: Final = "outcome_unknown"
NOT_YET_VISIBLE: Final = "not_yet_visible"
UNAVAILABLE: Final = "unavailable"
INTERNAL_ERROR: Final = "internal_error"
CONNECTION_LIMIT: Final = "connection_limit"
SLOW_READER: Final = "slow_reader"
HEARTBEAT_MISSED: Final = "heartbeat_missed"
SHUTTING_DOWN: Final = "shutting_down"
STATEMENT_UNTIED: Final = "statement_untied"

# The stage that refuses, by code.
BANDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        MALFORMED_JSON: "request",
        BODY_TOO_LARGE: "request",
        UNSUPPORTED_MEDIA_TYPE: "request",
        UNKNOWN_FIELD: "request",
        MISSING_FIELD: "request",
        DUPLICATE_FIELD: "request",
        INVALID_FIELD: "request",
        INVALID_DECIMAL: "request",
        TOO_MANY_DECIMALS: "request",
        NUMBER_OUT_OF_RANGE: "request",
        NOT_FOUND: "request",
        METHOD_NOT_ALLOWED: "request",
        IDEMPOTENCY_KEY_CONFLICT: "request",
        IDEMPOTENCY_KEY_MISSING: "request",
        INVALID_CURSOR: "request",
        RATE_LIMITED: "request",
        UNKNOWN_OP: "request",
        CHANNEL_UNKNOWN: "request",
        INTERVAL_UNKNOWN: "request",
        MALFORMED_MESSAGE: "request",
        MESSAGE_TOO_LARGE: "request",
        MESSAGE_RATE: "request",
        SUBSCRIPTION_LIMIT: "request",
        ORIGIN_NOT_ALLOWED: "request",
        MALFORMED_REQUEST: "request",
        VERSION_OUTDATED: "request",
        UNSUPPORTED_FILE: "request",
        INDICATOR_UNKNOWN: "request",
        INVALID_PARAMETER: "request",
        WORKSPACE_FULL: "request",
        NOT_AUTHENTICATED: "session",
        WRONG_CREDENTIALS: "session",
        TOO_MANY_ATTEMPTS: "session",
        WEAK_PASSWORD: "session",
        REFRESH_TOKEN_INVALID: "session",
        FORBIDDEN: "session",
        SESSION_ENDED: "session",
        PRICE_REACHED: "session",
        SECOND_FACTOR_REQUIRED: "session",
        WRONG_CODE: "session",
        CHALLENGE_ENDED: "session",
        STEP_UP_REQUIRED: "session",
        SECOND_FACTOR_EXISTS: "session",
        SECOND_FACTOR_MISSING: "session",
        PASSKEY_REFUSED: "session",
        PASSKEY_LIMIT: "session",
        LINK_ENDED: "session",
        LINK_OF_ANOTHER: "session",
        BREACHED_PASSWORD: "session",
        SIGNATURE_INVALID: "session",
        TIMESTAMP_OUTSIDE_WINDOW: "session",
        SIGNATURE_REPEATED: "session",
        API_KEY_ENDED: "session",
        ADDRESS_NOT_ALLOWED: "session",
        SCOPE_MISSING: "session",
        PERSON_REQUIRED: "session",
        API_KEY_REQUIRED: "session",
        API_KEY_UNKNOWN: "session",
        API_KEY_LIMIT: "session",
        ACCOUNT_NOT_CLOSABLE: "session",
        OPERATOR_FACTOR_MISSING: "session",
        ROLE_MISSING: "session",
        SIGN_IN_FROZEN: "session",
        NOT_TO_ONESELF: "session",
        OWN_REQUEST: "session",
        REQUEST_CLOSED: "session",
        ASKER_ROLE_MISSING: "session",
        ACCOUNT_LIMIT: "session",
        ACCOUNT_NAME_TAKEN: "session",
        ACCOUNT_IS_MAIN: "session",
        ACCOUNT_NOT_EMPTY: "session",
        ACCOUNT_ARCHIVED: "session",
        VERIFICATION_NOT_OPEN: "session",
        VERIFICATION_REACHED: "session",
        DOCUMENTS_MISSING: "session",
        DOCUMENT_REFUSED: "session",
        COUNTRY_REFUSED: "session",
        VERIFICATION_DECIDED: "session",
        SANCTIONS_HIT: "session",
        ORGANISATION_UNKNOWN: "session",
        MEMBER_ROLE_MISSING: "session",
        LAST_OWNER: "session",
        ORGANISATION_LIMIT: "session",
        MEMBER_UNKNOWN: "session",
        ALREADY_MEMBER: "session",
        POLICY_OUT_OF_REACH: "session",
        MEMBERSHIP_CHANGED: "session",
        EMAIL_NOT_VERIFIED: "session",
        INVITATION_UNKNOWN: "session",
        APPROVAL_UNKNOWN: "session",
        PRICE_ALERT_UNKNOWN: "session",
        PRICE_ALERT_LIMIT: "session",
        INSUFFICIENT_FUNDS: "funds",
        ACCOUNT_UNKNOWN: "funds",
        ACCOUNT_FROZEN: "funds",
        ACCOUNT_CANNOT_TRADE: "funds",
        SUPPLY_EXCEEDED: "funds",
        TRANSFER_INVALID: "funds",
        ASSET_UNKNOWN: "funds",
        FAUCET_LIMIT: "funds",
        TRANSFER_NOT_HELD: "funds",
        CONDITION_NOT_MET: "funds",
        INVALID_FEE_TIER: "funds",
        INVALID_SIDE: "order",
        ORDER_TYPE_UNAVAILABLE: "order",
        INVALID_TIME_IN_FORCE: "order",
        INVALID_SELF_TRADE_PREVENTION: "order",
        PRICE_OUT_OF_RANGE: "order",
        PRICE_OFF_TICK: "order",
        QUANTITY_OUT_OF_RANGE: "order",
        QUANTITY_OFF_LOT: "order",
        BELOW_MIN_NOTIONAL: "order",
        QUANTITY_OR_QUOTE_AMOUNT: "order",
        POST_ONLY_NOT_ALLOWED: "order",
        POST_ONLY_WOULD_TAKE: "order",
        TOO_MANY_OPEN_ORDERS: "order",
        INVALID_CLIENT_ORDER_ID: "order",
        CLIENT_ORDER_ID_CONFLICT: "order",
        ORDER_UNKNOWN: "order",
        ORDER_NOT_OPEN: "order",
        INVALID_EXPIRY: "order",
        INVALID_DISPLAY_QUANTITY: "order",
        AMEND_BELOW_FILLED: "order",
        INVALID_REPLACE_MODE: "order",
        WOULD_TRIGGER: "order",
        INVALID_STOP_PRICE: "order",
        INVALID_TRAILING_DELTA: "order",
        INVALID_ORDER_LIST: "order",
        ORDER_IS_LINKED: "order",
        NOT_IN_AUCTION: "order",
        PRICE_OUTSIDE_BAND: "order",
        ABOVE_MAX_NOTIONAL: "order",
        BELOW_MIN_QUANTITY: "order",
        INVALID_CANCEL_TIMER: "order",
        NOTHING_TO_AMEND: "order",
        ABOVE_ACCOUNT_QUANTITY: "order",
        ABOVE_ACCOUNT_NOTIONAL: "order",
        NOTIONAL_RATE_REACHED: "order",
        MARKET_UNKNOWN: "market",
        MARKET_HALTED: "market",
        INVALID_MARKET_STATUS: "market",
        MARKET_HAS_ORDERS: "market",
        INVALID_SYMBOL: "listing",
        SYMBOL_TAKEN: "listing",
        INVALID_DECIMALS: "listing",
        NOTIONAL_NOT_EXACT: "listing",
        INVALID_MARKET: "listing",
        INVALID_ACCOUNT: "listing",
        COMMAND_UNAVAILABLE: "service",
        OUTBOX_GAP: "service",
        INVALID_EPOCH: "service",
        UPGRADE_MISMATCH: "service",
        MALFORMED_COMMAND: "service",
        STORAGE_LOW: "service",
        OVERLOADED: "service",
        OUTCOME_UNKNOWN: "service",
        NOT_YET_VISIBLE: "service",
        UNAVAILABLE: "service",
        INTERNAL_ERROR: "service",
        CONNECTION_LIMIT: "service",
        SLOW_READER: "service",
        HEARTBEAT_MISSED: "service",
        SHUTTING_DOWN: "service",
        STATEMENT_UNTIED: "service",
    }
)
