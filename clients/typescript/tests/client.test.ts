import { describe, expect, test } from "vitest";
import { CseClient } from "../src/client.ts";
import { ApiError, mayHaveHappened, OutcomeUnknown } from "../src/errors.ts";
import type { Session } from "../src/session.ts";
import { Answers, json, order, problem, signedIn } from "./answers.ts";

const EMPTY = { items: [], next_cursor: null, sequence: "9" };
const ADA = { email: "ada@example.com", password: "correct horse" };
const NEW_ORDER = {
  market: "LUNA-USDC",
  side: "buy",
  type: "market",
  quantity: "1",
  client_order_id: "w-1",
} as const;

function clientOf(answers: Answers, web = true, now: () => number = Date.now): CseClient {
  return new CseClient({ baseUrl: "https://exchange.test", fetch: answers.fetch, web, now });
}

describe("requests", () => {
  test("name what is asked for, and nothing that is not", async () => {
    const answers = new Answers(() => json(EMPTY));
    const client = clientOf(answers);
    await client.candles({ market: "LUNA-USDC", interval: "1m", limit: 10 });
    await client.indicator({ market: "LUNA-USDC", name: "rsi", interval: "1m", parameters: { length: 7 } });
    await client.trades({ market: "LUNA-USDC", after: "41" });
    await client.orderBook("LUNA-USDC", 200);
    expect(answers.paths()).toEqual([
      "GET https://exchange.test/api/candles/LUNA-USDC?interval=1m&limit=10",
      "GET https://exchange.test/api/indicators/LUNA-USDC?name=rsi&interval=1m&parameters=length%3A7",
      "GET https://exchange.test/api/trades?market=LUNA-USDC&after=41",
      "GET https://exchange.test/api/orderbook/LUNA-USDC?depth=200",
    ]);
    expect(answers.asked[0]?.headers).toEqual({ Accept: "application/json", "CSE-Client": "web" });
  });

  test("say which sequence the answer must reflect", async () => {
    const answers = new Answers(() => json(EMPTY));
    await clientOf(answers).markets({ minSequence: 918_221n });
    expect(answers.asked[0]?.headers["CSE-Min-Sequence"]).toBe("918221");
  });

  test("encode ids in addresses", async () => {
    const answers = new Answers(({ path }) =>
      path.includes("sign-in") ? signedIn() : json({ order: order("a/b") }),
    );
    const client = clientOf(answers);
    await client.signIn(ADA);
    await client.orderByClientId("a/b");
    expect(answers.asked[1]?.path).toBe("https://exchange.test/api/orders/by-client-id/a%2Fb");
  });

  test("tell with which orders one is linked", async () => {
    const answers = new Answers(({ path }) =>
      path.includes("sign-in") ? signedIn() : json({ order: order("5"), linked_order_ids: ["6"] }),
    );
    const client = clientOf(answers);
    await client.signIn(ADA);
    expect(await client.linkedOrderIds("5")).toEqual(["6"]);
    expect(answers.asked[1]?.path).toBe("https://exchange.test/api/orders/5");
  });

  test("tell when the cancel timer fires", async () => {
    const fires_at = "2030-01-01T00:00:00.000000Z";
    const answers = new Answers(({ path }) =>
      path.includes("sign-in") ? signedIn() : json({ fires_at, sequence: "9" }),
    );
    const client = clientOf(answers);
    await client.signIn(ADA);
    expect(await client.cancelTimer()).toBe(fires_at);
    expect(answers.asked[1]?.path).toBe("https://exchange.test/api/orders/cancel-after");
  });
});

describe("changes of an order", () => {
  const CHANGES = { quantity: "3" };
  const REPLACEMENT = { order: NEW_ORDER, cancel_order: "16" };

  test("are sent as they were meant", async () => {
    const replaced = {
      cancelled: "16",
      cancel_refusal: null,
      placed: { order: order("w-1"), fills: [], prevented: [], sequence: "9" },
      place_refusal: null,
      sequence: "9",
    };
    const answers = new Answers(({ path }) => {
      if (path.includes("sign-in")) return signedIn();
      return path.includes("replace") ? json(replaced, 201) : json({ order: order("w-1"), sequence: "9" });
    });
    const client = clientOf(answers);
    await client.signIn(ADA);
    expect((await client.amendOrder("17", CHANGES)).order.id).toBe("17");
    expect(await client.replaceOrder(REPLACEMENT)).toEqual(replaced);
    expect(answers.paths().slice(1)).toEqual([
      "PATCH https://exchange.test/api/orders/17",
      "POST https://exchange.test/api/orders/replace",
    ]);
    expect(answers.asked.slice(1).map(({ body }) => body)).toEqual([CHANGES, REPLACEMENT]);
  });

  test("of orders that are linked, too", async () => {
    const placed = { orders: [order("a"), order("b")], fills: [], prevented: [], sequence: "9" };
    const answers = new Answers(({ path }) => (path.includes("sign-in") ? signedIn() : json(placed, 201)));
    const client = clientOf(answers);
    await client.signIn(ADA);
    const stop = { ...NEW_ORDER, type: "stop_loss" as const, stop_price: "1" };
    const list = { kind: "oco" as const, orders: [NEW_ORDER, stop] };
    expect(await client.placeList(list)).toEqual(placed);
    expect(answers.paths().slice(1)).toEqual(["POST https://exchange.test/api/orders/list"]);
    expect(answers.asked[1]?.body).toEqual(list);
  });

  test("of several orders, and of all of them after a time, too", async () => {
    const items = [{ order: null, refusal: null }];
    const answers = new Answers(({ path }) => {
      if (path.includes("sign-in")) return signedIn();
      if (path.includes("by-client-id")) return json({ order: order("w-1"), sequence: "9" });
      return json({ items, fires_at: "2026-01-01T00:00:00.000000Z", sequence: "9" });
    });
    const client = clientOf(answers);
    await client.signIn(ADA);
    expect(await client.placeOrders([NEW_ORDER])).toEqual(items);
    expect(await client.cancelOrders([{ id: "17" }])).toEqual(items);
    expect(await client.cancelAfter(60_000)).toBe("2026-01-01T00:00:00.000000Z");
    expect((await client.amendByClientId("w/1", CHANGES)).order.id).toBe("17");
    expect(answers.paths().slice(1)).toEqual([
      "POST https://exchange.test/api/orders/batch",
      "POST https://exchange.test/api/orders/cancel-batch",
      "POST https://exchange.test/api/orders/cancel-after",
      "PATCH https://exchange.test/api/orders/by-client-id/w%2F1",
    ]);
    expect(answers.asked.slice(1).map(({ body }) => body)).toEqual([
      { orders: [NEW_ORDER] },
      { orders: [{ id: "17" }] },
      { timeout_ms: 60_000 },
      CHANGES,
    ]);
  });

  test("may have happened where no answer came", async () => {
    const answers = new Answers(({ path }) => {
      if (path.includes("sign-in")) return signedIn();
      return new TypeError("cut off");
    });
    const client = clientOf(answers);
    await client.signIn(ADA);
    for (const lost of [client.amendOrder("17", CHANGES), client.replaceOrder(REPLACEMENT)]) {
      expect(mayHaveHappened(await lost.catch((error: unknown) => error))).toBe(true);
    }
  });
});

describe("refusals", () => {
  test.each<[string, Response, Partial<ApiError>]>([
    [
      "one of the catalogue",
      problem(422, "insufficient_funds", { field: "quantity" }),
      {
        code: "insufficient_funds",
        moneyState: "none",
        field: "quantity",
        reference: "request:7",
        retryable: false,
      },
    ],
    [
      "one that leaves money unknown",
      problem(503, "outcome_unknown", { retryable: true }),
      { code: "outcome_unknown", moneyState: "unknown", retryable: true },
    ],
    ["a code that is not known", problem(418, "teapot"), { code: "unrecognised", moneyState: "none" }],
    [
      "a page of a gateway",
      new Response("<html>Bad gateway</html>", { status: 502 }),
      { code: "unrecognised", moneyState: "unknown", retryable: true },
    ],
    [
      "a page that is not there",
      new Response("no", { status: 404 }),
      { moneyState: "none", retryable: false },
    ],
  ])("%s", async (_, answer, expected) => {
    const refused = clientOf(new Answers(() => answer)).markets();
    await expect(refused).rejects.toBeInstanceOf(ApiError);
    await expect(refused).rejects.toMatchObject(expected);
  });

  test("say when to try again", async () => {
    const answers = new Answers(() =>
      json({ code: "rate_limited", status: 429 }, 429, { "Retry-After": "7" }),
    );
    await expect(clientOf(answers).markets()).rejects.toMatchObject({ code: "rate_limited", retryAfterS: 7 });
  });

  test.each<[string, Response | Error, "none" | "unknown"]>([
    ["no network", new TypeError("Failed to fetch"), "unknown"],
    ["an answer that is cut off", new Response('{"order": {"id', { status: 201 }), "unknown"],
  ])("%s after an order is no failure", async (_, answer, money) => {
    const answers = new Answers(({ path }) => (path.includes("sign-in") ? signedIn() : answer));
    const client = clientOf(answers);
    await client.signIn(ADA);
    const placed = client.placeOrder(NEW_ORDER);
    await expect(placed).rejects.toBeInstanceOf(OutcomeUnknown);
    await expect(placed).rejects.toMatchObject({ moneyState: money, code: "outcome_unknown" });
    await placed.catch((error) => expect(mayHaveHappened(error)).toBe(true));
  });

  test("a read without an answer moved no money", async () => {
    const read = clientOf(new Answers(() => new TypeError("Failed to fetch"))).markets();
    await expect(read).rejects.toMatchObject({ moneyState: "none" });
  });

  test("a request that takes too long ends", async () => {
    const never: Answers["fetch"] = (_, init) =>
      new Promise((_, reject) => {
        init.signal?.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError")));
      });
    const client = new CseClient({ baseUrl: "", fetch: never });
    await expect(client.markets({ timeoutMs: 5 })).rejects.toBeInstanceOf(OutcomeUnknown);
  });
});

describe("a session", () => {
  test("is told to who listens, and never put anywhere else", async () => {
    const answers = new Answers(({ path }) =>
      path.includes("sign-out") ? new Response(null, { status: 204 }) : signedIn(),
    );
    const client = clientOf(answers);
    const seen: (Session | null)[] = [];
    const end = client.onSession((session) => seen.push(session));
    await client.signUp({ ...ADA, displayName: "Ada" });
    await client.signOut();
    end();
    await client.signIn(ADA);
    expect(seen.map((session) => session?.displayName)).toEqual(["Ada", undefined]);
    expect(answers.asked[1]?.headers["Authorization"]).toBe("Bearer t1");
  });

  test("is not needed to choose another password by a link", async () => {
    const answers = new Answers(() => new Response(null, { status: 204 }));
    const client = clientOf(answers);
    await client.requestPasswordReset(ADA.email);
    await client.completePasswordReset({ token: "a-token", password: ADA.password });
    expect(answers.asked.map(({ path, body }) => [new URL(path).pathname, body])).toEqual([
      ["/api/auth/password-reset", { email: ADA.email }],
      ["/api/auth/password-reset/complete", { token: "a-token", password: ADA.password }],
    ]);
    expect(client.session).toBeNull();
  });

  test("that is not there sends nothing", async () => {
    const answers = new Answers(() => json(EMPTY));
    await expect(clientOf(answers).balances()).rejects.toMatchObject({ code: "not_authenticated" });
    expect(answers.asked).toEqual([]);
  });

  test("comes back by the cookie after a reload, or not at all", async () => {
    const back = clientOf(new Answers(() => signedIn("t2")));
    expect((await back.refresh())?.accessToken).toBe("t2");
    const gone = clientOf(new Answers(() => problem(400, "missing_field", { field: "refresh_token" })));
    expect(await gone.refresh()).toBeNull();
    const ended = clientOf(new Answers(() => problem(401, "refresh_token_invalid")));
    expect(await ended.refresh()).toBeNull();
  });

  test("of a program goes on with its refresh token", async () => {
    const answers = new Answers(({ path }) => signedIn(path.includes("refresh") ? "t2" : "t1", "r1"));
    const client = clientOf(answers, false);
    await client.signIn(ADA);
    await client.refresh();
    expect(answers.asked[1]?.body).toEqual({ refresh_token: "r1" });
    expect(answers.asked[1]?.headers["CSE-Client"]).toBeUndefined();
  });

  test("is kept when a refresh has no answer", async () => {
    let away = false;
    const client = clientOf(new Answers(() => (away ? new TypeError("away") : signedIn())));
    await client.signIn(ADA);
    away = true;
    await expect(client.refresh()).rejects.toBeInstanceOf(OutcomeUnknown);
    expect(client.session?.accessToken).toBe("t1");
  });

  test("is renewed before its token ends", async () => {
    let now = 0;
    const answers = new Answers(({ path }) =>
      path.includes("/auth/") ? signedIn(path.includes("refresh") ? "t2" : "t1") : json(EMPTY),
    );
    const client = clientOf(answers, true, () => now);
    await client.signIn(ADA);
    now = 885_000;
    await client.balances();
    expect(answers.paths().map((path) => path.split("/api")[1])).toEqual([
      "/auth/sign-in",
      "/auth/refresh",
      "/balances",
    ]);
    expect(answers.asked[2]?.headers["Authorization"]).toBe("Bearer t2");
  });
});

describe("a token that ended in the middle", () => {
  /** Takes `t2` only; the refresh gives it. */
  function expired(refreshes: { answer: () => Response }): Answers {
    return new Answers(({ path, headers }) => {
      if (path.includes("sign-in")) return signedIn("t1");
      if (path.includes("refresh")) return refreshes.answer();
      if (headers["Authorization"] !== "Bearer t2") return problem(401, "not_authenticated");
      return path.includes("/orders")
        ? json({ order: order("w-1"), fills: [], prevented: [], sequence: "9" }, 201)
        : json(EMPTY);
    });
  }

  test("is renewed once for all that wait, and each request is sent once more as it was", async () => {
    const answers = expired({ answer: () => signedIn("t2") });
    const client = clientOf(answers);
    await client.signIn(ADA);
    const [placed] = await Promise.all([client.placeOrder(NEW_ORDER), client.balances(), client.fills()]);
    expect(placed.order.id).toBe("17");
    const count = (text: string): number => answers.paths().filter((path) => path.includes(text)).length;
    expect([count("refresh"), count("/orders"), count("/balances"), count("/fills")]).toEqual([1, 2, 2, 2]);
    const bodies = answers.asked.filter(({ path }) => path.endsWith("/orders")).map(({ body }) => body);
    expect(bodies).toEqual([NEW_ORDER, NEW_ORDER]);
  });

  test("and cannot be renewed ends the session, and nothing was placed", async () => {
    const answers = expired({ answer: () => problem(401, "refresh_token_invalid") });
    const client = clientOf(answers);
    await client.signIn(ADA);
    await expect(client.placeOrder(NEW_ORDER)).rejects.toMatchObject({ status: 401, moneyState: "none" });
    expect(client.session).toBeNull();
  });

  test("and is refused again is not tried for ever", async () => {
    const answers = expired({ answer: () => signedIn("t3") });
    const client = clientOf(answers);
    await client.signIn(ADA);
    await expect(client.balances()).rejects.toMatchObject({ code: "not_authenticated" });
    expect(answers.paths().filter((path) => path.includes("/balances"))).toHaveLength(2);
  });
});

describe("another person who signed in in another tab", () => {
  /** The cookie of the browser is theirs now: a refresh gives `t2`, which is all that is good. */
  function taken(): Answers {
    return new Answers(({ path, headers }) => {
      if (path.includes("sign-in")) return signedIn("t1");
      if (path.includes("refresh")) return signedIn("t2", null, "another");
      if (headers["Authorization"] !== "Bearer t2") return problem(401, "not_authenticated");
      return json({ order: order("w-1"), fills: [], prevented: [], sequence: "9" }, 201);
    });
  }

  test("gets no order that was meant for the one before: its token was refused", async () => {
    const answers = taken();
    const client = clientOf(answers);
    await client.signIn(ADA);
    await expect(client.placeOrder(NEW_ORDER)).rejects.toMatchObject({ status: 401, moneyState: "none" });
    expect(answers.paths().filter((path) => path.endsWith("/orders"))).toHaveLength(1);
    expect(client.session?.person).toBe("another");
  });

  test("nor where the token had to be renewed before the order was sent", async () => {
    let now = 0;
    const answers = taken();
    const client = clientOf(answers, true, () => now);
    await client.signIn(ADA);
    now = 885_000;
    await expect(client.placeOrder(NEW_ORDER)).rejects.toMatchObject({ status: 401, moneyState: "none" });
    expect(answers.paths().filter((path) => path.endsWith("/orders"))).toEqual([]);
  });
});
