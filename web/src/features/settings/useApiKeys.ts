"use client";

import { ApiKeysClient, type NewApiKey } from "@cse/client";
import { withStepUp } from "@/features/stepUp/stepUp";
import { exchange } from "@/providers/exchange";
import { useGuarding, useGuardingChange } from "@/providers/guarding";

const keys = () => new ApiKeysClient(exchange().calls);

/** This person's API keys. */
export function useApiKeys() {
  return useGuarding("keys", (options) => keys().list(options));
}

/** What can be done with keys. */
export function useApiKeyChanges() {
  const after = useGuardingChange("keys");
  return {
    make: (key: NewApiKey) => after(withStepUp(() => keys().make(key))),
    revoke: (id: string) => after(keys().revoke(id)),
  };
}
