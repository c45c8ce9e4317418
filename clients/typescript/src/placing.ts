/**
 * Placing an order so that its outcome is known in the end, and so that it cannot be placed twice.
 *
 * Every intent has a `client_order_id`. While no answer has come nobody says that the order failed: after
 * three seconds it is being checked, by looking the id up and, for a short while, by sending the very same
 * order again, which the exchange takes as the same. It counts as not placed only when a look-up finds
 * nothing so long after the last sending that nothing of it can be under way any more.
 */

import type { CseClient, Fill, NewOrder, NewOrderList, Order } from "./client.ts";
import { ApiError, mayHaveHappened } from "./errors.ts";
import { SYSTEM_TIMING, type Timer, type Timing } from "./timing.ts";

/** What is known of an order that was sent. */
export type PlacingState =
  | { readonly phase: "sending"; readonly clientOrderId: string }
  /** `signedOut`: it cannot be looked up before somebody signs in again. */
  | { readonly phase: "checking"; readonly clientOrderId: string; readonly signedOut: boolean }
  /** `fills` are those of the answer; of an order that was looked up they are to be read apart. */
  | {
      readonly phase: "placed";
      readonly clientOrderId: string;
      readonly order: Order;
      /** Those placed with it as a list; empty too of one that was looked up. */
      readonly others: readonly Order[];
      readonly fills: readonly Fill[] | null;
    }
  | { readonly phase: "rejected"; readonly clientOrderId: string; readonly error: ApiError }
  /** It never reached the exchange. */
  | { readonly phase: "not_placed"; readonly clientOrderId: string };

export type PlacingOutcome = Extract<PlacingState, { phase: "placed" | "rejected" | "not_placed" }>;

/** What placing needs of a client; one that tells its session speaks for nobody but that person. */
export type PlacingClient = Pick<CseClient, "placeOrder" | "orderByClientId"> &
  Partial<Pick<CseClient, "session">>;

export interface PlacingOptions {
  readonly onState?: (state: PlacingState) => void;
  /** After which time without an answer the state is `checking`. */
  readonly checkAfterMs?: number;
  /** For how long since the intent the same order may be sent again. */
  readonly resendWithinMs?: number;
  /** For how long after a sending ended without an answer it may still arrive. */
  readonly arrivesWithinMs?: number;
  readonly timing?: Timing;
}

const CHECK_AFTER_MS = 3_000;
const RESEND_WITHIN_MS = 10_000;
// Longer than the edge waits for the leader, and the leader's queue is emptied in between.
const ARRIVES_WITHIN_MS = 7_000;
const LOOK_FIRST_MS = 250;
const LOOK_MOST_MS = 4_000;

const UNDER_WAY = new WeakMap<PlacingClient, Map<string, Promise<PlacingOutcome>>>();

/** A new `client_order_id`, for one press of a button. */
export function newClientOrderId(): string {
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(16));
  return `w-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

/**
 * Places `order`, which has a `client_order_id`, and resolves when its outcome is known. Called again with
 * the same id while that goes on, it gives the same promise and sends nothing.
 */
export function placeAndResolve(
  client: PlacingClient,
  order: NewOrder & { client_order_id: string },
  options: PlacingOptions = {},
): Promise<PlacingOutcome> {
  const send = async (): Promise<Sent> => ({ ...(await client.placeOrder(order)), others: [] });
  return once(client, order.client_order_id, () =>
    new Placing(client, order.client_order_id, send, options).run(),
  );
}

/**
 * Places orders that are linked, of which the first has a `client_order_id`, as `placeAndResolve` does one.
 * The outcome is that of the first: they are placed all or none.
 */
export function placeListAndResolve(
  client: PlacingClient & Pick<CseClient, "placeList">,
  list: NewOrderList,
  options: PlacingOptions = {},
): Promise<PlacingOutcome> {
  const id = list.orders[0]?.client_order_id;
  if (!id) throw new Error("the first order of a list has an id of the client's");
  const send = async (): Promise<Sent> => {
    const { orders, fills } = await client.placeList(list);
    const [order, ...others] = orders;
    return { order: order as Order, others, fills };
  };
  return once(client, id, () => new Placing(client, id, send, options).run());
}

/** Resolves when it is known what became of an order that was sent before, say by a page that was reloaded. */
export function resolvePlaced(
  client: PlacingClient,
  clientOrderId: string,
  options: PlacingOptions = {},
): Promise<PlacingOutcome> {
  return once(client, clientOrderId, () => new Placing(client, clientOrderId, null, options).resolve());
}

function once(
  client: PlacingClient,
  id: string,
  start: () => Promise<PlacingOutcome>,
): Promise<PlacingOutcome> {
  const running = UNDER_WAY.get(client) ?? new Map<string, Promise<PlacingOutcome>>();
  UNDER_WAY.set(client, running);
  const known = running.get(id);
  if (known !== undefined) return known;
  const promise = start().finally(() => running.delete(id));
  running.set(id, promise);
  return promise;
}

/** By a clock that may be set, and by one that may stand still while the machine sleeps. */
interface Moment {
  readonly wallMs: number;
  readonly monotonicMs: number;
}

/** So much time has passed at least, so far as the clocks tell. */
function leastMs(from: Moment, to: Moment): number {
  const wallMs = to.wallMs - from.wallMs;
  const monotonicMs = to.monotonicMs - from.monotonicMs;
  // A clock that was set back says nothing.
  return wallMs < 0 ? monotonicMs : Math.min(wallMs, monotonicMs);
}

/** More time has not passed, so far as the clocks tell. */
function mostMs(from: Moment, to: Moment): number {
  return Math.max(to.wallMs - from.wallMs, to.monotonicMs - from.monotonicMs);
}

/** What an answer to a placement says. */
interface Sent {
  readonly order: Order;
  readonly others: readonly Order[];
  readonly fills: readonly Fill[];
}

class Placing {
  readonly #client: PlacingClient;
  /** Sends what is to be placed; null where that was done before. */
  readonly #place: (() => Promise<Sent>) | null;
  readonly #id: string;
  readonly #options: PlacingOptions;
  readonly #timing: Timing;
  /** Whose order it is. Another who signs in meanwhile has no part in it. */
  readonly #person: string | undefined;
  readonly #begunAt: Moment;
  /** Sendings that have not ended, and when the last one ended without an answer. */
  #underWay = 0;
  #unansweredAt: Moment | undefined;
  #outcome: PlacingOutcome | undefined;
  #tellKnown: () => void = () => {};
  readonly #known = new Promise<void>((resolve) => {
    this.#tellKnown = resolve;
  });
  #refusal: ApiError | undefined;
  #shown: PlacingState["phase"] | "checking signed out" | undefined;

  constructor(
    client: PlacingClient,
    clientOrderId: string,
    place: (() => Promise<Sent>) | null,
    options: PlacingOptions,
  ) {
    this.#client = client;
    this.#place = place;
    this.#id = clientOrderId;
    this.#options = options;
    this.#timing = options.timing ?? SYSTEM_TIMING;
    this.#person = client.session?.person;
    this.#begunAt = this.#now();
    // Whoever only resolves has sent it at some time before.
    this.#unansweredAt = this.#place === null ? this.#begunAt : undefined;
  }

  async run(): Promise<PlacingOutcome> {
    this.#tell({ phase: "sending", clientOrderId: this.#id });
    await this.#within(this.#options.checkAfterMs ?? CHECK_AFTER_MS, this.#send());
    return this.resolve();
  }

  /** Looks the order up, sending it again where that is allowed, until it is known. */
  async resolve(): Promise<PlacingOutcome> {
    for (let wait = LOOK_FIRST_MS; this.#outcome === undefined; wait = Math.min(wait * 2, LOOK_MOST_MS)) {
      this.#check(this.#shown === "checking signed out");
      await this.#look();
      if (this.#outcome === undefined) await this.#within(wait, this.#known);
    }
    this.#tell(this.#outcome);
    return this.#outcome;
  }

  /** Sends the order and notes what is known of it then. */
  async #send(): Promise<void> {
    if (this.#place === null || this.#isAnothers()) return;
    this.#underWay += 1;
    try {
      const { order, others, fills } = await this.#place();
      this.#conclude({ phase: "placed", clientOrderId: this.#id, order, others, fills });
    } catch (error) {
      if (error instanceof ApiError && !mayHaveHappened(error)) this.#refused(error);
      else this.#unansweredAt = this.#now();
    } finally {
      this.#underWay -= 1;
    }
  }

  /** A refusal speaks for its own sending alone; an earlier one without an answer may yet arrive. */
  #refused(error: ApiError): void {
    this.#refusal = error;
    if (this.#unansweredAt !== undefined) return;
    this.#conclude({ phase: "rejected", clientOrderId: this.#id, error });
  }

  async #look(): Promise<void> {
    if (this.#isAnothers()) return this.#check(true);
    const askedAt = this.#now();
    try {
      const order = await this.#client.orderByClientId(this.#id);
      this.#conclude({ phase: "placed", clientOrderId: this.#id, order, others: [], fills: null });
    } catch (error) {
      if (!(error instanceof ApiError)) return;
      if (error.code === "order_unknown") this.#missing(askedAt);
      else if (error.status === 401) this.#check(true);
    }
  }

  /** The look-up at `askedAt` found nothing. */
  #missing(askedAt: Moment): void {
    this.#check(false);
    if (this.#underWay > 0 || this.#outcome !== undefined) return;
    const arrivesWithin = this.#options.arrivesWithinMs ?? ARRIVES_WITHIN_MS;
    if (leastMs(this.#unansweredAt ?? this.#begunAt, askedAt) > arrivesWithin) {
      const error = this.#refusal;
      if (error === undefined) this.#conclude({ phase: "not_placed", clientOrderId: this.#id });
      else this.#conclude({ phase: "rejected", clientOrderId: this.#id, error });
      return;
    }
    const resendWithin = this.#options.resendWithinMs ?? RESEND_WITHIN_MS;
    if (this.#refusal === undefined && mostMs(this.#begunAt, askedAt) <= resendWithin) {
      void this.#send();
    }
  }

  #isAnothers(): boolean {
    const person = this.#client.session?.person;
    return person !== undefined && this.#person !== undefined && person !== this.#person;
  }

  #now(): Moment {
    return { wallMs: this.#timing.now(), monotonicMs: this.#timing.monotonicMs() };
  }

  /** Waits for `delayMs`, or for `work` if that is sooner. */
  async #within(delayMs: number, work: Promise<void>): Promise<void> {
    let timer: Timer | undefined;
    const elapsed = new Promise<void>((resolve) => {
      timer = this.#timing.setTimer(resolve, delayMs);
    });
    await Promise.race([work, elapsed]);
    this.#timing.clearTimer(timer);
  }

  /** The first word on the outcome is the last. */
  #conclude(outcome: PlacingOutcome): void {
    this.#outcome ??= outcome;
    this.#tellKnown();
  }

  #check(signedOut: boolean): void {
    const shown = signedOut ? "checking signed out" : "checking";
    if (this.#shown === shown || this.#outcome !== undefined) return;
    this.#tell({ phase: "checking", clientOrderId: this.#id, signedOut });
    this.#shown = shown;
  }

  #tell(state: PlacingState): void {
    this.#shown = state.phase;
    this.#options.onState?.(state);
  }
}
