import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BOOK_LEVELS_KNOWN, type BookMessage, OrderBook } from "../src/book.ts";
import { crc32 } from "../src/crc32.ts";
import {
  groupingMultiples,
  groupLevels,
  type LevelPair,
  nearestMultiple,
  packLevels,
  unpackLevels,
} from "../src/levels.ts";
import { lotsToQuantity, ticksToPrice } from "../src/market.ts";
import { follow } from "../src/position.ts";
import { market } from "./markets.ts";

const LUNA = market();
type Text = [string, string];

function snapshot(sequence: number, bids: Text[], asks: Text[], checksum?: number): BookMessage {
  return {
    type: "snapshot",
    epoch: "3",
    previous: null,
    sequence: String(sequence),
    time: "2026-11-25T14:21:36.788123Z",
    data: { bids, asks, ...(checksum === undefined ? {} : { checksum }) },
  };
}

function update(
  previous: number,
  sequence: number,
  bids: Text[],
  asks: Text[],
  checksum?: number,
): BookMessage {
  return { ...snapshot(sequence, bids, asks, checksum), type: "update", previous: String(previous) };
}

function book(): OrderBook {
  const made = new OrderBook(LUNA);
  made.apply(
    snapshot(
      100,
      [
        ["0.04190", "100.0"],
        ["0.04180", "500.0"],
      ],
      [["0.04201", "200.0"]],
    ),
  );
  return made;
}

/** So many levels from a price away from the middle on, as the wire has them. */
function ladder(count: number): Text[] {
  return Array.from({ length: count }, (_, at) => [ticksToPrice(BigInt(4_190 - at), LUNA), "1.0"]);
}

const shown = (of: OrderBook): string =>
  [of.bids, of.asks]
    .map((side) => side.map(({ price, quantity }) => `${price}:${quantity}`).join(" "))
    .join(" | ");

describe("a deep side", () => {
  test("is known as far as the exchange tells it, and a little further", () => {
    const made = new OrderBook(LUNA);
    made.apply(snapshot(1, ladder(BOOK_LEVELS_KNOWN), []));
    expect(made.bids).toHaveLength(BOOK_LEVELS_KNOWN);
  });

  test("is bounded, and what goes is the furthest", () => {
    const made = new OrderBook(LUNA);
    made.apply(snapshot(1, ladder(3 * BOOK_LEVELS_KNOWN), []));
    expect(made.bids).toHaveLength(2 * BOOK_LEVELS_KNOWN);
    expect(made.bids[0]?.price).toBe(4_190n);
    made.apply(update(1, 2, [["0.04191", "1.0"]], []));
    expect(made.bids).toHaveLength(2 * BOOK_LEVELS_KNOWN);
    expect(made.bids[0]?.price).toBe(4_191n);
  });
});

describe("where a message belongs", () => {
  const at = (previous: number, sequence: number, epoch = "3") =>
    follow(
      { epoch: 3n, sequence: 7n },
      { type: "update", epoch, previous: `${previous}`, sequence: `${sequence}` },
    );

  test.each([
    ["the next", 7, 9, "next"],
    ["one that begins earlier and ends later", 5, 9, "next"],
    ["one in which only time has passed", 7, 7, "next"],
    ["the same again", 5, 7, "known"],
    ["an older one", 5, 6, "known"],
    ["an older one in which only time had passed", 6, 6, "known"],
    ["one behind something that is missing", 8, 9, "gap"],
    ["one that ends before it begins", 7, 6, "gap"],
  ] as const)("%s", (_, previous, sequence, kind) => {
    expect(at(previous, sequence).kind).toBe(kind);
  });

  test("in another epoch, which is no gap", () => {
    expect(at(7, 8, "4")).toEqual({ kind: "next", position: { epoch: 4n, sequence: 8n } });
  });
});

describe("messages that come in any order, and again", () => {
  /** A change of the book: side, ticks and lots. Bids and asks stand apart. */
  const change = fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 3 }));
  const changes = fc.array(change, { minLength: 1, maxLength: 8 });
  const deliveries = fc.array(fc.tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: -1, max: 8 })), {
    maxLength: 30,
  });
  type Held = ReadonlyMap<number, number>;

  const wire = (levels: Iterable<[number, number]>): [Text[], Text[]] => {
    const sides: [Text[], Text[]] = [[], []];
    for (const [ticks, lots] of levels) {
      const text: Text = [ticksToPrice(BigInt(ticks), LUNA), lotsToQuantity(BigInt(lots), LUNA)];
      sides[ticks > 1_000 ? 1 : 0].push(text);
    }
    return sides;
  };

  test("leave a book that is right or empty", () => {
    fc.assert(
      fc.property(changes, deliveries, (made, delivered) => {
        const prices = made.map(([isAsk, ticks]) => (isAsk ? 1_000 : 0) + ticks);
        const states: Held[] = [new Map()];
        made.forEach(([, , lots], at) => {
          states.push(new Map(states[at]).set(prices[at] as number, lots));
        });
        const standing = (at: number) => [...(states[at] as Held)].filter(([, lots]) => lots > 0);
        const held = new OrderBook(LUNA);
        for (const [to, from] of delivered) {
          const end = Math.min(to, made.length);
          const whole = new OrderBook(LUNA);
          whole.apply(snapshot(end, ...wire(standing(end))));
          const told = new Set(prices.slice(Math.max(from, 0), end));
          const changed = [...told].map((ticks): [number, number] => [ticks, states[end]?.get(ticks) ?? 0]);
          if (from < 0 || from > end) held.apply(snapshot(end, ...wire(standing(end)), whole.checksum()));
          else held.apply(update(from, end, ...wire(changed), whole.checksum()));
          const now = [...held.bids, ...held.asks].map(({ price, quantity }) => `${price}:${quantity}`);
          const right = held.position === null ? [] : standing(Number(held.sequence));
          expect(now.sort()).toEqual(right.map(([ticks, lots]) => `${ticks}:${lots}`).sort());
        }
      }),
    );
  });
});

describe("differences", () => {
  test("levels are absolute, nothing removes, and what is not there may be removed", () => {
    const held = book();
    expect(shown(held)).toBe("4190:1000 4180:5000 | 4201:2000");
    expect(
      held.apply(
        update(
          100,
          104,
          [
            ["0.04190", "7.5"],
            ["0.04185", "1"],
          ],
          [["0.04300", "0"]],
        ),
      ),
    ).toBe("applied");
    expect(shown(held)).toBe("4190:75 4185:10 4180:5000 | 4201:2000");
    expect(
      held.apply(
        update(
          104,
          105,
          [["0.04190", "0"]],
          [
            ["0.04201", "0.0"],
            ["0.04210", "3"],
          ],
        ),
      ),
    ).toBe("applied");
    expect(shown(held)).toBe("4185:10 4180:5000 | 4210:30");
    expect(held.sequence).toBe(105n);
    expect(held.at).toBe(Date.parse("2026-11-25T14:21:36.788Z"));
  });

  test("those before the snapshot are skipped, an overlapping one goes in, and a gap is found", () => {
    const held = book();
    expect(held.apply(update(95, 99, [["0.04190", "1"]], []))).toBe("known");
    expect(held.apply(update(97, 101, [["0.04190", "2"]], []))).toBe("applied");
    expect(held.apply(update(101, 103, [["0.04190", "3"]], []))).toBe("applied");
    expect(shown(held)).toBe("4190:30 4180:5000 | 4201:2000");
    expect(held.apply(update(104, 106, [["0.04190", "4"]], []))).toBe("gap");
    expect([shown(held), held.position]).toEqual([" | ", null]);
  });

  test("a repeated one changes nothing", () => {
    const held = book();
    const twice = update(100, 101, [["0.04190", "2"]], []);
    expect([held.apply(twice), held.apply(twice)]).toEqual(["applied", "known"]);
  });

  test("after a gap only a snapshot helps, and it replaces", () => {
    const held = book();
    held.apply(update(200, 201, [], []));
    expect(held.apply(update(201, 202, [["0.04190", "4"]], []))).toBe("gap");
    expect(held.apply(snapshot(202, [["0.04000", "1"]], []))).toBe("applied");
    expect(shown(held)).toBe("4000:10 | ");
  });

  test.each<[string, BookMessage, string]>([
    ["a checksum of another book", update(100, 101, [["0.04190", "2"]], [], 1), "checksum"],
    ["a price between two ticks", update(100, 101, [["0.041905", "2"]], []), "malformed"],
    ["a quantity between two lots", update(100, 101, [["0.04190", "2.05"]], []), "malformed"],
    ["a quantity below zero", update(100, 101, [["0.04190", "-2"]], []), "malformed"],
    ["an exponent", update(100, 101, [["4e-2", "2"]], []), "malformed"],
    ["a sequence that falls", update(100, 99, [["0.04190", "2"]], []), "gap"],
  ])("%s empties it", (_, message, outcome) => {
    const held = book();
    expect(held.apply(message)).toBe(outcome);
    expect(shown(held)).toBe(" | ");
  });

  test("another epoch goes on where the one before stopped", () => {
    const held = book();
    expect(held.apply({ ...update(100, 101, [], []), epoch: "4" })).toBe("applied");
    expect(held.apply({ ...update(101, 102, [], []), epoch: "3" })).toBe("applied");
    expect(held.position).toEqual({ epoch: 4n, sequence: 102n });
  });

  test("a quantity of 10^12 lots is exact", () => {
    const held = new OrderBook(LUNA);
    held.apply(snapshot(1, [["0.00001", "99999999999.9"]], []));
    expect(held.bids[0]?.quantity).toBe(999_999_999_999n);
  });
});

describe("the checksum", () => {
  test("CRC-32 has its known value", () => {
    expect([crc32("123456789"), crc32("")]).toEqual([0xcbf43926, 0]);
  });

  test("is over the best ten of each side as they were written", () => {
    const levels = (start: number, step: number): Text[] =>
      Array.from({ length: 12 }, (_, index) => [`0.0${start + step * index}`, `${index + 1}.0`]);
    const bids = levels(4190, -1);
    const asks = levels(4201, 1);
    const side = (texts: Text[]): string =>
      texts
        .slice(0, 10)
        .map((text) => text.join(":"))
        .join(",");
    const checksum = crc32(`${side(bids)}|${side(asks)}`);
    const held = new OrderBook(LUNA);
    expect(held.apply(snapshot(1, [...bids].reverse(), asks, checksum))).toBe("applied");
    expect(held.checksum()).toBe(checksum);
  });
});

describe("grouping", () => {
  const bids: LevelPair[] = [
    [4199n, 1n],
    [4191n, 2n],
    [4190n, 4n],
    [4189n, 8n],
    [4170n, 16n],
  ];
  const asks: LevelPair[] = [
    [4201n, 1n],
    [4209n, 2n],
    [4210n, 4n],
    [4211n, 8n],
  ];

  test("bids belong to the multiple below, asks to the one above", () => {
    expect(groupLevels(bids, 10n, "bids", 9)).toEqual([
      { price: 4190n, quantity: 7n, cumulative: 7n, own: 0n },
      { price: 4180n, quantity: 8n, cumulative: 15n, own: 0n },
      { price: 4170n, quantity: 16n, cumulative: 31n, own: 0n },
    ]);
    expect(groupLevels(asks, 10n, "asks", 9)).toEqual([
      { price: 4210n, quantity: 7n, cumulative: 7n, own: 0n },
      { price: 4220n, quantity: 8n, cumulative: 15n, own: 0n },
    ]);
  });

  test("by one tick nothing changes, and rows are no more than asked for", () => {
    expect(groupLevels(bids, 1n, "bids", 2)).toEqual([
      { price: 4199n, quantity: 1n, cumulative: 1n, own: 0n },
      { price: 4191n, quantity: 2n, cumulative: 3n, own: 0n },
    ]);
  });

  test("one's own part is grouped like the rest, and only what the book holds", () => {
    const own = new Map([
      [4199n, 1n],
      [4190n, 3n],
      [4181n, 9n],
    ]);
    const rows = groupLevels(bids, 10n, "bids", 9, own);
    expect(rows.map((row) => [row.price, row.own])).toEqual([
      [4190n, 4n],
      [4180n, 0n],
      [4170n, 0n],
    ]);
  });

  test("the whole last group is taken in, and sides never cross at any multiple", () => {
    expect(groupLevels(asks, 10n, "asks", 1)).toEqual([
      { price: 4210n, quantity: 7n, cumulative: 7n, own: 0n },
    ]);
    for (const multiple of [1n, 2n, 5n, 10n, 100n, 10_000n]) {
      const [bid] = groupLevels(bids, multiple, "bids", 1);
      const [ask] = groupLevels(asks, multiple, "asks", 1);
      expect(bid && ask && bid.price < ask.price).toBe(true);
    }
  });

  test.each<[string, bigint | null, bigint[]]>([
    ["0.04202 by 0.00001", 4_202n, [1n, 2n, 5n, 10n, 20n, 50n]],
    ["a price of one tick", 1n, [1n]],
    ["no price", null, [1n]],
    ["a price of a hundred ticks", 100n, [1n, 2n]],
    [
      "65,000.00 by 0.01",
      6_500_000n,
      [1n, 50n, 100n, 200n, 500n, 1_000n, 2_000n, 5_000n, 10_000n, 20_000n, 50_000n, 100_000n],
    ],
  ])("multiples on offer at %s", (_, ticks, multiples) => {
    expect(groupingMultiples(ticks)).toEqual(multiples);
  });

  test("multiples are 1, 2 or 5 times a power of ten, whatever the price", () => {
    for (let ticks = 1n; ticks < 10n ** 12n; ticks = ticks * 3n + 1n) {
      for (const multiple of groupingMultiples(ticks)) expect(multiple.toString()).toMatch(/^[125]0*$/);
    }
  });

  test.each<[bigint, bigint[], bigint]>([
    [50n, [1n, 2n, 5n], 5n],
    [1n, [1n, 2n], 1n],
    [20n, [1n, 50n], 1n],
  ])("%d of %s keeps to the nearest choice that is not wider", (wanted, multiples, nearest) => {
    expect(nearestMultiple(wanted, multiples)).toBe(nearest);
  });

  test("grouping keeps the sum, and no row is better than the orders in it", () => {
    const sides = fc.uniqueArray(fc.bigInt(1n, 2_000n), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(sides, fc.bigInt(1n, 60n), fc.boolean(), (prices, multiple, isBid) => {
        const sorted = [...prices].sort((a, b) => Number(isBid ? b - a : a - b));
        const levels = sorted.map((price): LevelPair => [price, price]);
        const rows = groupLevels(levels, multiple, isBid ? "bids" : "asks", 1_000);
        const sum = prices.reduce((total, price) => total + price, 0n);
        expect(rows.at(-1)?.cumulative).toBe(sum);
        const [best] = sorted as [bigint];
        if (isBid) expect(rows[0]?.price).toBeLessThanOrEqual(best);
        else expect(rows[0]?.price).toBeGreaterThanOrEqual(best);
      }),
    );
  });

  test("levels come out of a packed run as they went in", () => {
    const level = { price: 2n ** 40n - 1n, quantity: 2n ** 64n - 1n };
    expect(unpackLevels(packLevels([level, { price: 1n, quantity: 2n }], 9))).toEqual([
      [level.price, level.quantity],
      [1n, 2n],
    ]);
    expect(packLevels([level, level], 1)).toHaveLength(2);
  });
});

test("whatever changes in whatever pieces, the book is the one that a snapshot would give", () => {
  const changes = fc.array(fc.tuple(fc.boolean(), fc.bigInt(1n, 30n), fc.bigInt(0n, 5n)), {
    minLength: 1,
    maxLength: 80,
  });
  fc.assert(
    fc.property(changes, fc.integer({ min: 1, max: 7 }), (steps, piece) => {
      const held = new OrderBook(LUNA);
      held.apply(snapshot(0, [], []));
      const truth = { bids: new Map<bigint, bigint>(), asks: new Map<bigint, bigint>() };
      for (let from = 0; from < steps.length; from += piece) {
        const part: Record<"bids" | "asks", Text[]> = { bids: [], asks: [] };
        for (const [isBid, away, lots] of steps.slice(from, from + piece)) {
          const price = isBid ? 4_000n - away : 4_000n + away;
          const side = isBid ? "bids" : "asks";
          truth[side].set(price, lots);
          part[side].push([ticksToPrice(price, LUNA), lotsToQuantity(lots, LUNA)]);
        }
        const last = Math.min(from + piece, steps.length);
        expect(held.apply(update(from, last, part.bids, part.asks))).toBe("applied");
      }
      for (const side of ["bids", "asks"] as const) {
        const sign = side === "bids" ? -1 : 1;
        const expected = [...truth[side]].filter(([, lots]) => lots > 0n);
        expected.sort(([a], [b]) => sign * Number(a - b));
        expect(held[side].map(({ price, quantity }) => [price, quantity])).toEqual(expected);
      }
    }),
    { numRuns: 60 },
  );
});
