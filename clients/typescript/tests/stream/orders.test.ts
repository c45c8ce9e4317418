/** Orders over the socket: as over HTTP, and back in time after a loss. */

import { describe, expect, test } from "vitest";
import { CseClient } from "../../src/client.ts";
import { type CancelOnDisconnect, OrderSocket } from "../../src/stream/orders.ts";
import type { SocketLike } from "../../src/stream/socket.ts";
import { Answers, json, signedIn } from "../answers.ts";
import { SimulatedTiming } from "../timing.ts";

type Told = Record<string, unknown>;

const BASE = "https://exchange.test";
const ORDER = { market: "LUNA-USDC", side: "buy", type: "limit", price: "1", quantity: "1" } as const;

/** One connection at the exchange's end. */
class Connection implements SocketLike {
  onopen: (() => void) | null = null;
  onmessage: ((event: { readonly data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;
  onerror: (() => void) | null = null;
  readonly received: Told[] = [];
  readonly url: string;
  readonly #answer: (asked: Told, connection: Connection) => void;

  constructor(url: string, answer: (asked: Told, connection: Connection) => void) {
    this.url = url;
    this.#answer = answer;
    queueMicrotask(() => this.onopen?.());
  }

  send(text: string): void {
    const asked = JSON.parse(text) as Told;
    this.received.push(asked);
    queueMicrotask(() => this.#answer(asked, this));
  }

  tell(message: Told): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }

  close(): void {
    this.onclose?.();
  }
}

/** What the exchange says where a test wants nothing else. */
function usual(asked: Told, connection: Connection): void {
  const id = asked["id"];
  if (asked["op"] === "authenticate") {
    connection.tell({ op: "authenticated", id, account: "4", expires_at: "2026-11-25T14:15:00.000000Z" });
  } else if (asked["op"] === "cancel_on_disconnect") {
    const guard = asked["enabled"] === true ? "g1" : null;
    connection.tell({ op: "cancel_on_disconnect", id, guard, resumed: asked["resume"] === "g1" });
  } else connection.tell({ op: "answer", id, status: 200, sequence: "9", body: { asked, cancelled: 3 } });
}

async function rig(cancelOnDisconnect?: CancelOnDisconnect, answer = usual) {
  const timing = new SimulatedTiming();
  const http = new Answers(({ path }) => {
    if (!path.includes("/auth/")) return json({ items: [] });
    return signedIn(path.endsWith("/sign-in") ? "t1" : "t2", "r");
  });
  const connections: Connection[] = [];
  const socket = new OrderSocket({
    baseUrl: BASE,
    fetch: http.fetch,
    timing,
    accessToken: () => client.accessToken(true),
    openSocket: (url) => {
      const connection = new Connection(url, answer);
      connections.push(connection);
      return connection;
    },
    ...(cancelOnDisconnect === undefined ? {} : { cancelOnDisconnect }),
  });
  const client: CseClient = new CseClient({ baseUrl: BASE, fetch: socket.fetch, now: () => timing.now() });
  await client.signIn({ email: "a@b.c", password: "p" });
  const ops = (at: number): unknown[] => connections[at]?.received.map((asked) => asked["op"]) ?? [];
  return { timing, http, connections, socket, client, ops };
}

describe("a request", () => {
  test("goes over the socket if it is about orders, and over HTTP if not", async () => {
    const { client, connections, http, ops } = await rig();
    await client.assets();
    await client.cancelAll({ market: "LUNA-USDC" });
    expect(http.paths().map((path) => path.replace(BASE, ""))).toEqual([
      "POST /api/auth/sign-in",
      "GET /api/assets",
    ]);
    expect(connections[0]?.url).toBe("wss://exchange.test/ws/orders");
    expect(ops(0)).toEqual(["authenticate", "cancel_all"]);
    expect(connections[0]?.received[1]).toMatchObject({ query: { market: "LUNA-USDC" } });
  });

  test.each([
    ["place", (client: CseClient) => client.placeOrder({ ...ORDER }), { body: ORDER }],
    [
      "amend",
      (client: CseClient) => client.amendOrder("7", { price: "2" }),
      { order_id: "7", body: { price: "2" } },
    ],
    ["cancel", (client: CseClient) => client.cancelByClientId("a:1"), { client_order_id: "a:1" }],
    [
      "order",
      (client: CseClient) => client.order("7", { minSequence: 5n }),
      { order_id: "7", min_sequence: "5" },
    ],
    ["cancel_after", (client: CseClient) => client.cancelAfter(5_000), { body: { timeout_ms: 5_000 } }],
  ])("has its parts: %s", async (op, ask, parts) => {
    const { client, connections } = await rig();
    await ask(client);
    expect(connections[0]?.received[1]).toMatchObject({ op, ...parts });
  });

  test("that is refused fails as over HTTP", async () => {
    const { client } = await rig(undefined, (asked, connection) => {
      if (asked["op"] === "authenticate") return usual(asked, connection);
      const body = { status: 429, code: "rate_limited", detail: "Too fast.", money: "none", retryable: true };
      connection.tell({ op: "answer", id: asked["id"], status: 429, sequence: "9", retry_after_s: 2, body });
    });
    await expect(client.cancelAll()).rejects.toMatchObject({ code: "rate_limited", status: 429 });
  });

  test("whose connection is lost has an unknown outcome", async () => {
    const { client } = await rig(undefined, (asked, connection) => {
      if (asked["op"] === "authenticate") usual(asked, connection);
      else connection.close();
    });
    await expect(client.placeOrder({ ...ORDER })).rejects.toMatchObject({ moneyState: "unknown" });
  });
});

describe("cancel on disconnect", () => {
  test("is there before the first order goes out", async () => {
    const { client, socket, ops } = await rig({ markets: ["LUNA-USDC"] });
    await client.placeOrder({ ...ORDER });
    expect(ops(0)).toEqual(["authenticate", "cancel_on_disconnect", "place"]);
    expect(socket.guarded).toEqual({ guard: "g1", resumed: false });
  });

  test("with a grace is resumed by a connection that comes back by itself", async () => {
    const { client, socket, connections, timing } = await rig({ graceMs: 10_000 });
    await client.cancelAll();
    connections[0]?.close();
    await timing.pass(1_000);
    expect(connections).toHaveLength(2);
    expect(connections[1]?.received[1]).toMatchObject({ op: "cancel_on_disconnect", resume: "g1" });
    expect(socket.guarded.resumed).toBe(true);
  });

  test("without one is not, and the end is the end", async () => {
    const { client, socket, connections, timing } = await rig({});
    await client.cancelAll();
    connections[0]?.close();
    await timing.pass(60_000);
    expect(connections).toHaveLength(1);
    socket.close();
    await expect(client.cancelAll()).rejects.toThrow();
  });

  test("can be taken away", async () => {
    const { client, socket, connections } = await rig({});
    await client.cancelAll();
    expect(await socket.cancelOnDisconnect(null)).toEqual({ guard: null, resumed: false });
    expect(connections[0]?.received.at(-1)).toMatchObject({ enabled: false });
  });
});

test("a token is renewed before it ends", async () => {
  const { client, timing, ops, connections } = await rig();
  await client.cancelAll();
  for (let second = 0; second < 890; second += 1) {
    connections[0]?.tell({ op: "heartbeat" });
    await timing.pass(1_000);
  }
  expect(ops(0).filter((op) => op === "authenticate").length).toBeGreaterThan(1);
});

test("a silent connection is given up", async () => {
  const { client, timing, connections } = await rig({ graceMs: 60_000 });
  await client.cancelAll();
  await timing.pass(17_000);
  expect(connections.length).toBeGreaterThan(1);
});
