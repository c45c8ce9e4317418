"use client";

import type { OrganisationView } from "@cse/client";
import { type Messages, useTranslations } from "next-intl";
import { Button } from "@/components/Button";
import { Empty, ErrorState, Skeleton } from "@/components/States";
import { ListRow, ListRowRoom } from "@/features/settings/ListRow";
import { useFormat } from "@/providers/format";
import styles from "./Organisations.module.css";
import { useRoleWords } from "./roleWords";
import { useLog } from "./useOrganisation";

type Act = keyof Messages["organisations"]["log"]["acts"];

/** What members did, as the audit log has it; for owners and approvers. */
export function Log({ of }: { of: OrganisationView }) {
  const t = useTranslations("organisations.log");
  if (!of.rights.includes("see_log")) return <Empty title={t("notYours")} />;
  return <Events id={of.id} />;
}

function Events({ id }: { id: string }) {
  const t = useTranslations("organisations.log");
  const acts = useTranslations("organisations.log.acts");
  const words = useRoleWords();
  const format = useFormat();
  const log = useLog(id);
  const events = log.data?.pages.flatMap((page) => page.items);
  if (log.isError && !events)
    return <ErrorState title={t("empty")} error={log.error} onRetry={() => void log.refetch()} />;
  if (events?.length === 0) return <Empty title={t("empty")} />;
  return (
    <section aria-busy={log.isPending}>
      <ul className={styles.list}>
        {events?.map((event) => {
          const name = event.act.replace(".", "_") as Act;
          const { asset, amount, label, roles } = event.details;
          const about = [
            amount && `${format.decimal(amount)} ${asset}`,
            label,
            roles && words(roles.split(" ")),
          ].filter(Boolean);
          return (
            <ListRow key={event.id} title={acts.has(name) ? acts(name) : event.act}>
              <span>
                <bdi>{event.name ?? t(event.person === null ? "exchange" : "somebody")}</bdi> ·{" "}
                {format.dateTime(event.at)}
                {about.length > 0 && <> · {about.join(" · ")}</>}
              </span>
            </ListRow>
          );
        }) ?? (
          <ListRowRoom>
            <Skeleton width={24} />
          </ListRowRoom>
        )}
      </ul>
      {log.hasNextPage && (
        <div className={styles.actions}>
          <Button size={32} busy={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
            {t("older")}
          </Button>
        </div>
      )}
    </section>
  );
}
