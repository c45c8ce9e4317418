import { describe, expect, it } from "vitest";
import { strengthOf } from "@/features/session/useStrength";

describe("what a form shows of an estimate", () => {
  it.each([
    [0, "weak_password", 1, false],
    [2, "weak_password", 1, false],
    [2, "breached_password", 1, true],
    [3, null, 2, false],
    [4, null, 3, false],
  ])("of %i, refused as %j, level %i", (score, refused, level, breached) =>
    expect(strengthOf({ score, refused })).toEqual({ level, breached }),
  );
});
