"use client";

import { Flags } from "./Flags";
import { Limits } from "./Limits";

/** What accounts of each tier may ask for in each market, and what was told of accounts. */
export function RiskRoom({ rights }: { rights: readonly string[] }) {
  return (
    <>
      <Limits sets={rights.includes("set_markets")} />
      {rights.includes("see_people") && <Flags />}
    </>
  );
}
