/** Line pictures of what an order does, on a grid of 288 by 56. Those of buys are the same upside down. */

import type { WaitingKind } from "../kinds";

export type PictureName = WaitingKind | "bracket" | "iceberg";

type Point = readonly [x: number, y: number];

export interface Picture {
  /** The price on its way; empty where a book is drawn instead. */
  readonly path: readonly Point[];
  /** Where something waits: a stop, a limit, or a stop that has followed. */
  readonly lines: readonly { readonly points: readonly Point[]; readonly is: "stop" | "limit" }[];
  /** Where it trades, and where an order ends because of that. */
  readonly trades: readonly Point[];
  readonly ends: readonly Point[];
  /** Parts of an order in the book; one of them is shown. */
  readonly parts: number;
}

const HEIGHT = 56;
const NOTHING: Picture = { path: [], lines: [], trades: [], ends: [], parts: 0 };
const level = (y: number, is: "stop" | "limit", from = 12, to = 276) => ({
  is,
  points: [
    [from, y],
    [to, y],
  ] as const,
});

const FALLING: readonly Point[] = [
  [12, 20],
  [44, 12],
  [76, 22],
  [108, 14],
  [148, 28],
  [180, 24],
  [212, 42],
];
const RISING: readonly Point[] = [
  [12, 36],
  [44, 44],
  [76, 34],
  [108, 42],
  [148, 28],
  [180, 32],
  [212, 14],
];

/** As of a sale. */
const OF_SALES: Record<PictureName, Picture> = {
  stop_loss: {
    ...NOTHING,
    path: [...FALLING, [240, 48]],
    lines: [level(42, "stop")],
    trades: [[212, 42]],
  },
  stop_limit: {
    ...NOTHING,
    path: [...FALLING, [232, 50], [256, 46]],
    lines: [level(42, "stop", 12, 212), level(49, "limit", 212)],
    trades: [[236, 49]],
  },
  take_profit: {
    ...NOTHING,
    path: [...RISING, [240, 8]],
    lines: [level(14, "stop")],
    trades: [[212, 14]],
  },
  take_profit_limit: {
    ...NOTHING,
    path: [...RISING, [234, 8], [262, 18]],
    lines: [level(14, "stop", 12, 212), level(8, "limit", 212)],
    trades: [[234, 8]],
  },
  trailing_stop: {
    ...NOTHING,
    path: [
      [12, 40],
      [48, 28],
      [76, 34],
      [120, 16],
      [152, 22],
      [184, 8],
      [232, 26],
    ],
    lines: [
      {
        is: "stop",
        points: [
          [12, 54],
          [48, 46],
          [84, 46],
          [120, 34],
          [158, 34],
          [184, 26],
          [276, 26],
        ],
      },
    ],
    trades: [[232, 26]],
  },
  oco: {
    ...NOTHING,
    path: [
      [12, 34],
      [48, 26],
      [80, 36],
      [120, 24],
      [152, 30],
      [196, 10],
      [228, 16],
    ],
    lines: [level(10, "limit"), level(48, "stop")],
    trades: [[196, 10]],
    ends: [[196, 48]],
  },
  bracket: {
    ...NOTHING,
    path: [
      [12, 14],
      [48, 24],
      [80, 30],
      [112, 24],
      [148, 32],
      [196, 10],
    ],
    lines: [level(30, "limit", 12, 80), level(10, "limit", 80), level(50, "stop", 80)],
    trades: [
      [80, 30],
      [196, 10],
    ],
    ends: [[196, 50]],
  },
  iceberg: { ...NOTHING, parts: 6 },
};

export function pictureOf(name: PictureName, side: "buy" | "sell"): Picture {
  const picture = OF_SALES[name];
  // A bracket is drawn as the buy that it is.
  if (side === "sell" || name === "bracket" || name === "iceberg") return picture;
  const turned = (points: readonly Point[]): Point[] => points.map(([x, y]) => [x, HEIGHT - y]);
  return {
    ...picture,
    path: turned(picture.path),
    lines: picture.lines.map((line) => ({ ...line, points: turned(line.points) })),
    trades: turned(picture.trades),
    ends: turned(picture.ends),
  };
}
