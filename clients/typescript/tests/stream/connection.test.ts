/** The connection: coming back, going on, signing in, and saying how it is. */

import { describe, expect, test } from "vitest";
import type { BalancesFrame, BookFrame, StreamStatus } from "../../src/stream/channels.ts";
import { type Identity, StreamClient } from "../../src/stream/page.ts";
import { inThisThread } from "../../src/stream/ports.ts";
import type { Network } from "../../src/stream/socket.ts";
import { market } from "../markets.ts";
import { SimulatedTiming } from "../timing.ts";
import { Exchange, Journal } from "./exchange.ts";

const LUNA = market();
const BOOK = "orderbook.LUNA-USDC";

interface Rig {
  readonly timing: SimulatedTiming;
  readonly journal: Journal;
  readonly exchange: Exchange;
  readonly client: StreamClient;
  readonly books: BookFrame[];
  readonly statuses: StreamStatus[];
}

function rig(options: { network?: Network } = {}): Rig {
  const timing = new SimulatedTiming(7);
  const journal = new Journal(LUNA, timing.random);
  for (let count = 0; count < 50; count += 1) journal.change();
  const exchange = new Exchange(journal, timing);
  const client = new StreamClient({
    url: "wss://exchange.test/ws",
    timing,
    worker: inThisThread({ timing, openSocket: exchange.openSocket, ...options }),
    market: () => Promise.resolve(LUNA),
    requestFrame: (callback) => void timing.setTimer(callback, 16),
  });
  const made: Rig = { timing, journal, exchange, client, books: [], statuses: [] };
  client.onStatus((status) => made.statuses.push(status));
  return made;
}

/** A rig that is live on the book. */
async function live(options: { network?: Network } = {}): Promise<Rig> {
  const made = rig(options);
  made.client.subscribe(BOOK, (book) => made.books.push(book), { depth: 500 });
  await made.timing.pass(1_000);
  return made;
}

const sent = (exchange: Exchange, op: string) => exchange.received.filter((message) => message["op"] === op);
const states = (statuses: StreamStatus[]): string[] =>
  statuses.map(({ state }) => state).filter((state, at, all) => state !== all[at - 1]);

describe("asking for channels", () => {
  test("of one turn takes one message", async () => {
    const { client, exchange, timing } = rig();
    client.subscribe(BOOK, () => {});
    client.subscribe("trades.LUNA-USDC", () => {});
    client.subscribe("ticker.LUNA-USDC", () => {});
    await timing.pass(1_000);
    expect(sent(exchange, "subscribe").map((message) => message["channels"])).toEqual([
      ["trades.LUNA-USDC", "ticker.LUNA-USDC", BOOK],
    ]);
  });

  test("is done in messages of the size that the exchange takes", async () => {
    const { client, exchange, timing } = rig();
    for (let at = 0; at < 230; at += 1) client.subscribe(`ticker.T${at}-USDC`, () => {});
    await timing.pass(1_000);
    const sizes = sent(exchange, "subscribe").map((message) => (message["channels"] as unknown[]).length);
    expect(sizes).toEqual([100, 100, 30]);
  });

  test("twice asks once, and the second listener gets at once what is known", async () => {
    const { client, exchange, books, timing } = await live();
    const late: BookFrame[] = [];
    client.subscribe(BOOK, (book) => late.push(book), { depth: 3 });
    expect(late).toHaveLength(1);
    expect(late[0]?.bids).toEqual(books.at(-1)?.bids.slice(0, 3));
    await timing.pass(1_000);
    expect(sent(exchange, "subscribe")).toHaveLength(1);
  });

  test("in vain is told with the code, and does no harm to others", async () => {
    const { client, timing, books } = await live();
    const refused: string[][] = [];
    client.onRefusal((channel, code) => refused.push([channel, code]));
    client.subscribe("ticker.NOPE-USDC", () => {});
    await timing.pass(30_000);
    expect(refused).toEqual([["ticker.NOPE-USDC", "channel_unknown"]]);
    expect(books).not.toEqual([]);
  });

  test("no more when the last listener has gone", async () => {
    const { client, exchange, timing } = rig();
    const ends = [
      client.subscribe("ticker.LUNA-USDC", () => {}),
      client.subscribe("ticker.LUNA-USDC", () => {}),
    ];
    await timing.pass(1_000);
    ends[0]?.();
    await timing.pass(100);
    expect(sent(exchange, "unsubscribe")).toEqual([]);
    ends[1]?.();
    await timing.pass(100);
    expect(sent(exchange, "unsubscribe").map((message) => message["channels"])).toEqual([
      ["ticker.LUNA-USDC"],
    ]);
  });

  test("deeper hands on what is held already", async () => {
    const { client, exchange, timing, journal } = rig();
    const shallow: BookFrame[] = [];
    const deep: BookFrame[] = [];
    client.subscribe(BOOK, (book) => shallow.push(book), { depth: 2 });
    await timing.pass(1_000);
    client.subscribe(BOOK, (book) => deep.push(book), { depth: 500 });
    await timing.pass(1_000);
    expect(shallow.at(-1)?.bids).toHaveLength(2);
    expect(deep.at(-1)?.bids).toEqual(journal.levels("bids"));
    expect(sent(exchange, "subscribe")).toHaveLength(1);
  });
});

describe("losing the connection", () => {
  test("goes on from the position, with the book kept on the screen", async () => {
    const { client, exchange, journal, timing, books } = await live();
    const position = books.at(-1)?.sequence;
    const frames = books.length;
    exchange.cut();
    for (let count = 0; count < 5; count += 1) journal.change();
    await timing.pass(3_000);
    expect(sent(exchange, "subscribe").at(-1)?.["channels"]).toEqual([
      { channel: BOOK, epoch: "3", sequence: String(position) },
    ]);
    expect(books.slice(frames).every((book) => !book.resyncing)).toBe(true);
    expect(books.at(-1)?.sequence).toBe(BigInt(journal.sequence));
    expect(client.status).toMatchObject({ state: "live", resyncs: 0 });
  });

  test("tries again, the more rarely the longer it lasts, and counts the tries", async () => {
    const { exchange, client, timing, statuses } = rig();
    expect(client.status).toMatchObject({ state: "connecting", lastMessageAt: null });
    await timing.pass(1_000);
    exchange.down = true;
    exchange.cut();
    await timing.pass(60_000);
    expect(client.status.state).toBe("reconnecting");
    const tries = exchange.opened - 1;
    expect(tries).toBeGreaterThan(5);
    expect(tries).toBeLessThan(20);
    expect(client.status.attempt).toBeGreaterThan(5);
    exchange.down = false;
    await timing.pass(20_000);
    expect(client.status).toMatchObject({ state: "live", attempt: 0 });
    expect(states(statuses)).toEqual(["live", "reconnecting", "live"]);
  });

  test("without a word is found after two heartbeats", async () => {
    const { exchange, timing, client, journal, books } = await live();
    for (const session of exchange.sessions) session.deaf = true;
    journal.change();
    await timing.pass(9_000);
    expect(client.status.state).toBe("live");
    await timing.pass(6_000);
    expect(exchange.opened).toBe(2);
    expect(books.at(-1)?.sequence).toBe(BigInt(journal.sequence));
  });

  test("by the machine's own word is offline, and coming back online tries at once", async () => {
    let online = true;
    let changed: () => void = () => {};
    const network: Network = {
      online: () => online,
      listen: (listener) => {
        changed = listener;
        return () => {};
      },
    };
    const { timing, client, exchange } = await live({ network });
    online = false;
    exchange.down = true;
    changed();
    await timing.pass(30_000);
    expect(client.status.state).toBe("offline");
    online = true;
    exchange.down = false;
    changed();
    await timing.pass(100);
    expect(client.status.state).toBe("live");
  });

  test("because the server is full waits longer at first, and says why", async () => {
    const { exchange, timing, client } = await live();
    exchange.down = true;
    for (const session of [...exchange.sessions]) {
      session.tell({ op: "closing", code: "connection_limit", message: "" });
    }
    await timing.pass(100);
    exchange.cut();
    await timing.pass(1_500);
    expect([exchange.opened, client.status.lastCode]).toEqual([1, "connection_limit"]);
  });
});

describe("what is wrong with a book", () => {
  test.each<[string, (data: Record<string, unknown>) => void]>([
    ["a checksum of another book", (data) => Object.assign(data, { checksum: 1 })],
    ["a level that is not there", (data) => Object.assign(data, { bids: [["9.00000", "1.0"]] })],
    ["levels that are none", (data) => Object.assign(data, { asks: "many" })],
  ])("%s drops it, and it is fetched anew", async (_, spoil) => {
    const { exchange, journal, timing, books, client } = await live();
    exchange.corrupt = (frame) => {
      exchange.corrupt = undefined;
      spoil(frame["data"] as Record<string, unknown>);
    };
    journal.change();
    exchange.publish();
    await timing.pass(1_000);
    const dropped = books.findIndex((book) => book.resyncing);
    expect(books[dropped]).toMatchObject({ bids: [], asks: [] });
    expect(books.at(-1)).toMatchObject({ resyncing: false, sequence: BigInt(journal.sequence) });
    expect(client.status.resyncs).toBe(1);
  });

  test("that stays wrong is fetched ever more rarely", async () => {
    const { exchange, timing } = await live();
    exchange.corrupt = (frame) => Object.assign(frame["data"] as object, { checksum: 1 });
    for (let second = 0; second < 120; second += 1) {
      exchange.journal.change();
      exchange.publish();
      await timing.pass(1_000);
    }
    expect(sent(exchange, "subscribe").length).toBeLessThan(20);
  });

  test("a message of it that cannot be read drops it as well", async () => {
    const { exchange, timing, client, books } = await live();
    for (const session of exchange.sessions) session.tell({ channel: BOOK, type: "update", sequence: 7 });
    await timing.pass(1_000);
    expect(client.status).toMatchObject({ resyncs: 1, state: "live" });
    expect(books.at(-1)).toMatchObject({ resyncing: false });
  });

  test("a message of a later server is skipped, and what is no message costs the connection", async () => {
    const { exchange, timing } = await live();
    for (const session of exchange.sessions) session.tell({ news: true });
    await timing.pass(2_000);
    expect(exchange.opened).toBe(1);
    for (const session of exchange.sessions) session.tell([] as never);
    await timing.pass(2_000);
    expect(exchange.opened).toBe(2);
  });
});

describe("being somebody", () => {
  function identity(person: string, tokens: string[] = ["good"]): Identity & { readonly asked: boolean[] } {
    const asked: boolean[] = [];
    return {
      person,
      asked,
      getToken: (renew) => {
        asked.push(renew);
        return Promise.resolve(tokens[asked.length - 1] ?? tokens.at(-1) ?? null);
      },
    };
  }

  async function signedIn(who: Identity): Promise<Rig & { balances: BalancesFrame[] }> {
    const made = await live();
    const balances: BalancesFrame[] = [];
    made.client.authenticate(who);
    made.client.subscribe("user.balances", (frame) => balances.push(frame));
    await made.timing.pass(1_000);
    return { ...made, balances };
  }

  test("opens private channels, and they come back with the connection", async () => {
    const { client, balances, exchange, timing } = await signedIn(identity("ada"));
    expect(client.status.authenticated).toBe(true);
    expect(balances.at(-1)).toMatchObject({ reset: true, balances: [{ asset: "USDC" }] });
    exchange.cut();
    await timing.pass(3_000);
    expect(client.status.authenticated).toBe(true);
    expect(sent(exchange, "authenticate")).toHaveLength(2);
  });

  test("renews the token on the open socket", async () => {
    const who = identity("ada");
    const { exchange, timing } = await signedIn(who);
    await timing.pass(900_000);
    expect(exchange.opened).toBe(1);
    expect(sent(exchange, "authenticate").length).toBeGreaterThan(1);
    expect(who.asked.every((renew) => !renew)).toBe(true);
  });

  test("is for an account of the person, and another one gets another socket", async () => {
    const who = identity("ada");
    const { client, exchange, timing } = await signedIn({ ...who, account: "21" });
    expect(sent(exchange, "authenticate").map((message) => message["account"])).toEqual(["21"]);
    client.authenticate({ ...who, account: null });
    await timing.pass(3_000);
    expect(exchange.opened).toBe(2);
    expect(sent(exchange, "authenticate").at(-1)).not.toHaveProperty("account");
  });

  test("with a token that is refused asks for another one, once", async () => {
    const who = identity("ada", ["bad", "good"]);
    const { client } = await signedIn(who);
    expect(who.asked).toEqual([false, true]);
    expect(client.status.authenticated).toBe(true);
    const hopeless = identity("eve", ["bad"]);
    const other = await signedIn(hopeless);
    await other.timing.pass(60_000);
    expect(hopeless.asked).toEqual([false, true]);
    expect(other.client.status).toMatchObject({ authenticated: false, state: "live" });
  });

  test("no more closes the socket, so that nothing of theirs comes through", async () => {
    const { client, exchange, timing, balances } = await signedIn(identity("ada"));
    const frames = balances.length;
    client.authenticate(null);
    await timing.pass(2_000);
    expect(exchange.opened).toBe(2);
    expect(client.status).toMatchObject({ state: "live", authenticated: false });
    expect(balances).toHaveLength(frames);
    client.authenticate(identity("eve", ["good-eve"]));
    await timing.pass(2_000);
    expect(balances.at(-1)?.balances[0]?.available).toBe("good-eve");
  });

  test("whose session ended is asked for a new token", async () => {
    const who = identity("ada");
    const { client, exchange, timing } = await signedIn(who);
    for (const session of exchange.sessions) {
      session.tell({ op: "unsubscribed", channels: ["user.balances"], code: "session_ended" });
    }
    await timing.pass(1_000);
    expect(who.asked.at(-1)).toBe(true);
    expect(client.status.authenticated).toBe(true);
    expect(sent(exchange, "subscribe").at(-1)?.["channels"]).toMatchObject([{ channel: "user.balances" }]);
  });
});

describe("how it is", () => {
  test("says round trip, skew, sequence and when each channel was heard", async () => {
    const { client, timing, journal } = await live();
    await timing.pass(20_000);
    const { latencyMs, worstMs, skewMs, journalSequence, channelAt, lastMessageAt } = client.status;
    expect(latencyMs).toBeGreaterThanOrEqual(20);
    expect(worstMs).toBeGreaterThanOrEqual(latencyMs ?? Number.POSITIVE_INFINITY);
    expect(Math.abs(skewMs ?? Number.POSITIVE_INFINITY)).toBeLessThan(20);
    expect(journalSequence).toBe(BigInt(journal.sequence));
    expect(timing.now() - (lastMessageAt ?? 0)).toBeLessThan(6_000);
    expect(timing.now() - (channelAt[BOOK] ?? 0)).toBeGreaterThan(19_000);
  });

  test("says where the journal is though nothing is subscribed to", async () => {
    const { client, timing, journal } = rig();
    await timing.pass(1_000);
    expect(client.status.journalSequence).toBe(BigInt(journal.sequence));
  });

  test("after closing nothing is done any more", async () => {
    const { client, exchange, timing, books } = await live();
    client.close();
    const frames = books.length;
    exchange.journal.change();
    exchange.publish();
    await timing.pass(60_000);
    expect([books.length, exchange.opened, exchange.sessions.size]).toEqual([frames, 1, 0]);
  });
});
