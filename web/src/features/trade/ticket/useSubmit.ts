"use client";

import {
  type DraftList,
  type DraftOrder,
  isLimitType,
  listRequest,
  type NewOrder,
  newClientOrderId,
  orderRequest,
} from "@cse/client";
import { type RefObject, useRef, useState } from "react";
import { useErrorWords } from "@/providers/errorWords";
import { usePreferences } from "@/providers/kept/preferences";
import type { Intent } from "@/providers/own/orderState";
import { ownStore } from "@/providers/own/own";
import { refusalError } from "@/providers/own/refusal";
import { useDesk } from "../DeskRoom";
import { useRoom } from "../MarketRoom";
import { isAuction } from "../phase/phase";
import { type GuardDecision, guard } from "./guards";
import { type FieldName, neededFields } from "./kinds";
import type { Complaints } from "./problems";
import { quoted } from "./quoted";
import { lacksMoney, type Ticket } from "./useTicket";

/** An order that waits for a yes. What is shown and what is sent are this one object. */
export interface Asked {
  readonly order: DraftOrder;
  /** All of them, where several are placed as one; `order` is the first. */
  readonly list: DraftList | null;
  readonly decision: GuardDecision;
}

interface Submit {
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
  const { listing, feed, age } = useRoom();
  const desk = useDesk();
  const { send, underWay, ...sending } = useSending(onSent);
  const [asked, setAsked] = useState<Asked | null>(null);

  const decide = ({ order, list }: Ticket["reading"]): GuardDecision => {
    const { book } = feed.getState();
    const { confirmLimit, confirmMarket } = usePreferences.getState();
    return guard({
      guards: quoted({ order, list }, { ...ticket, book, market: listing }).guards,
      auction: isAuction(ticket.phase),
      stale: age.getState().freshness === "stale",
      confirms: isLimitType(order.type) ? confirmLimit : confirmMarket,
    });
  };

  const ready = (): boolean => {
    if (!desk || underWay.current || lacksMoney(ticket)) return false;
    const faulty = firstFault(ticket, complaints);
    if (faulty) form.current?.querySelector<HTMLInputElement>(`input[name="${faulty}"]`)?.focus();
    return faulty === null && complaints.form === null;
  };

  const begin = (always: boolean) => {
    if (!ready()) return;
    const { order, list } = ticket.reading;
    const decision = decide(ticket.reading);
    if (order.type === "market" && decision.reasons.includes("old_prices")) return;
    if (always || decision.ask) setAsked({ order, list, decision });
    else void send({ order, list });
  };

  return {
    ...sending,
    asked,
    press: () => begin(false),
    review: () => begin(true),
    confirm: () => {
      if (!asked) return;
      setAsked(null);
      void send(asked);
    },
    back: () => setAsked(null),
  };
}

interface Sending extends Pick<Submit, "busy" | "checking" | "refusal"> {
  /** Sends orders once; nothing while others are on their way. */
  send: (orders: Pick<Asked, "order" | "list">) => Promise<void>;
  /** State changes with the next render; a second press may come before it. */
  underWay: RefObject<boolean>;
}

/** Sends orders, and says how they fare until the exchange has them or not. */
function useSending(onSent: (() => void) | undefined): Sending {
  const { listing, draft } = useRoom();
  const desk = useDesk();
  const words = useErrorWords();
  const [state, setState] = useState<"idle" | "sending" | "checking">("idle");
  const [refusal, setRefusal] = useState<string | null>(null);
  const underWay = useRef(false);
  const send: Sending["send"] = async ({ order, list }) => {
    if (!desk || underWay.current) return;
    underWay.current = true;
    setRefusal(null);
    setState("sending");
    const clientOrderId = newClientOrderId();
    const linked = list && listRequest(list, listing, clientOrderId);
    const request = orderRequest(order, listing, clientOrderId);
    const intent = intentOf(order, request, clientOrderId);
    const end = ownStore.subscribe(({ orders }) => {
      if (orders.get(clientOrderId)?.phase === "checking") setState("checking");
    });
    try {
      onSent?.();
      const placed = await (linked ? desk.placeList(linked, intent) : desk.place(request, intent));
      if (placed?.order) draft.sent();
      else if (placed?.refusal) setRefusal(words(refusalError(placed.refusal)).happened);
    } finally {
      end();
      underWay.current = false;
      setState("idle");
    }
  };
  return { busy: state !== "idle", checking: state === "checking", refusal, send, underWay };
}

/** The field to go to: one that is wrong, else one that is empty. */
function firstFault({ draft, reading }: Ticket, complaints: Complaints): string | null {
  const needed = neededFields(draft);
  const empty = (name: FieldName) =>
    name === "until" ? reading.order.expiresAt === undefined : reading[name].value === undefined;
  const faulty = needed.find((name) => complaints[name] !== null || empty(name));
  return faulty ?? OPTIONAL.find((name) => complaints[name] !== null) ?? null;
}

const OPTIONAL: readonly FieldName[] = ["worst", "shown"];

function intentOf(order: DraftOrder, request: NewOrder, clientOrderId: string): Intent {
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
