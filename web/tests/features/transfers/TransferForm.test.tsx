// @vitest-environment jsdom
import { ApiError, type HeldAccount, type NewTransfer, type Transfer } from "@cse/client";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import common from "#messages/en/common.json";
import errors from "#messages/en/errors.json";
import transfers from "#messages/en/transfers.json";
import { TransferForm } from "@/features/transfers/TransferForm";

type Sent = NewTransfer & { idempotencyKey: string };
const { transfer } = vi.hoisted(() => ({ transfer: vi.fn<(wish: Sent) => Promise<Transfer>>() }));
vi.mock("@/providers/accounts", () => ({ useAccountChanges: () => ({ transfer }) }));
vi.mock("@/providers/exchange", () => ({}));
vi.mock("@/providers/own/own", () => ({ ownFeed: () => ({ changed: () => undefined }) }));
vi.mock("@/providers/market/markets", () => ({
  VALUE_ASSET: "USDC",
  useListings: () => ({ data: undefined }),
}));

const account = (id: string): HeldAccount =>
  ({
    account: { id, name: `Account ${id}`, main: false, archived_at: null },
    balances: [{ asset: "USDC", available: "500", held: "0", total: "500" }],
  }) as unknown as HeldAccount;

beforeEach(() => {
  transfer.mockReset();
  render(
    <NextIntlClientProvider locale="en" timeZone="UTC" messages={{ common, errors, transfers }}>
      <TransferForm held={[account("20"), account("21")]} from="20" />
    </NextIntlClientProvider>,
  );
});
afterEach(cleanup);

const refuse = (status: number, code?: string) =>
  transfer.mockRejectedValueOnce(new ApiError(status, { code }));
const accept = () => transfer.mockResolvedValueOnce({ id: "7", amount: "10", asset: "USDC" } as Transfer);
const write = (amount: string) =>
  fireEvent.change(screen.getByRole("textbox", { name: /Amount/ }), { target: { value: amount } });
const keys = () => transfer.mock.calls.map(([{ idempotencyKey }]) => idempotencyKey);

async function press(name: string) {
  const before = transfer.mock.calls.length;
  fireEvent.click(screen.getByRole("button", { name }));
  await waitFor(() => expect(transfer.mock.calls.length).toBe(before + 1));
  await waitFor(() =>
    expect(screen.getByRole("button", { name: /Transfer|Try again/ }).ariaBusy).not.toBe("true"),
  );
}

it.each([
  ["the exchange does not know what became of it", 503, "outcome_unknown"],
  ["something on the way answered without a code", 502, undefined],
])("asks again with the same key where %s", async (_, status, code) => {
  write("10");
  refuse(status, code);
  await press("Transfer");
  expect(screen.queryByRole("button", { name: "Transfer" })).toBeNull();
  accept();
  await press("Try again");
  const [first, second] = keys();
  expect(second).toBe(first);
});

it("is another wish with another amount, and once it is done", async () => {
  write("10");
  refuse(503, "outcome_unknown");
  await press("Transfer");
  write("11");
  accept();
  await press("Transfer");
  write("11");
  accept();
  await press("Transfer");
  expect(new Set(keys()).size).toBe(3);
});
