"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Button } from "@/components/Button";
import { FieldNote } from "@/components/Field";
import { ErrorState, Skeleton } from "@/components/States";
import { showToast } from "@/components/Toast";
import { useAct } from "@/features/acting/useAct";
import { useSession } from "@/providers/session";
import styles from "./Organisations.module.css";
import { isolated, useRoleWords } from "./roleWords";
import { organisations, useChanged } from "./useOrganisation";

/** What the link of a mail invites to. It takes a press: links are also opened by programs that look at mail. */
export function Invitation({ token, onEnd }: { token: string; onEnd(joined: string | null): void }) {
  const t = useTranslations("organisations.invitation");
  const roles = useRoleWords();
  const changed = useChanged();
  const signedIn = useSession((session) => session.state === "user");
  const { busy, error, act } = useAct();
  const invitation = useQuery({
    queryKey: ["own", "invitation", token],
    queryFn: () => organisations().invitation(token),
    enabled: signedIn,
    retry: false,
  });
  if (invitation.isError)
    return (
      <ErrorState title={t("failed")} error={invitation.error} onRetry={() => void invitation.refetch()} />
    );
  const to = invitation.data;
  async function accept() {
    const { organisation } = await organisations().accept(token);
    await changed();
    showToast({
      key: `joined ${organisation.id}`,
      tone: "good",
      title: t("joined", { name: isolated(organisation.name) }),
    });
    onEnd(organisation.id);
  }
  return (
    <section aria-busy={invitation.isPending}>
      <h1 className={styles.title}>{t("title")}</h1>
      <p className={styles.lead}>
        {to ? t("text", { name: isolated(to.name), roles: roles(to.roles) }) : <Skeleton width={24} />}
      </p>
      <div className={styles.actions}>
        <Button look="primary" busy={busy} disabled={!to} onClick={() => act(accept)}>
          {t("accept")}
        </Button>
        <Button onClick={() => onEnd(null)}>{t("decline")}</Button>
      </div>
      {error !== null && <FieldNote error={error} />}
    </section>
  );
}
