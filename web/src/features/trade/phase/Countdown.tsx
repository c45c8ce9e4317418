"use client";

import { useEffect, useState } from "react";
import { serverNow } from "@/providers/exchange";
import { countdownText, secondsLeft } from "./phase";

const EVERY_MS = 250;

/** How long an auction still lasts, by the server's clock; it alone renders while it counts. */
export function Countdown({ endsAt, className }: { endsAt: string; className?: string | undefined }) {
  const [left, setLeft] = useState(() => secondsLeft(endsAt, serverNow()) ?? 0);
  useEffect(() => {
    const count = () => setLeft(secondsLeft(endsAt, serverNow()) ?? 0);
    count();
    const timer = setInterval(() => document.hidden || count(), EVERY_MS);
    return () => clearInterval(timer);
  }, [endsAt]);
  return (
    <time role="timer" className={className} dateTime={endsAt}>
      <span className="figure">{countdownText(left)}</span>
    </time>
  );
}
