"use client";

import { account } from "@/providers/account";
import { useGuarding, useGuardingChanged } from "@/providers/guarding";

/** What guards this person's account. */
export function useSecurity() {
  return useGuarding("security", (options) => account().security(options));
}

/** Has what guards the account looked at anew. */
export function useSecurityChanged(): () => void {
  const changed = useGuardingChanged("security");
  return () => void changed();
}
