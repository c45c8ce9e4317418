// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Syncing, startSyncing } from "@/providers/kept/syncing";

let done: string[];
let failing: boolean;
let syncing: Syncing;
/** How long an answer takes. */
const ANSWER_MS = 50;

const answer = async (what: string) => {
  done.push(what);
  await new Promise((resolve) => setTimeout(resolve, ANSWER_MS));
  if (failing) throw new Error("away");
};
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const look = () => void document.dispatchEvent(new Event("visibilitychange"));

beforeEach(() => {
  vi.useFakeTimers();
  done = [];
  failing = false;
  syncing = startSyncing({ pauseMs: 400, load: () => answer("load"), send: () => answer("send") });
});
afterEach(() => {
  syncing.stop();
  vi.useRealTimers();
});

describe("keeping here and there alike", () => {
  it("loads before it sends", async () => {
    await pass(200);
    expect(done).toEqual(["load", "send"]);
  });

  it("sends once after several changes", async () => {
    await pass(200);
    syncing.changed();
    await pass(300);
    syncing.changed();
    await pass(1_000);
    expect(done).toEqual(["load", "send", "send"]);
  });

  it("does one thing at a time", async () => {
    look();
    look();
    await pass(200);
    expect(done).toEqual(["load", "send"]);
  });

  it("loads again when somebody looks", async () => {
    await pass(200);
    look();
    await pass(200);
    expect(done).toEqual(["load", "send", "load", "send"]);
  });

  it("loads with the next change where it could not", async () => {
    failing = true;
    await pass(200);
    failing = false;
    syncing.changed();
    await pass(1_000);
    expect(done).toEqual(["load", "load", "send"]);
  });

  it("does nothing more once it is stopped", async () => {
    await pass(200);
    syncing.changed();
    syncing.stop();
    look();
    await pass(1_000);
    expect(done).toEqual(["load", "send"]);
  });
});
