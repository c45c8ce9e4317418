import type { StreamStatus } from "@cse/client";
import { describe, expect, it } from "vitest";
import { noteWhenLive } from "@/providers/offline";

const status = (state: StreamStatus["state"], lastMessageAt: number | null) =>
  ({ state, lastMessageAt }) as StreamStatus;

describe("when prices were live last", () => {
  it.each([
    ["nothing was heard", [["connecting", null]], []],
    [
      "seldom while it is live",
      [
        ["live", 10_000],
        ["live", 12_000],
        ["live", 15_000],
      ],
      [10_000, 15_000],
    ],
    [
      "as it ends",
      [
        ["live", 10_000],
        ["live", 12_000],
        ["reconnecting", 12_500],
      ],
      [10_000, 12_500],
    ],
    [
      "once as it ends",
      [
        ["live", 10_000],
        ["offline", 10_900],
        ["offline", 10_900],
      ],
      [10_000, 10_900],
    ],
    [
      "not again while it is away",
      [
        ["live", 10_000],
        ["reconnecting", 10_000],
        ["offline", 10_000],
      ],
      [10_000],
    ],
  ] as const)("is kept: %s", (_, statuses, kept) => {
    const found: number[] = [];
    const take = noteWhenLive((at) => found.push(at));
    for (const [state, at] of statuses) take(status(state, at));
    expect(found).toEqual(kept);
  });
});
