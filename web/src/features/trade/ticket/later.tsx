"use client";

import { useMessages } from "next-intl";
import { type ReactNode, Suspense } from "react";
import { alongWithLate, late, useAtRest } from "@/components/late";
import type { Locale } from "@/i18n/locales";
import { lateWords, useLateWords } from "@/i18n/useLateWords";
import { Words } from "@/i18n/Words";

/**
 * The parts of the ticket that are no part of a first view, with their words. Each of them shows nothing
 * before both have come.
 */
const parts = () => import("./late");
export const AdvancedFields = late(() => parts().then((some) => ({ default: some.AdvancedFields })));
export const ConfirmDialog = late(() => parts().then((some) => ({ default: some.ConfirmDialog })));
export const ExitFields = late(() => parts().then((some) => ({ default: some.ExitFields })));
export const HoldingLines = late(() => parts().then((some) => ({ default: some.HoldingLines })));
export const OrderPicture = late(() => parts().then((some) => ({ default: some.OrderPicture })));
export const UntilField = late(() => parts().then((some) => ({ default: some.UntilField })));
export const WaitingFields = late(() => parts().then((some) => ({ default: some.WaitingFields })));
export const WaitingLines = late(() => parts().then((some) => ({ default: some.WaitingLines })));
export const WaitingSentence = late(() => parts().then((some) => ({ default: some.WaitingSentence })));

alongWithLate(() => lateWords("ordering", document.documentElement.lang as Locale));

const NO_WORDS = {};

/** Adds the words of those parts once the page rests or they are needed; what is inside stays mounted. */
export function LaterWords({ needed, children }: { needed: boolean; children: ReactNode }) {
  const rests = useAtRest();
  const words = useLateWords("ordering", needed || rests);
  return <Words messages={words ?? NO_WORDS}>{children}</Words>;
}

/** Shows what needs them when they have come. */
export function Later({ children, meanwhile = null }: { children: ReactNode; meanwhile?: ReactNode }) {
  const ready = "ordering" in useMessages();
  return ready ? <Suspense fallback={meanwhile}>{children}</Suspense> : meanwhile;
}
