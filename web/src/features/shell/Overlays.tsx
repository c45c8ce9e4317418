"use client";

import { lazy, Suspense, useEffect, useState } from "react";
import { useOverlay } from "@/features/palette/state";
import { useFaucet } from "@/features/portfolio/faucetState";
import { useStepUp } from "@/features/stepUp/stepUp";

const Palette = lazy(() => import("@/features/palette/Palette"));
const Shortcuts = lazy(() => import("@/features/palette/Shortcuts"));
const StepUpDialog = lazy(() => import("@/features/stepUp/StepUpDialog"));
const Behind = lazy(() => import("./Behind"));
const Faucet = lazy(() => import("@/features/portfolio/Faucet"));

/** What opens over any page; its code is fetched when it is first asked for. */
export function Overlays() {
  const overlay = useOverlay((state) => state.open);
  const faucet = useFaucet((state) => state.open);
  const [shown, setShown] = useState(false);
  useEffect(() => setShown(true), []);
  const stepUp = useStepUp((state) => state.methods !== null);
  return (
    <Suspense>
      {overlay === "palette" && <Palette />}
      {overlay === "shortcuts" && <Shortcuts />}
      {faucet && <Faucet />}
      {stepUp && <StepUpDialog />}
      {shown && <Behind />}
    </Suspense>
  );
}
