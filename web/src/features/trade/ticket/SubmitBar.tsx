"use client";

import { isLimitType } from "@cse/client";
import { useTranslations } from "next-intl";
import { type RefObject, useEffect, useState } from "react";
import { useStore } from "zustand";
import { Button, ButtonLink } from "@/components/Button";
import { Key } from "@/components/Chip";
import { FieldNote } from "@/components/Field";
import { useActs } from "@/features/keys/acts";
import { useBindings } from "@/features/keys/bindings";
import { openFaucet } from "@/features/portfolio/faucetState";
import { useReturnTo } from "@/features/shell/returnTo";
import { usePreferences } from "@/providers/kept/preferences";
import { useSession } from "@/providers/session";
import { useRoom } from "../MarketRoom";
import { takesOrders } from "../phase/phase";
import { isWaiting } from "./kinds";
import { ConfirmDialog, Later, WaitingSentence } from "./later";
import type { Complaints } from "./problems";
import { RiskLine } from "./RiskLine";
import styles from "./Ticket.module.css";
import { useOrderSentence } from "./useOrderSentence";
import { useSubmit } from "./useSubmit";
import { lacksMoney, type Ticket } from "./useTicket";

interface SubmitProps {
  ticket: Ticket;
  complaints: Complaints;
  form: RefObject<HTMLFormElement | null>;
  phone?: boolean;
  /** Called when the order is on its way. */
  onSent?: () => void;
}

/** The button that says what it will do, what stands in its way, and the question before it does it. */
export function SubmitBar({ ticket, complaints, form, phone, onSent }: SubmitProps) {
  const t = useTranslations("trade.submit");
  const { age } = useRoom();
  const sentence = useOrderSentence();
  const session = useSession((state) => state.state);
  const limit = isLimitType(ticket.reading.order.type);
  const confirms = usePreferences((state) => (limit ? state.confirmLimit : state.confirmMarket));
  const keys = usePreferences((state) => state.shortcuts);
  const send = useBindings((bindings) => bindings.send);
  const stale = useStore(age, (state) => state.freshness === "stale");
  const submit = useSubmit({ ticket, complaints, form, onSent });
  const { draft, phase } = ticket;
  const closed = takesOrders(phase) ? null : phase;
  const blocked = stale && draft.type === "market" ? t("staleMarket") : null;
  const refusal = submit.refusal;
  useEnterReviews(form, submit.review);
  useActs({ review: submit.review });
  const { order, list } = ticket.reading;
  const later = (
    <Later meanwhile={sentence(order, false)}>
      <WaitingSentence order={order} list={list} />
    </Later>
  );
  return (
    <div className={styles.submit}>
      <FieldNote error={complaints.form ?? blocked ?? refusal} hint={complaints.note} />
      {session === "visitor" ? (
        <SignUpLink side={draft.side} />
      ) : lacksMoney(ticket) ? (
        <PlayMoney size={phone ? 48 : 44} />
      ) : (
        <Button
          look={draft.side}
          size={phone ? 48 : 44}
          wide
          busy={submit.busy}
          disabled={session === "unknown" || blocked !== null || closed !== null}
          className={styles.send}
          data-send=""
          onClick={() => submit.press()}
        >
          {submit.busy
            ? t(submit.checking ? "checking" : "sending")
            : closed
              ? t(`closed.${closed}`)
              : ticket.complete && (isWaiting(draft.type) || list)
                ? later
                : sentence(ticket.reading.order, ticket.complete)}
        </Button>
      )}
      <p className={styles.after}>
        <span>
          {session === "visitor"
            ? t("visitorHint")
            : !closed && !lacksMoney(ticket) && t(confirms ? "asks" : "atOnce")}
        </span>
        {!phone && !closed && session !== "visitor" && !lacksMoney(ticket) && keys && send && (
          <span className={styles.keys}>
            <Key>{send}</Key> {t("send")}
          </span>
        )}
      </p>
      {draft.side === "buy" && <RiskLine />}
      {submit.asked && (
        <Later>
          <ConfirmDialog asked={submit.asked} onBack={submit.back} onConfirm={submit.confirm} />
        </Later>
      )}
    </div>
  );
}

function PlayMoney({ size }: { size: 44 | 48 }) {
  const t = useTranslations("trade.balances");
  const { listing } = useRoom();
  return (
    <Button look="primary" size={size} wide className={styles.send} onClick={() => openFaucet(listing.quote)}>
      {t("getMore")}
    </Button>
  );
}

function SignUpLink({ side }: { side: "buy" | "sell" }) {
  const t = useTranslations("trade.submit");
  const returnTo = useReturnTo();
  return (
    <ButtonLink href={`/sign-up${returnTo}`} look={side} size={44} wide className={styles.send}>
      {t(side === "buy" ? "signUpToBuy" : "signUpToSell")}
    </ButtonLink>
  );
}

/** Enter in a field opens the review; it never sends by itself. */
function useEnterReviews(form: RefObject<HTMLFormElement | null>, review: () => void): void {
  const [element, setElement] = useState<HTMLFormElement | null>(null);
  useEffect(() => setElement(form.current), [form]);
  useEffect(() => {
    if (!element) return;
    const keys = (event: KeyboardEvent) => {
      const inField = event.target instanceof HTMLInputElement && event.target.name !== "";
      if (event.key !== "Enter" || event.isComposing || event.ctrlKey || event.metaKey || !inField) return;
      event.preventDefault();
      review();
    };
    element.addEventListener("keydown", keys);
    return () => element.removeEventListener("keydown", keys);
  }, [element, review]);
}
