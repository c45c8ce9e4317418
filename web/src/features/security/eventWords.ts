"use client";

import type { SecurityEventView } from "@cse/client";
import { type Messages, useTranslations } from "next-intl";

type Told = Pick<SecurityEventView, "act" | "details" | "refused">;
type Words = Messages["activity"];
type Act = keyof Words["acts"];
type Refusal = keyof Words["refusals"];
type Method = keyof Words["methods"];

/** What a person did as a member; an organisation's page has a log with words for each of them. */
const OF_ORGANISATIONS = /^(organisation|member|approval)_/;

/** What an event is called, and what else there is to say of it; null for nothing. */
export function useEventWords(): (event: Told) => { title: string; more: string | null } {
  const t = useTranslations("activity");
  return (event) => {
    const act = event.act.replace(".", "_");
    const title =
      event.refused !== null && t.has(`refusals.${act as Refusal}`)
        ? t(`refusals.${act as Refusal}`)
        : t.has(`acts.${act as Act}`)
          ? t(`acts.${act as Act}`)
          : OF_ORGANISATIONS.test(act)
            ? t("organisation")
            : event.act;
    return { title, more: moreOf(event, (method) => t(`methods.${method}`), t.has) };
  };
}

function moreOf(
  { details }: Told,
  method: (method: Method) => string,
  has: (key: `methods.${Method}`) => boolean,
): string | null {
  if (details.method && has(`methods.${details.method as Method}`)) return method(details.method as Method);
  if (details.amount) return `${details.amount} ${details.asset}`;
  return details.label || details.command || null;
}
