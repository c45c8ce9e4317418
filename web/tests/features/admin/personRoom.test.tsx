// @vitest-environment jsdom
import type { PersonDetail } from "@cse/client";
import { cleanup, render, screen } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import { afterEach, expect, it, vi } from "vitest";
import admin from "#messages/en/admin.json";
import { PersonRoom } from "@/features/admin/PersonRoom";

const { found } = vi.hoisted(() => ({ found: vi.fn() }));
vi.mock("@/features/admin/useDesk", () => ({ usePerson: () => ({ isError: false, data: found() }) }));
vi.mock("@/features/admin/Past", () => ({ Past: () => null }));
vi.mock("@/features/admin/FreezeDialog", () => ({ FreezeDialog: () => null }));
vi.mock("@/features/admin/RolesDialog", () => ({ RolesDialog: () => null }));
vi.mock("@/features/admin/TierDialog", () => ({ TierDialog: () => null }));
vi.mock("@/providers/session", () => ({ useSession: () => "somebody else" }));
vi.mock("@/providers/urlState", () => ({ useUrlState: () => [new URLSearchParams(), () => {}] }));
vi.mock("@/providers/format", () => ({
  useFormat: () => ({ dateTime: String, date: String, count: String, decimal: String }),
}));

const AT = "2026-01-02T03:04:05.000000Z";
const RIGHTS = ["freeze", "unfreeze", "set_fee_tier", "set_operators"];

afterEach(cleanup);

function show(frozen_since: string | null, closed_since: string | null) {
  found.mockReturnValue({
    person: { person: "p", email: "ada@example.com", account: "7", frozen_since, closed_since },
    frozen_reason: "a stolen phone",
    account_frozen: true,
    methods: [],
    balances: [],
    roles: [],
  } as unknown as PersonDetail);
  render(
    <NextIntlClientProvider locale="en" timeZone="UTC" messages={{ admin }}>
      <PersonRoom id="p" rights={RIGHTS} />
    </NextIntlClientProvider>,
  );
  return screen.getAllByRole("button").map((button) => button.textContent?.trim());
}

it("offers to let go who is frozen", () => {
  expect(show(AT, null)).toEqual(["All people", "Set fee tier", "Roles", "Unfreeze"]);
  expect(screen.getByText("Frozen")).toBeDefined();
});

it("says of a closed account that it is, and offers nothing", () => {
  expect(show(AT, AT)).toEqual(["All people"]);
  expect(screen.getByText("Closed")).toBeDefined();
  expect(screen.queryByText("Frozen")).toBeNull();
  expect(screen.queryByText(/a stolen phone/)).toBeNull();
});
