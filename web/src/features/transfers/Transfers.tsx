"use client";

import { useTranslations } from "next-intl";
import { ButtonLink } from "@/components/Button";
import { Empty, ErrorState, Skeleton } from "@/components/States";
import { useReturnTo } from "@/features/shell/returnTo";
import { inUse, useAccounts } from "@/providers/accounts";
import { useSession } from "@/providers/session";
import { TransferForm } from "./TransferForm";
import { TransferHistory } from "./TransferHistory";
import styles from "./Transfers.module.css";

/** Moving money between one's own accounts, and what came to each and left it. */
export function Transfers() {
  const t = useTranslations("transfers");
  const visitor = useSession((session) => session.state === "visitor");
  return (
    <div className={styles.page}>
      <h1 className={styles.title}>{t("title")}</h1>
      <p className={styles.lead}>{t("lead")}</p>
      {visitor ? <Visitor /> : <Own />}
    </div>
  );
}

function Own() {
  const t = useTranslations("transfers");
  const chosen = useSession((session) => session.account);
  const held = useAccounts();
  if (held.isError && !held.data) {
    return <ErrorState title={t("failed")} error={held.error} onRetry={() => void held.refetch()} />;
  }
  const open = inUse(held.data);
  return (
    <>
      <section className={styles.section} aria-busy={held.data === undefined}>
        {held.data === undefined ? (
          <Skeleton width={24} line={40} />
        ) : open.length > 1 ? (
          <TransferForm held={open} from={chosen ?? ""} />
        ) : (
          <Empty
            title={t("onlyOne")}
            action={<ButtonLink href="/settings#accounts">{t("toAccounts")}</ButtonLink>}
          >
            {t("onlyOneText")}
          </Empty>
        )}
      </section>
      {held.data && <TransferHistory held={held.data} />}
    </>
  );
}

function Visitor() {
  const t = useTranslations("transfers");
  const returnTo = useReturnTo();
  return (
    <Empty
      title={t("visitor")}
      action={
        <ButtonLink look="primary" href={`/sign-in${returnTo}`}>
          {t("signIn")}
        </ButtonLink>
      }
    >
      {t("visitorText")}
    </Empty>
  );
}
