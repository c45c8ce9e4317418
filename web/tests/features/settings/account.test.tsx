// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import { afterEach, expect, it, vi } from "vitest";
import common from "#messages/en/common.json";
import settings from "#messages/en/settings.json";
import { Account } from "@/features/settings/Account";
import { useSession } from "@/providers/session";

const { again } = vi.hoisted(() => ({ again: vi.fn() }));
vi.mock("@/providers/session", async (actual) => ({ ...(await actual<object>()), settleSignOut: again }));
vi.mock("@/providers/exchange", () => ({}));
vi.mock("@/features/shell/returnTo", () => ({ useReturnTo: () => "" }));
vi.mock("@/components/Button", async (actual) => ({
  ...(await actual<object>()),
  ButtonLink: ({ href, children }: { href: string; children: string }) => <a href={href}>{children}</a>,
}));

afterEach(cleanup);

function show(signOut: "none" | "done" | "owed") {
  useSession.setState({ state: "visitor", signOut });
  render(
    <NextIntlClientProvider locale="en" timeZone="UTC" messages={{ common, settings }}>
      <Account />
    </NextIntlClientProvider>,
  );
}

it("says as long as it is so that the exchange has not heard of a sign-out, and asks again", async () => {
  let heard = () => {};
  again.mockReturnValue(
    new Promise<void>((resolve) => {
      heard = resolve;
    }),
  );
  show("owed");
  expect(screen.getByRole("alert").textContent).toContain("You are not signed out yet");
  const button = screen.getByRole("button", { name: "Try again" });
  fireEvent.click(button);
  fireEvent.click(button);
  expect(again).toHaveBeenCalledOnce();
  useSession.setState({ signOut: "done" });
  heard();
  await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
});

it.each(["none", "done"] as const)("has nothing to say where a sign-out is %s", (signOut) => {
  show(signOut);
  expect(screen.queryByRole("alert")).toBeNull();
});
