/** Messages of the socket. */

import type { Placed } from "../position.ts";

/** A snapshot or a difference of a channel. */
export interface DataMessage extends Placed {
  readonly channel: string;
  readonly journal_sequence: string;
  /** RFC 3339. */
  readonly time: string;
  readonly data: unknown;
}

export interface Welcome {
  readonly op: "welcome";
  readonly session: string;
  readonly time: string;
  readonly heartbeat_s: number;
}

export type ControlMessage =
  | Welcome
  | { readonly op: "subscribed"; readonly id?: string; readonly channels: readonly string[] }
  | {
      readonly op: "unsubscribed";
      readonly id?: string;
      readonly channels: readonly string[];
      readonly code?: string;
    }
  | { readonly op: "authenticated"; readonly id?: string; readonly expires_at: string }
  | {
      readonly op: "pong";
      readonly id?: string;
      readonly time: string;
      readonly journal_sequence: string;
    }
  | { readonly op: "heartbeat"; readonly time: string; readonly journal_sequence: string }
  | {
      readonly op: "error";
      readonly id?: string;
      readonly channel?: string;
      readonly code: string;
      readonly message: string;
    }
  | { readonly op: "closing"; readonly code: string; readonly message: string };

export type ServerMessage =
  | { readonly kind: "data"; readonly message: DataMessage }
  | { readonly kind: "control"; readonly message: ControlMessage }
  /** A message of a channel that cannot be read. */
  | { readonly kind: "broken"; readonly channel: string }
  /** Of a later server; to be skipped. */
  | { readonly kind: "unknown" };

/** A channel to subscribe to, with the position after which to go on. */
export type ChannelRequest =
  | string
  | { readonly channel: string; readonly epoch: string; readonly sequence: string };

export type ClientMessage =
  | { readonly op: "subscribe"; readonly id: string; readonly channels: readonly ChannelRequest[] }
  | { readonly op: "unsubscribe"; readonly id: string; readonly channels: readonly string[] }
  | {
      readonly op: "authenticate";
      readonly id: string;
      readonly access_token: string;
      readonly account?: string;
    }
  | { readonly op: "ping"; readonly id: string };

const NUMBER = /^[0-9]{1,20}$/;

/** Reads what a socket has brought, a text of JSON or what was unpacked of it; null where it is no message at all. */
export function readMessage(data: unknown): ServerMessage | null {
  const parsed = typeof data === "string" ? parsedJson(data) : data;
  if (!isRecord(parsed)) return null;
  if (typeof parsed["op"] === "string") {
    return { kind: "control", message: parsed as unknown as ControlMessage };
  }
  if (isData(parsed)) return { kind: "data", message: parsed as unknown as DataMessage };
  const channel = parsed["channel"];
  return typeof channel === "string" ? { kind: "broken", channel } : { kind: "unknown" };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Whether the value is an object of JSON. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isData(value: Record<string, unknown>): boolean {
  const { channel, type, epoch, previous, sequence } = value;
  const numbered = [epoch, sequence, value["journal_sequence"]].every(
    (number) => typeof number === "string" && NUMBER.test(number),
  );
  const follows = type === "snapshot" || (typeof previous === "string" && NUMBER.test(previous));
  const known = type === "snapshot" || type === "update";
  return typeof channel === "string" && known && numbered && follows && isRecord(value["data"]);
}
