"use client";

import { useSession } from "@/providers/session";
import styles from "./Ticket.module.css";

/** Which of the person's accounts trades, where it is not the main one. */
export function AccountMark() {
  const name = useSession((session) => session.accountName);
  return name === null ? null : (
    <bdi className={`clip ${styles.account}`} data-account="">
      {name}
    </bdi>
  );
}
