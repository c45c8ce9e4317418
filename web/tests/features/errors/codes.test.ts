import { CODES } from "@cse/client";
import { describe, expect, it } from "vitest";
import admin from "#messages/en/admin.json";
import alerts from "#messages/en/alerts.json";
import errors from "#messages/en/errors.json";
import verification from "#messages/en/verification.json";

/** Codes that no page of the app can bring about: bodies it does not write, doors it does not use. */
const NEVER_MET = new Set([
  "malformed_json",
  "body_too_large",
  "unsupported_media_type",
  "unknown_field",
  "duplicate_field",
  "method_not_allowed",
  "malformed_request",
  "idempotency_key_missing",
  "unknown_op",
  "channel_unknown",
  "indicator_unknown",
  "invalid_parameter",
  "workspace_full",
  "malformed_message",
  "message_too_large",
  "message_rate",
  "subscription_limit",
  "origin_not_allowed",
  "signature_invalid",
  "timestamp_outside_window",
  "signature_repeated",
  "api_key_ended",
  "address_not_allowed",
  "scope_missing",
  "person_required",
  "api_key_required",
  "api_key_unknown",
  "api_key_limit",
  "transfer_invalid",
  "transfer_not_held",
  "condition_not_met",
  "invalid_fee_tier",
  "command_unavailable",
  "outbox_gap",
  "invalid_epoch",
  "upgrade_mismatch",
  "malformed_command",
  "connection_limit",
  "slow_reader",
  "heartbeat_missed",
  "shutting_down",
  // The portfolio says it in words of its own.
  "statement_untied",
]);

/** Codes that one page alone meets, with words that come with it. */
const OF_A_PAGE = { ...verification.codes, ...admin.verification.codes, ...alerts.codes };

describe("the words for errors", () => {
  it("cover every code that a person can meet", () => {
    const listing = Object.entries(CODES).filter(
      ([, entry]) => (entry as { band?: string }).band === "listing",
    );
    const never = new Set([...NEVER_MET, ...listing.map(([code]) => code)]);
    const words = { ...errors.codes, ...OF_A_PAGE };
    const missing = Object.keys(CODES).filter((code) => !never.has(code) && !(code in words));
    expect(missing).toEqual([]);
  });

  it("cover whatever an order can be refused with, though another client had placed it", () => {
    const ofOrders = Object.entries(CODES).filter(([, { band }]) => band === "order" || band === "market");
    expect(ofOrders.filter(([code]) => !(code in errors.codes))).toEqual([]);
  });

  it("name no code that is not in the catalogue", () => {
    const unknown = Object.keys({ ...errors.codes, ...OF_A_PAGE }).filter(
      (code) => code !== "unrecognised" && !(code in CODES),
    );
    expect(unknown).toEqual([]);
  });
});
