"use client";

import { AccountMenu } from "./AccountMenu";

/** What the head of a page has for whoever is signed in; fetched apart, for visitors need none of it. */
export default function Personal() {
  return <AccountMenu />;
}
