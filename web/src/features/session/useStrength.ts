"use client";

import { useEffect, useState } from "react";
import { exchange } from "@/providers/exchange";

/** How hard a password is to guess: 0 too short, 1 too easy, 2 fair, 3 strong. */
export type Level = 0 | 1 | 2 | 3;

interface Strength {
  readonly level: Level;
  readonly breached: boolean;
}

const LENGTH_MIN = 10;
/** So long somebody has to have stopped typing. */
const PAUSE_MS = 300;
const TOO_SHORT: Strength = { level: 0, breached: false };

/**
 * The exchange's own estimate of a password that is being chosen; null while it is not known, also where it
 * cannot be asked. `known` is what others may know.
 */
export function useStrength(password: string, known: readonly string[]): Strength | null {
  const [judged, setJudged] = useState<{ password: string; strength: Strength } | null>(null);
  const texts = known.join("\n");
  const short = [...password].length < LENGTH_MIN;
  useEffect(() => {
    if (short) return;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      exchange()
        .passwordStrength({ password, known: texts.split("\n") }, { signal: abort.signal })
        .then((answer) => setJudged({ password, strength: strengthOf(answer) }))
        .catch(() => undefined);
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [password, texts, short]);
  if (short) return TOO_SHORT;
  return judged?.password === password ? judged.strength : null;
}

/** What a form shows of an estimate. */
export function strengthOf(answer: { score: number; refused: string | null }): Strength {
  const breached = answer.refused === "breached_password";
  if (answer.refused !== null) return { level: 1, breached };
  return { level: answer.score < 4 ? 2 : 3, breached };
}
