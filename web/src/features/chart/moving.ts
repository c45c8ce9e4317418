/** Which order is being moved on a chart and where to: nothing of it has been sent. */

import { create } from "zustand";

export interface Moving {
  /** The order's key, and the price that it would have in ticks. */
  readonly key: string;
  readonly ticks: bigint;
  /** It is still under the pointer: who lets go is asked. */
  readonly held: boolean;
  /** The question is to have the focus. */
  readonly asked: boolean;
}

export const useMoving = create<{ moving: Moving | null }>(() => ({ moving: null }));

export function move(moving: Moving | null): void {
  useMoving.setState({ moving });
}
