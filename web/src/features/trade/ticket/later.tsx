"use client";

import { useMessages } from "next-intl";
import { lazy, type ReactNode, Suspense } from "react";
import { useOrderingWords } from "@/features/own/orderingWords";
import { Words } from "@/i18n/Words";

/**
 * The parts of the ticket that are no part of a first view, with their words. Each of them shows nothing
 * before both have come.
 */
const parts = () => import("./late");
export const AdvancedFields = lazy(() => parts().then((late) => ({ default: late.AdvancedFields })));
export const ConfirmDialog = lazy(() => parts().then((late) => ({ default: late.ConfirmDialog })));
export const ExitFields = lazy(() => parts().then((late) => ({ default: late.ExitFields })));
export const OrderPicture = lazy(() => parts().then((late) => ({ default: late.OrderPicture })));
export const UntilField = lazy(() => parts().then((late) => ({ default: late.UntilField })));
export const WaitingFields = lazy(() => parts().then((late) => ({ default: late.WaitingFields })));
export const WaitingLines = lazy(() => parts().then((late) => ({ default: late.WaitingLines })));
export const WaitingSentence = lazy(() => parts().then((late) => ({ default: late.WaitingSentence })));

const NO_WORDS = {};

/** Adds the words of those parts once somebody needs them; what is inside stays mounted when they come. */
export function LaterWords({ needed, children }: { needed: boolean; children: ReactNode }) {
  const words = useOrderingWords(needed);
  return <Words messages={words ?? NO_WORDS}>{children}</Words>;
}

/** Shows what needs them when they have come. */
export function Later({ children, meanwhile = null }: { children: ReactNode; meanwhile?: ReactNode }) {
  const ready = "ordering" in useMessages();
  return ready ? <Suspense fallback={meanwhile}>{children}</Suspense> : meanwhile;
}
