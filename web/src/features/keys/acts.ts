"use client";

import { useEffect, useRef } from "react";
import type { Act } from "./bindings";

/** What each key of the page in view does; false where it cannot be done now. */
export type Acts = Partial<Record<Act, () => unknown>>;

const doing = new Map<Act, () => unknown>();

/** What a key does now; undefined where nothing on the page answers to it. */
export function actOf(name: Act): (() => unknown) | undefined {
  return doing.get(name);
}

/** Has a part of the page answer to keys as long as it is there. Which keys, a person chooses. */
export function useActs(acts: Acts): void {
  const latest = useRef(acts);
  useEffect(() => {
    latest.current = acts;
  });
  useEffect(() => {
    const names = Object.keys(latest.current) as Act[];
    const mine = names.map((name) => [name, () => latest.current[name]?.()] as const);
    for (const [name, act] of mine) doing.set(name, act);
    return () => {
      for (const [name, act] of mine) if (doing.get(name) === act) doing.delete(name);
    };
  }, []);
}
