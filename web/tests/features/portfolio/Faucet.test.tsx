// @vitest-environment jsdom
import { ApiError } from "@cse/client";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import common from "#messages/en/common.json";
import errors from "#messages/en/errors.json";
import Faucet from "@/features/portfolio/Faucet";

interface Sent {
  readonly asset: string;
  readonly amount: string;
  readonly idempotencyKey: string;
}
const { faucet } = vi.hoisted(() => ({ faucet: vi.fn<(wish: Sent) => Promise<object>>() }));
vi.mock("@/providers/exchange", () => ({ exchange: () => ({ faucet }) }));
vi.mock("@/providers/own/own", () => ({ ownFeed: () => ({ changed: () => undefined }) }));
vi.mock("@/providers/market/markets", () => ({
  VALUE_ASSET: "USDC",
  useListings: () => ({ data: undefined }),
}));

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
  faucet.mockReset();
  render(
    <NextIntlClientProvider locale="en" timeZone="UTC" messages={{ common, errors }}>
      <Faucet />
    </NextIntlClientProvider>,
  );
});
afterEach(cleanup);

const refuse = (status: number, code?: string) =>
  faucet.mockRejectedValueOnce(new ApiError(status, { code }));
const sent = () => faucet.mock.calls.map(([wish]) => wish);

async function press(name: string) {
  const before = faucet.mock.calls.length;
  fireEvent.click(await screen.findByRole("button", { name }));
  await waitFor(() => expect(faucet.mock.calls.length).toBe(before + 1));
}

it.each([
  ["the exchange does not know what became of it", 503, "outcome_unknown"],
  ["something on the way answered without a code", 500, undefined],
])("asks again with the same key where %s", async (_, status, code) => {
  refuse(status, code);
  await press("Get it");
  faucet.mockResolvedValueOnce({ asset: "USDC", amount: "1000", sequence: "4" });
  await press("Ask again");
  const [first, second] = sent();
  expect(second).toEqual(first);
});

it("is another wish with another amount", async () => {
  refuse(503, "outcome_unknown");
  await press("Get it");
  await screen.findByRole("button", { name: "Ask again" });
  fireEvent.change(screen.getByRole("textbox", { name: /Amount/ }), { target: { value: "200" } });
  refuse(503, "outcome_unknown");
  await press("Get it");
  const [first, second] = sent();
  expect([first?.amount, second?.amount]).toEqual(["1000", "200"]);
  expect(second?.idempotencyKey).not.toBe(first?.idempotencyKey);
});
