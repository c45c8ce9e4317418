"use client";

import { ApiError } from "@cse/client";
import { useState } from "react";
import { StepUpDeclined } from "@/features/stepUp/stepUp";
import { useErrorWords } from "@/providers/errorWords";

/** Does one thing at a time, and says why it could not; `own` are sentences of codes that mean something here. */
export function useAct(own: Readonly<Record<string, string>> = {}) {
  const words = useErrorWords();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [field, setField] = useState<string | null>(null);
  function act(work: () => Promise<unknown>) {
    setBusy(true);
    setError(null);
    work()
      .catch((refusal: unknown) => {
        if (refusal instanceof StepUpDeclined) return;
        const { code, field } = refusal instanceof ApiError ? refusal : {};
        setError(own[code ?? ""] ?? words(refusal).happened);
        setField(field ?? null);
      })
      .finally(() => setBusy(false));
  }
  return { busy, error, field, act };
}
