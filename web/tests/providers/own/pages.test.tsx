// @vitest-environment jsdom
import type { Fill } from "@cse/client";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ownStore } from "@/providers/own/own";
import { beginFor, hearFills } from "@/providers/own/ownStore";
import { useFills } from "@/providers/own/pages";
import { useSession } from "@/providers/session";
import { fill } from "./wire";

const { fills } = vi.hoisted(() => ({ fills: vi.fn() }));
vi.mock("@/providers/exchange", () => ({ exchange: () => ({ fills }) }));

const at = (trade: number, market = "LUNA-USDC") =>
  fill({ trade_id: String(trade), sequence: String(trade), market });
const page = (items: Fill[], next: string | null) => ({ items, next_cursor: next, sequence: "1" });

function look(market: string | null, looked = true) {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={queries}>{children}</QueryClientProvider>
  );
  const { result } = renderHook(() => useFills(market, looked), { wrapper });
  return { now: () => result.current, trades: () => result.current.items?.map((each) => each.trade_id) };
}

beforeEach(() => {
  useSession.setState({ state: "user" });
  beginFor(ownStore, "1");
  fills.mockReset();
});
afterEach(() => {
  // Before the session changes: nothing is asked for a person who is gone.
  cleanup();
  useSession.setState({ state: "visitor" });
});

it("offers no older ones where there are none", async () => {
  fills.mockResolvedValue(page([at(1)], null));
  const list = look(null);
  expect(list.now()).toMatchObject({ items: null, hasOlder: false });
  await waitFor(() => expect(list.trades()).toEqual(["1"]));
  expect(list.now().hasOlder).toBe(false);
});

it("goes on behind the last page as long as there is more", async () => {
  fills.mockResolvedValueOnce(page([at(3), at(2)], "c2")).mockResolvedValueOnce(page([at(1)], null));
  const list = look(null);
  await waitFor(() => expect(list.now().hasOlder).toBe(true));
  act(() => list.now().older());
  await waitFor(() => expect(list.trades()).toEqual(["3", "2", "1"]));
  expect(list.now().hasOlder).toBe(false);
  expect(fills.mock.calls[1]?.[0]).toMatchObject({ cursor: "c2" });
});

it("has what the streams told before what was fetched, each once, of its own market", async () => {
  fills.mockResolvedValue(page([at(2), at(1)], null));
  const list = look("LUNA-USDC");
  await waitFor(() => expect(list.trades()).toEqual(["2", "1"]));
  act(() => hearFills(ownStore, { reset: true, fills: [at(2), at(3), at(4, "NOVA-USDC")] }));
  expect(list.trades()).toEqual(["3", "2", "1"]);
});

it("shows what the streams told while the page is on its way", () => {
  fills.mockReturnValue(new Promise(() => {}));
  hearFills(ownStore, { reset: true, fills: [at(3)] });
  expect(look(null).trades()).toEqual(["3"]);
});

it("keeps the fetched ones where older ones fail, and fetches those again", async () => {
  fills.mockResolvedValueOnce(page([at(2)], "c2")).mockRejectedValueOnce(new Error("away"));
  const list = look(null);
  await waitFor(() => expect(list.now().hasOlder).toBe(true));
  act(() => list.now().older());
  await waitFor(() => expect(list.now().error).toBeTruthy());
  expect(list.trades()).toEqual(["2"]);
  fills.mockResolvedValueOnce(page([at(1)], null));
  act(() => list.now().retry());
  await waitFor(() => expect(list.trades()).toEqual(["2", "1"]));
});

it("asks for nothing while nobody looks", () => {
  look(null, false);
  expect(fills).not.toHaveBeenCalled();
});
