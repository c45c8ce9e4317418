"use client";

import { lazy, Suspense, useEffect, useState } from "react";
import { openPalette, useOverlay } from "@/features/palette/state";
import { useFaucet } from "@/features/portfolio/faucetState";
import { useStepUp } from "@/features/stepUp/stepUp";

const Palette = lazy(() => import("@/features/palette/Palette"));
const Shortcuts = lazy(() => import("@/features/palette/Shortcuts"));
const StepUpDialog = lazy(() => import("@/features/stepUp/StepUpDialog"));
const IncidentBanner = lazy(() => import("./IncidentBanner"));
const Faucet = lazy(() => import("@/features/portfolio/Faucet"));

/** What opens over any page; its code is fetched when it is first asked for. */
export function Overlays() {
  const overlay = useOverlay((state) => state.open);
  const faucet = useFaucet((state) => state.open);
  const [shown, setShown] = useState(false);
  useEffect(() => setShown(true), []);
  const stepUp = useStepUp((state) => state.methods !== null);
  useEffect(() => {
    const keys = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
      event.preventDefault();
      openPalette();
    };
    addEventListener("keydown", keys);
    return () => removeEventListener("keydown", keys);
  }, []);
  return (
    <Suspense>
      {overlay === "palette" && <Palette />}
      {overlay === "shortcuts" && <Shortcuts />}
      {faucet && <Faucet />}
      {stepUp && <StepUpDialog />}
      {shown && <IncidentBanner />}
    </Suspense>
  );
}
