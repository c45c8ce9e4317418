"use client";

import { Clock, Pause } from "lucide-react";
import { useTranslations } from "next-intl";
import { Icon } from "@/components/Icon";
import styles from "./Phase.module.css";
import { type Phase, takesOrders } from "./phase";

/** Over the ticket's fields: what may be placed in this phase, and what is possible where nothing may. */
export function TicketNotice({ phase }: { phase: Exclude<Phase, "open"> }) {
  const t = useTranslations("trade.phase");
  const taken = takesOrders(phase);
  return (
    <p className={styles.note}>
      <Icon of={taken ? Clock : Pause} />
      <span>{t(taken ? "takes" : "takesNone")}</span>
    </p>
  );
}
