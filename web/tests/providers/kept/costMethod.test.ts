// @vitest-environment jsdom

import { beforeEach, describe, expect, it, vi } from "vitest";

/** The choice as a page finds it that is loaded now. */
async function loaded() {
  vi.resetModules();
  const { useCostMethod } = await import("@/providers/kept/costMethod");
  return useCostMethod.getState();
}

beforeEach(() => localStorage.clear());

describe("how cost is counted", () => {
  it("is by the average at first", async () => expect((await loaded()).cost).toBe("average"));

  it("is what was chosen when the page is loaded again", async () => {
    (await loaded()).choose("lifo");
    expect((await loaded()).cost).toBe("lifo");
  });

  it.each([
    ["as versions before kept it", '"fifo"', "fifo"],
    ["of a name that is none", '"dearest"', "average"],
    ["of another shape", "[1]", "average"],
    ["of nothing", "null", "average"],
  ])("is read where something is kept %s", async (_, text, cost) => {
    localStorage.setItem("cse.cost", text);
    expect((await loaded()).cost).toBe(cost);
  });
});
