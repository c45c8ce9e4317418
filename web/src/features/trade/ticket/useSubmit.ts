"use client";

import { type DraftOrder, newClientOrderId, orderRequest, quote } from "@cse/client";
import { type RefObject, useRef, useState } from "react";
import { useErrorWords } from "@/providers/errorWords";
import type { Intent } from "@/providers/own/orderState";
import { ownStore } from "@/providers/own/own";
import { refusalError } from "@/providers/own/refusal";
import { usePreferences } from "@/providers/preferences";
import { useDesk } from "../DeskRoom";
import { useRoom } from "../MarketRoom";
import { isAuction } from "../phase/phase";
import { type GuardDecision, guard } from "./guards";
import type { Complaints } from "./problems";
import { twiceReference } from "./reference";
import type { Ticket } from "./useTicket";

/** An order that waits for a yes. What is shown and what is sent are this one object. */
export interface Asked {
  readonly order: DraftOrder;
  readonly decision: GuardDecision;
}

export interface Submit {
  /** An order is on its way, and nothing else can be sent. */
  busy: boolean;
  /** No answer yet, for longer than usual. */
  checking: boolean;
  /** Why the last one was not taken. */
  refusal: string | null;
  asked: Asked | null;
  /** As the button does: asks where it has to, else sends. */
  press: () => void;
  /** As Enter does: always asks. */
  review: () => void;
  confirm: () => void;
  back: () => void;
}

interface SubmitInput {
  ticket: Ticket;
  complaints: Complaints;
  form: RefObject<HTMLFormElement | null>;
  onSent?: (() => void) | undefined;
}

export function useSubmit({ ticket, complaints, form, onSent }: SubmitInput): Submit {
  const { listing, feed, age, draft } = useRoom();
  const desk = useDesk();
  const words = useErrorWords();
  const [state, setState] = useState<"idle" | "sending" | "checking">("idle");
  const [refusal, setRefusal] = useState<string | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  // State changes with the next render; a second press may come before it.
  const underWay = useRef(false);

  const decide = (order: DraftOrder): GuardDecision => {
    const { book } = feed.getState();
    const { confirmLimit, confirmMarket } = usePreferences.getState();
    return guard({
      order,
      quote: quote(order, book, listing, ticket.available),
      twiceMiddle: twiceReference(listing, feed.getState()),
      auction: isAuction(ticket.phase),
      stale: age.getState().freshness === "stale",
      confirms: order.type === "limit" ? confirmLimit : confirmMarket,
    });
  };

  const ready = (): boolean => {
    if (!desk || underWay.current) return false;
    const faulty = firstFault(ticket, complaints);
    if (faulty) form.current?.querySelector<HTMLInputElement>(`input[name="${faulty}"]`)?.focus();
    return faulty === null && complaints.form === null;
  };

  const send = async (order: DraftOrder) => {
    if (!desk || underWay.current) return;
    underWay.current = true;
    setRefusal(null);
    setState("sending");
    const clientOrderId = newClientOrderId();
    const request = orderRequest(order, listing, clientOrderId);
    const end = ownStore.subscribe(({ orders }) => {
      if (orders.get(clientOrderId)?.phase === "checking") setState("checking");
    });
    try {
      onSent?.();
      const placed = await desk.place(request, intentOf(order, request, clientOrderId));
      if (placed?.order) draft.sent();
      else if (placed?.refusal) setRefusal(words(refusalError(placed.refusal)).happened);
    } finally {
      end();
      underWay.current = false;
      setState("idle");
    }
  };

  const begin = (always: boolean) => {
    if (!ready()) return;
    const { order } = ticket.reading;
    const decision = decide(order);
    if (order.type === "market" && decision.reasons.includes("old_prices")) return;
    if (always || decision.ask) setAsked({ order, decision });
    else void send(order);
  };

  return {
    busy: state !== "idle",
    checking: state === "checking",
    refusal,
    asked,
    press: () => begin(false),
    review: () => begin(true),
    confirm: () => {
      if (!asked) return;
      setAsked(null);
      void send(asked.order);
    },
    back: () => setAsked(null),
  };
}

/** The field to go to: one that is wrong, else one that is empty. */
function firstFault({ draft, reading }: Ticket, complaints: Complaints): string | null {
  const { order } = reading;
  const bySpend = draft.type === "market" && draft.by === "spend";
  if (draft.type === "limit" && (complaints.price || order.price === undefined)) return "price";
  if (bySpend) return complaints.spend || order.quoteAmount === undefined ? "spend" : null;
  return complaints.size || order.quantity === undefined ? "size" : null;
}

function intentOf(
  order: DraftOrder,
  request: ReturnType<typeof orderRequest>,
  clientOrderId: string,
): Intent {
  return {
    clientOrderId,
    market: request.market,
    side: order.side,
    type: order.type,
    timeInForce: order.timeInForce ?? (order.type === "market" ? "ioc" : "gtc"),
    postOnly: order.postOnly ?? false,
    price: request.price ?? null,
    quantity: request.quantity ?? null,
    quoteAmount: request.quote_amount ?? null,
    stop: request.stop_price ?? null,
    trailing:
      order.type === "trailing_stop"
        ? { percent: request.trailing_percent ?? null, delta: request.trailing_delta ?? null }
        : null,
    sentAt: new Date().toISOString(),
  };
}
