"use client";

import { ApiError, type MailView } from "@cse/client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/Chip";
import { Empty, ErrorState, Skeleton } from "@/components/States";
import { account } from "@/providers/account";
import { useFormat } from "@/providers/format";
import { fromHere, parted } from "./links";
import styles from "./Mailbox.module.css";

const LOOK_MS = 3_000;

/** What the demo would have sent by mail, the newest first and open. */
export function Mailbox() {
  const t = useTranslations("mailbox");
  const common = useTranslations("common");
  const mails = useQuery({
    queryKey: ["mailbox"],
    queryFn: ({ signal }) => account().mailbox(undefined, { signal }),
    retry: false,
    refetchInterval: (query) => (query.state.status === "error" ? false : LOOK_MS),
  });
  const elsewhere = mails.error instanceof ApiError && mails.error.code === "not_found";
  return (
    <div className={styles.page}>
      <h1 className={styles.title}>
        {t("title")} <Badge tone="outline">{common("demo")}</Badge>
      </h1>
      <p className={styles.lead}>{t("lead")}</p>
      {elsewhere ? (
        <Empty title={t("failed")}>{t("elsewhere")}</Empty>
      ) : mails.isError ? (
        <ErrorState title={t("failed")} error={mails.error} onRetry={() => void mails.refetch()} />
      ) : mails.data?.length === 0 ? (
        <Empty title={t("empty")}>{t("emptyText")}</Empty>
      ) : (
        <ul className={styles.list} aria-busy={mails.isPending}>
          {mails.data?.map((mail, index) => (
            <li key={mail.id}>
              <Mail mail={mail} open={index === 0} />
            </li>
          )) ?? <MailRoom />}
        </ul>
      )}
    </div>
  );
}

function Mail({ mail, open }: { mail: MailView; open: boolean }) {
  const t = useTranslations("mailbox");
  const format = useFormat();
  return (
    <details className={styles.mail} open={open}>
      <summary>
        <span className={styles.subject} dir="auto">
          {mail.subject}
        </span>
        <span className={styles.facts}>
          {t("to")} <bdi>{mail.recipient}</bdi>{" "}
          <span className="figure">{format.dateTime(mail.received_at)}</span>
        </span>
      </summary>
      <p className={styles.text} dir="auto">
        {parted(mail.text).map(({ at, text, link }) =>
          link ? (
            <a key={at} href={fromHere(text, location.href)} rel="noreferrer">
              {text}
            </a>
          ) : (
            text
          ),
        )}
      </p>
    </details>
  );
}

function MailRoom() {
  return (
    <li className={styles.mail} aria-hidden>
      <Skeleton width={24} />
      <Skeleton width={16} line={12} />
    </li>
  );
}
