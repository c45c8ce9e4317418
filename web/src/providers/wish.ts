"use client";

import { ApiError, mayHaveHappened } from "@cse/client";
import { useState } from "react";

/** What is wrong with who asks is said before anybody looks what the key has done. */
const ABOUT_WHO_ASKS: readonly number[] = [401, 403];

/**
 * The Idempotency-Keys of wishes, by what is wished for. A wish keeps its key until it is known what became
 * of it, also while another one is written: however often it is sent until then, money moves once.
 */
export class WishKeys {
  readonly #open = new Map<string, { readonly key: string; unknown: boolean }>();

  keyOf(wish: string): string {
    return this.#openOf(wish).key;
  }

  /** Whether it has been sent, and may have been done. */
  isUnknown(wish: string): boolean {
    return this.#open.get(wish)?.unknown ?? false;
  }

  /** It was done: the same wish is another one from now on. */
  done(wish: string): void {
    this.#open.delete(wish);
  }

  /** A refusal of the wish itself ends it too: the exchange would repeat it for as long as it knows the key. */
  failed(wish: string, error: unknown): void {
    if (mayHaveHappened(error)) this.#openOf(wish).unknown = true;
    else if (isOfTheWish(error)) this.#open.delete(wish);
  }

  #openOf(wish: string) {
    const open = this.#open.get(wish) ?? { key: crypto.randomUUID(), unknown: false };
    this.#open.set(wish, open);
    return open;
  }
}

/** Whether the exchange has looked at what is wished for and has not done it, under this key. */
function isOfTheWish(error: unknown): boolean {
  if (!(error instanceof ApiError) || error.code === "unrecognised" || error.retryable) return false;
  return !ABOUT_WHO_ASKS.includes(error.status);
}

export interface Asking {
  readonly busy: boolean;
  /** Why this wish was not granted, or is not known to be; null while there is nothing to say. */
  readonly error: unknown;
  /** It was sent and may have been done: to ask again finds out, and does nothing twice. */
  readonly unknown: boolean;
  /** Sends the wish with its key, one at a time; gives the answer, or nothing where there is an error. */
  ask<Answer>(send: (key: string) => Promise<Answer>): Promise<Answer | undefined>;
}

/** What a form wishes for, as a text that is another for each other wish. */
export function useWish(wish: string): Asking {
  const [keys] = useState(() => new WishKeys());
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<{ readonly wish: string; readonly error: unknown } | null>(null);

  async function ask<Answer>(send: (key: string) => Promise<Answer>): Promise<Answer | undefined> {
    if (busy) return undefined;
    setBusy(true);
    setFailure(null);
    try {
      const answer = await send(keys.keyOf(wish));
      keys.done(wish);
      return answer;
    } catch (error) {
      keys.failed(wish, error);
      setFailure({ wish, error });
      return undefined;
    } finally {
      setBusy(false);
    }
  }

  const error = failure?.wish === wish ? failure.error : null;
  return { busy, error, unknown: keys.isUnknown(wish), ask };
}
