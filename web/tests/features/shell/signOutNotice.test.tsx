// @vitest-environment jsdom
import { act, cleanup, render } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import { afterEach, expect, it } from "vitest";
import common from "#messages/en/common.json";
import errors from "#messages/en/errors.json";
import { useToasts } from "@/components/Toast";
import { useSignOutNotice } from "@/features/shell/useSignOutNotice";
import { useSession } from "@/providers/session";

afterEach(cleanup);

function Notice() {
  useSignOutNotice();
  return null;
}

const titles = () => useToasts.getState().all.map((toast) => toast.title);

it("says that the session was ended, until somebody signs in", () => {
  render(
    <NextIntlClientProvider locale="en" messages={{ common, errors }}>
      <Notice />
    </NextIntlClientProvider>,
  );
  expect(titles()).toEqual([]);
  act(() => useSession.setState({ state: "visitor", ended: true }));
  expect(titles()).toEqual([errors.codes.session_ended]);
  act(() => useSession.setState({ state: "user", ended: false }));
  expect(titles()).toEqual([]);
});
