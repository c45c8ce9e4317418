"use client";

import { useState } from "react";
import { StepUpDeclined } from "@/features/stepUp/stepUp";
import { useErrorWords } from "@/providers/errorWords";

/** Does one thing at a time, and says why it could not. */
export function useAct() {
  const words = useErrorWords();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  function act(work: () => Promise<unknown>) {
    setBusy(true);
    setError(null);
    work()
      .catch((refusal: unknown) => {
        if (!(refusal instanceof StepUpDeclined)) setError(words(refusal).happened);
      })
      .finally(() => setBusy(false));
  }
  return { busy, error, act };
}
