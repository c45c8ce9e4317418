// @vitest-environment jsdom
import { ApiError, type OrganisationTransfer, type OrganisationView } from "@cse/client";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import common from "#messages/en/common.json";
import errors from "#messages/en/errors.json";
import organisations from "#messages/en/organisations.json";
import { MoveDialog } from "@/features/organisations/MoveDialog";

type Sent = OrganisationTransfer & { idempotencyKey: string };
const { transfer, close } = vi.hoisted(() => ({
  transfer: vi.fn<(id: string, wish: Sent) => Promise<object>>(),
  close: vi.fn(),
}));
vi.mock("@/providers/exchange", () => ({}));
vi.mock("@/features/organisations/useOrganisation", () => ({
  organisations: () => ({ transfer }),
  inUseOf: (of: OrganisationView) => of.accounts,
  useHoldings: () => ({ data: [{ asset: "USDC", available: "500" }] }),
  useChanged: () => async () => undefined,
}));

const OF = {
  id: "01975d3e-0000-7000-8000-000000000001",
  accounts: [
    { id: "18446744073709551614", name: null, archived_at: null },
    { id: "18446744073709551615", name: "Desk", archived_at: null },
  ],
} as unknown as OrganisationView;

// jsdom has dialogs, but does not open them.
Object.assign(HTMLDialogElement.prototype, {
  showModal(this: HTMLDialogElement) {
    this.open = true;
  },
  close(this: HTMLDialogElement) {
    this.open = false;
  },
});

beforeEach(() => {
  transfer.mockReset();
  close.mockReset();
  render(
    <NextIntlClientProvider locale="en" timeZone="UTC" messages={{ common, errors, organisations }}>
      <MoveDialog of={OF} onClose={close} />
    </NextIntlClientProvider>,
  );
});
afterEach(cleanup);

const write = (amount: string) =>
  fireEvent.change(screen.getByRole("textbox", { name: "Amount" }), { target: { value: amount } });
const keys = () => transfer.mock.calls.map(([, { idempotencyKey }]) => idempotencyKey);

async function press(name: string) {
  const before = transfer.mock.calls.length;
  fireEvent.click(await screen.findByRole("button", { name }));
  await waitFor(() => expect(transfer.mock.calls.length).toBe(before + 1));
}

it("has a key that the exchange takes, however much is written", async () => {
  write("123456789012345.123456");
  transfer.mockResolvedValueOnce({ id: "1", state: "done" });
  await press("Move");
  expect(keys()[0]).toMatch(/^[!-~]{1,64}$/);
  await waitFor(() => expect(close).toHaveBeenCalledOnce());
});

it("asks again with the same key where nobody knows what became of it, and with another for another amount", async () => {
  write("10");
  transfer.mockRejectedValue(new ApiError(503, { code: "outcome_unknown" }));
  await press("Move");
  await press("Ask again");
  write("11");
  await press("Move");
  const [first, again, other] = keys();
  expect(again).toBe(first);
  expect(other).not.toBe(first);
  expect(close).not.toHaveBeenCalled();
});
