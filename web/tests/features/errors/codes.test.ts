import { CODES } from "@cse/client";
import { describe, expect, it } from "vitest";
import errors from "#messages/en/errors.json";

/** Codes that no page of the app can bring about: bodies it does not write, doors it does not use. */
const NEVER_MET = new Set([
  "malformed_json",
  "body_too_large",
  "unsupported_media_type",
  "unknown_field",
  "duplicate_field",
  "method_not_allowed",
  "idempotency_key_missing",
  "unknown_op",
  "channel_unknown",
  "malformed_message",
  "message_too_large",
  "message_rate",
  "subscription_limit",
  "origin_not_allowed",
  "supply_exceeded",
  "transfer_invalid",
  "transfer_not_held",
  "condition_not_met",
  "invalid_fee_tier",
  "invalid_side",
  "invalid_self_trade_prevention",
  "invalid_client_order_id",
  "invalid_expiry",
  "invalid_display_quantity",
  "amend_below_filled",
  "invalid_replace_mode",
  "would_trigger",
  "invalid_stop_price",
  "invalid_trailing_delta",
  "invalid_order_list",
  "order_is_linked",
  "invalid_cancel_timer",
  "invalid_market_status",
  "market_has_orders",
  "command_unavailable",
  "outbox_gap",
  "invalid_epoch",
  "upgrade_mismatch",
  "malformed_command",
  "connection_limit",
  "slow_reader",
  "heartbeat_missed",
  "shutting_down",
]);

describe("the words for errors", () => {
  it("cover every code that a person can meet", () => {
    const listing = Object.entries(CODES).filter(
      ([, entry]) => (entry as { band?: string }).band === "listing",
    );
    const never = new Set([...NEVER_MET, ...listing.map(([code]) => code)]);
    const missing = Object.keys(CODES).filter((code) => !never.has(code) && !(code in errors.codes));
    expect(missing).toEqual([]);
  });

  it("name no code that is not in the catalogue", () => {
    const unknown = Object.keys(errors.codes).filter((code) => code !== "unrecognised" && !(code in CODES));
    expect(unknown).toEqual([]);
  });
});
