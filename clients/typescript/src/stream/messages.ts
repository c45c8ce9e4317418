/** What the page and the worker say to each other. All of it can be cloned between threads. */

import type { Market } from "../market.ts";
import type { Channel, StreamStatus } from "./channels.ts";

/** A book whose levels are runs of integers: ticks, lots, ticks, lots... */
export interface PackedBook {
  readonly kind: "book";
  readonly market: string;
  readonly bids: BigUint64Array<ArrayBuffer>;
  readonly asks: BigUint64Array<ArrayBuffer>;
  readonly sequence: bigint;
  readonly at: number;
  readonly resyncing: boolean;
}

export type PackedFrame = PackedBook | { readonly kind: "value"; readonly value: unknown };

export type PageMessage =
  | { readonly kind: "open"; readonly url: string }
  | {
      readonly kind: "subscribe";
      readonly channel: Channel;
      readonly depth: number;
      readonly market: Market | undefined;
    }
  | { readonly kind: "unsubscribe"; readonly channel: Channel }
  /** Whether somebody is signed in; again after each sign-in, sign-out or change of person. */
  | { readonly kind: "identity"; readonly person: string | null; readonly account: string | null }
  | { readonly kind: "token"; readonly id: number; readonly token: string | null }
  /** Send the next frame as soon as there is something in it. */
  | { readonly kind: "ask" }
  /** The page is not looked at: send none after all. */
  | { readonly kind: "withdraw" }
  | { readonly kind: "close" };

export type WorkerMessage =
  | {
      readonly kind: "frame";
      readonly status: StreamStatus | null;
      readonly channels: readonly (readonly [Channel, PackedFrame])[];
      /** Channels that the server refuses, and its code. */
      readonly refused: readonly (readonly [Channel, string])[];
    }
  /** A token is needed; `renew` where the one at hand was not good. */
  | { readonly kind: "token"; readonly id: number; readonly renew: boolean };

/** One end of the line between page and worker. */
export interface Port<Outgoing, Incoming> {
  post(message: Outgoing): void;
  listen(listener: (message: Incoming) => void): void;
  close(): void;
}
