"use client";

import { type ReactNode, Suspense } from "react";
import { useAtRest } from "@/components/late";

/** What is inside comes once the page rests, or at once where it was asked for; nothing around it renders for that. */
export function AtRest({ now = false, children }: { now?: boolean; children: ReactNode }) {
  const rests = useAtRest();
  return <Suspense>{(rests || now) && children}</Suspense>;
}
