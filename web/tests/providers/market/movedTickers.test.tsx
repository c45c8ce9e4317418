// @vitest-environment jsdom
import type { Ticker } from "@cse/client";
import { act, cleanup, render } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import * as exchange from "@/providers/exchange";
import { useMovedTickers } from "@/providers/market/movedTickers";
import { tickerBoard } from "@/providers/market/tickers";

let subscribed: string[];
let ended: number;
let drawn: number;

beforeEach(() => {
  vi.useFakeTimers();
  [subscribed, ended, drawn] = [[], 0, 0];
  vi.spyOn(exchange, "liveStreams").mockReturnValue({
    subscribe: (channel: string) => {
      subscribed.push(channel);
      return () => {
        ended += 1;
      };
    },
  } as unknown as ReturnType<typeof exchange.liveStreams>);
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

let sequence = 0;
function move(market: string): void {
  sequence += 1;
  tickerBoard.put({ market, sequence: String(sequence), last_price: "1" } as Ticker);
}

function Sum({ markets }: { markets: readonly string[] }) {
  useMovedTickers(markets);
  drawn += 1;
  return null;
}

it("draws once for all that moves within a second, and for no other market", async () => {
  const { unmount } = render(<Sum markets={["LUNA-USDC", "NOVA-USDC"]} />);
  expect(subscribed).toEqual(["ticker.LUNA-USDC", "ticker.NOVA-USDC"]);
  for (const market of ["LUNA-USDC", "NOVA-USDC", "LUNA-USDC", "BTC-USDC"]) move(market);
  await act(() => vi.advanceTimersByTimeAsync(1_000));
  expect(drawn).toBe(2);
  move("BTC-USDC");
  await act(() => vi.advanceTimersByTimeAsync(5_000));
  expect(drawn).toBe(2);
  move("NOVA-USDC");
  unmount();
  await act(() => vi.advanceTimersByTimeAsync(5_000));
  expect([drawn, ended]).toEqual([2, 2]);
});
