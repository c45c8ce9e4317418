"use client";

import { Bell } from "@/features/notifications/Bell";
import { AccountMenu } from "./AccountMenu";
import { AccountSwitcher } from "./AccountSwitcher";

/** What the head of a page has for whoever is signed in; fetched apart, for visitors need none of it. */
export default function Personal() {
  return (
    <>
      <AccountSwitcher />
      <Bell />
      <AccountMenu />
    </>
  );
}
