"use client";

import { useEffect, useState } from "react";

/**
 * What the link of a mail carries behind its `#`: null before it is known, empty where there is nothing.
 *
 * It is taken out of the address at once, so that it stays in no history and on no screen.
 */
export function useLinkToken(): string | null {
  const [token, setToken] = useState<string | null>(null);
  useEffect(() => {
    const carried = location.hash.slice(1);
    setToken((known) => (carried === "" ? (known ?? "") : carried));
    if (carried !== "") {
      history.replaceState(history.state, "", location.pathname + location.search);
    }
  }, []);
  return token;
}
