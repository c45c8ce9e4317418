"use client";

import { Suspense } from "react";
import { late } from "@/components/late";
import { isAuction } from "../phase/phase";
import { EstimateLines } from "./EstimateLines";
import { isWaiting } from "./kinds";
import { Later, WaitingLines } from "./later";
import type { Ticket } from "./useTicket";

const AuctionLines = late(() => import("./AuctionLines").then((lines) => ({ default: lines.AuctionLines })));

/** What the order would do: now in an open market, at its end in an auction. */
export function Estimate({ ticket }: { ticket: Ticket }) {
  const { draft } = ticket;
  if (isWaiting(draft.type) && draft.type !== "oco") {
    const { reading, estimate, complete, available, last } = ticket;
    return (
      <Later>
        <WaitingLines
          order={reading.order}
          estimate={estimate}
          complete={complete}
          last={last}
          known={available !== null}
        />
      </Later>
    );
  }
  if (!isAuction(ticket.phase)) return <EstimateLines ticket={ticket} />;
  const { reading, estimate, complete, available } = ticket;
  return (
    <Suspense>
      <AuctionLines
        order={reading.order}
        estimate={estimate}
        complete={complete}
        known={available !== null}
      />
    </Suspense>
  );
}
