// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, waitFor } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import books from "#messages/en/books.json";
import common from "#messages/en/common.json";
import errors from "#messages/en/errors.json";
import portfolio from "#messages/en/portfolio.json";
import StatementPanel from "@/features/portfolio/statement/StatementPanel";

const NOW = Date.UTC(2026, 10, 28);
const DAY_MS = 86_400_000;
const { statement } = vi.hoisted(() => ({
  statement: vi.fn((_period: string) => new Promise(() => undefined)),
}));
vi.mock("@/providers/exchange", () => ({ serverNow: () => NOW }));
vi.mock("@/i18n/useLateWords", () => ({ useLateWords: () => ({ books }) }));
vi.mock("@/providers/streamStatus", () => ({ useStreamStatus: () => null }));
vi.mock("@/providers/urlState", () => ({ useUrlState: () => [new URLSearchParams(), () => undefined] }));
vi.mock("@/providers/session", () => ({
  exchangeOf: () => ({ statement }),
  useSession: (select: (state: { account: string }) => unknown) => select({ account: "1" }),
}));

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
  statement.mockClear();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

it.each([
  ["is right", 0],
  ["is forty days ahead", 40],
  ["is forty days behind", -40],
])("shows this month first where the browser's clock %s", async (_, days) => {
  vi.setSystemTime(NOW + days * DAY_MS);
  render(
    <QueryClientProvider client={new QueryClient()}>
      <NextIntlClientProvider locale="en" timeZone="UTC" messages={{ common, errors, portfolio }}>
        <StatementPanel since="2026-09-03T00:00:00Z" />
      </NextIntlClientProvider>
    </QueryClientProvider>,
  );
  await waitFor(() => expect(statement).toHaveBeenCalled());
  expect(statement.mock.calls.map(([period]) => period)).toEqual(["2026-11"]);
});
