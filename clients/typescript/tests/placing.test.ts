import { describe, expect, test } from "vitest";
import { ApiError, OutcomeUnknown } from "../src/errors.ts";
import {
  newClientOrderId,
  type PlacingClient,
  type PlacingOutcome,
  type PlacingState,
  placeAndResolve,
  resolvePlaced,
} from "../src/placing.ts";
import type { Session } from "../src/session.ts";
import { order } from "./answers.ts";
import { SimulatedTiming } from "./timing.ts";

const NEW_ORDER = {
  market: "LUNA-USDC",
  side: "buy",
  type: "limit",
  price: "0.04201",
  quantity: "1",
  client_order_id: "w-1",
} as const;
const UNKNOWN_ORDER = new ApiError(404, { code: "order_unknown" });
const SHORT = new ApiError(422, { code: "insufficient_funds" });
const SIGNED_OUT = new ApiError(401, { code: "not_authenticated" });
const LOST = new OutcomeUnknown("unknown");
const TIMED_OUT = new ApiError(503, { code: "outcome_unknown" });

/** Whoever is signed in. */
function sessionOf(person: string): Session {
  return { person, account: "4", displayName: person, accessToken: "t", expiresAt: 0, refreshToken: null };
}

/** What happens to one sending: when it is answered, whether the exchange takes it in, and what it says. */
interface Sending {
  readonly afterMs: number;
  readonly takenInMs?: number;
  readonly error?: Error;
}

const LOST_FOR_EVER: Sending[] = Array.from({ length: 99 }, () => ({ afterMs: 100, error: LOST }));

/** An exchange that takes an id in once, and forgets answers as told. */
class Exchange implements PlacingClient {
  readonly sent: string[] = [];
  looks = 0;
  takenIn: string | null = null;
  /** Who is signed in, and who was when the order was taken in: nobody else finds it. */
  session: Session = sessionOf("ada");
  #takenInOf: string | undefined;
  /** What look-ups say in place of the truth. */
  lookError: (() => Error | undefined) | undefined;
  readonly #timing: SimulatedTiming;
  readonly #sendings: Sending[];

  constructor(timing: SimulatedTiming, sendings: Sending[]) {
    this.#timing = timing;
    this.#sendings = sendings;
  }

  readonly placeOrder: PlacingClient["placeOrder"] = async (asked) => {
    const id = asked.client_order_id ?? "";
    const sending = this.#sendings[this.sent.length] ?? { afterMs: 50, takenInMs: 20 };
    this.sent.push(id);
    if (sending.takenInMs !== undefined) {
      const { person } = this.session;
      this.#timing.setTimer(() => {
        this.takenIn ??= id;
        this.#takenInOf ??= person;
      }, sending.takenInMs);
    }
    await this.#timing.sleep(sending.afterMs);
    if (sending.error !== undefined) throw sending.error;
    return { order: order(id), fills: [], prevented: [], sequence: "9" };
  };

  readonly orderByClientId: PlacingClient["orderByClientId"] = async (id) => {
    this.looks += 1;
    const { person } = this.session;
    await this.#timing.sleep(20);
    const error = this.lookError?.();
    if (error !== undefined) throw error;
    if (this.takenIn !== id || person !== (this.#takenInOf ?? person)) throw UNKNOWN_ORDER;
    return order(id);
  };
}

async function placed(
  sendings: Sending[],
  passMs = 60_000,
  prepare: (exchange: Exchange, timing: SimulatedTiming) => void = () => {},
): Promise<{
  phases: string[];
  outcome: PlacingOutcome | undefined;
  exchange: Exchange;
  states: PlacingState[];
}> {
  const timing = new SimulatedTiming();
  const exchange = new Exchange(timing, sendings);
  prepare(exchange, timing);
  const states: PlacingState[] = [];
  let outcome: PlacingOutcome | undefined;
  void placeAndResolve(exchange, NEW_ORDER, { timing, onState: (state) => states.push(state) }).then(
    (known) => {
      outcome = known;
    },
  );
  await timing.pass(passMs);
  return { phases: states.map((state) => state.phase), outcome, exchange, states };
}

describe("an answer that comes", () => {
  test("in time is the outcome", async () => {
    const { phases, outcome, exchange } = await placed([{ afterMs: 50, takenInMs: 20 }]);
    expect(phases).toEqual(["sending", "placed"]);
    expect(outcome).toMatchObject({ phase: "placed", order: { id: "17" }, fills: [] });
    expect([exchange.sent.length, exchange.looks]).toEqual([1, 0]);
  });

  test("with a refusal is the outcome", async () => {
    const { phases, outcome } = await placed([{ afterMs: 50, error: SHORT }]);
    expect(phases).toEqual(["sending", "rejected"]);
    expect(outcome).toMatchObject({ phase: "rejected", error: { code: "insufficient_funds" } });
  });

  test("late is waited for with a look: checking, then placed", async () => {
    const { phases, exchange } = await placed([{ afterMs: 8_000, takenInMs: 7_000 }]);
    expect(phases).toEqual(["sending", "checking", "placed"]);
    expect(exchange.sent).toHaveLength(1);
    expect(exchange.looks).toBeGreaterThan(1);
  });

  test("late with a refusal is a refusal", async () => {
    expect((await placed([{ afterMs: 5_000, error: SHORT }])).phases).toEqual([
      "sending",
      "checking",
      "rejected",
    ]);
  });
});

describe("no answer", () => {
  test.each<[string, Error]>([
    ["the network went away", LOST],
    ["the exchange did not hear back in time", TIMED_OUT],
  ])("%s, and the order is there", async (_, error) => {
    const { phases, outcome, exchange } = await placed([{ afterMs: 100, takenInMs: 50, error }]);
    expect(phases).toEqual(["sending", "checking", "placed"]);
    expect(outcome).toMatchObject({ phase: "placed", fills: null });
    expect(exchange.sent).toHaveLength(1);
  });

  test("and no order: the very same is sent again", async () => {
    const { phases, exchange } = await placed([{ afterMs: 100, error: LOST }]);
    expect(phases).toEqual(["sending", "checking", "placed"]);
    expect(exchange.sent).toEqual(["w-1", "w-1"]);
  });

  test("and the order arrives late: it is found, and is one order", async () => {
    const { outcome, exchange } = await placed([
      { afterMs: 100, takenInMs: 4_000, error: LOST },
      { afterMs: 9_000, error: LOST },
    ]);
    expect(outcome?.phase).toBe("placed");
    expect(exchange.takenIn).toBe("w-1");
  });

  test("ever: it is never called failed while something may be under way", async () => {
    const early = await placed(LOST_FOR_EVER, 10_000);
    expect(early.phases).toEqual(["sending", "checking"]);
    const late = await placed(LOST_FOR_EVER);
    expect(late.phases).toEqual(["sending", "checking", "not_placed"]);
    expect(late.exchange.sent.length).toBeLessThan(20);
  });

  test("and a clock that is set back: it is given up no later for that", async () => {
    const { phases } = await placed(LOST_FOR_EVER, 60_000, (_, timing) => {
      timing.setTimer(() => timing.step(-3_600_000), 12_000);
    });
    expect(phases).toEqual(["sending", "checking", "not_placed"]);
  });

  test("to look-ups either: it stays checking until one is heard", async () => {
    let away = true;
    const gone = await placed([{ afterMs: 100, takenInMs: 50, error: LOST }], 300_000, (exchange) => {
      exchange.lookError = () => (away ? new OutcomeUnknown("none") : undefined);
    });
    expect(gone.phases).toEqual(["sending", "checking"]);
    away = false;
    const back = await placed([{ afterMs: 100, takenInMs: 50, error: LOST }], 300_000, (exchange, timing) => {
      away = true;
      exchange.lookError = () => (away ? new OutcomeUnknown("none") : undefined);
      timing.setTimer(() => {
        away = false;
      }, 200_000);
    });
    expect(back.phases).toEqual(["sending", "checking", "placed"]);
  });

  test("and a refusal of the second sending: rejected only when the first can not arrive any more", async () => {
    const sendings = [
      { afterMs: 100, error: LOST },
      { afterMs: 100, error: SHORT },
    ];
    expect((await placed(sendings, 5_000)).phases).toEqual(["sending", "checking"]);
    expect((await placed(sendings)).outcome).toMatchObject({ phase: "rejected", error: SHORT });
    const arrived = await placed([{ afterMs: 100, takenInMs: 3_000, error: LOST }, sendings[1] as Sending]);
    expect(arrived.outcome).toMatchObject({ phase: "placed" });
  });

  test("and another person signs in meanwhile: it is neither sent nor looked up as theirs", async () => {
    const { states, exchange } = await placed(
      [{ afterMs: 100, takenInMs: 6_000, error: LOST }],
      60_000,
      (exchange, timing) => {
        timing.setTimer(() => {
          exchange.session = sessionOf("grace");
        }, 50);
        timing.setTimer(() => {
          exchange.session = sessionOf("ada");
        }, 30_000);
      },
    );
    expect(states.map((state) => (state.phase === "checking" ? state.signedOut : state.phase))).toEqual([
      "sending",
      false,
      true,
      "placed",
    ]);
    expect(exchange.sent).toEqual(["w-1"]);
  });

  test.each<[string, number]>([
    ["forward", 3_600_000],
    ["back", -3_600_000],
  ])("and a clock that is set %s: neither given up nor sent again for that", async (_, stepMs) => {
    const sendings = [{ afterMs: 100, takenInMs: 5_000, error: LOST }, ...LOST_FOR_EVER];
    const { phases, exchange } = await placed(sendings, 60_000, (_, timing) => {
      timing.setTimer(() => timing.step(stepMs), 240);
    });
    expect(phases).toEqual(["sending", "checking", "placed"]);
    const never = await placed(LOST_FOR_EVER, 300_000, (_, timing) => {
      timing.setTimer(() => timing.step(stepMs), 240);
    });
    expect(never.phases.at(-1)).toBe("not_placed");
    expect(never.exchange.sent.length).toBeLessThan(20);
    expect(exchange.takenIn).toBe("w-1");
  });

  test("and signed out meanwhile: it says so, and is known after signing in", async () => {
    const { states } = await placed(
      [{ afterMs: 100, takenInMs: 50, error: LOST }],
      60_000,
      (exchange, timing) => {
        let out = true;
        exchange.lookError = () => (out ? SIGNED_OUT : undefined);
        timing.setTimer(() => {
          out = false;
        }, 20_000);
      },
    );
    expect(states.map((state) => (state.phase === "checking" ? state.signedOut : state.phase))).toEqual([
      "sending",
      false,
      true,
      "placed",
    ]);
  });
});

describe("an intent", () => {
  test("is one order, however often it is pressed", async () => {
    const timing = new SimulatedTiming();
    const exchange = new Exchange(timing, []);
    const first = placeAndResolve(exchange, NEW_ORDER, { timing });
    const second = placeAndResolve(exchange, NEW_ORDER, { timing });
    expect(second).toBe(first);
    await timing.pass(1_000);
    expect((await first).phase).toBe("placed");
    expect(exchange.sent).toEqual(["w-1"]);
  });

  test("has an id that the exchange takes, never the same", () => {
    const ids = Array.from({ length: 100 }, newClientOrderId);
    expect(new Set(ids).size).toBe(100);
    for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9._:/-]{1,36}$/);
  });

  test("of a page that was reloaded is looked up, and not sent again", async () => {
    const timing = new SimulatedTiming();
    const exchange = new Exchange(timing, []);
    exchange.takenIn = "w-7";
    const found = resolvePlaced(exchange, "w-7", { timing });
    const missing = resolvePlaced(exchange, "w-8", { timing });
    await timing.pass(60_000);
    expect([(await found).phase, (await missing).phase]).toEqual(["placed", "not_placed"]);
    expect(exchange.sent).toEqual([]);
  });
});
