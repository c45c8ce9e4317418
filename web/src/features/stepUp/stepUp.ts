import { ApiError } from "@cse/client";
import { create } from "zustand";

interface StepUpStore {
  /** By what the person may show that it is them; null while nobody is asked. */
  methods: readonly string[] | null;
}

export const useStepUp = create<StepUpStore>(() => ({ methods: null }));

/** The person closed the dialog: what was asked for has not been done. */
export class StepUpDeclined extends Error {}

let settle: ((shown: boolean) => void) | undefined;

/**
 * Does what may ask for a step up. Where it does, the person is asked once, and it is done again.
 *
 * @throws StepUpDeclined, or what `work` threw.
 */
export async function withStepUp<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ApiError && error.code === "step_up_required")) throw error;
    if (!(await ask(error.methods))) throw new StepUpDeclined();
    return work();
  }
}

/** Called by the dialog: whether the person has shown it. */
export function endStepUp(shown: boolean): void {
  useStepUp.setState({ methods: null });
  settle?.(shown);
  settle = undefined;
}

function ask(methods: readonly string[]): Promise<boolean> {
  settle?.(false);
  return new Promise((resolve) => {
    settle = resolve;
    useStepUp.setState({ methods });
  });
}
