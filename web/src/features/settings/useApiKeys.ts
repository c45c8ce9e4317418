"use client";

import type { NewApiKey } from "@cse/client";
import { withStepUp } from "@/features/stepUp/stepUp";
import { account } from "@/providers/account";
import { useGuarding, useGuardingChange } from "@/providers/guarding";

/** This person's API keys. */
export function useApiKeys() {
  return useGuarding("keys", (options) => account().apiKeys(options));
}

/** What can be done with keys. */
export function useApiKeyChanges() {
  const after = useGuardingChange("keys");
  return {
    make: (key: NewApiKey) => after(withStepUp(() => account().makeKey(key))),
    revoke: (id: string) => after(account().revokeKey(id)),
  };
}
