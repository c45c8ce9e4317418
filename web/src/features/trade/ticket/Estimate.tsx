"use client";

import { isAuction } from "../phase/phase";
import { AuctionLines } from "./AuctionLines";
import { EstimateLines } from "./EstimateLines";
import type { Ticket } from "./useTicket";

/** What the order would do: now in an open market, at its end in an auction. */
export function Estimate({ ticket }: { ticket: Ticket }) {
  if (!isAuction(ticket.phase)) return <EstimateLines ticket={ticket} />;
  const { reading, estimate, complete, available } = ticket;
  return (
    <AuctionLines order={reading.order} estimate={estimate} complete={complete} known={available !== null} />
  );
}
