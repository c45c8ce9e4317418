"use client";

import { useQuery } from "@tanstack/react-query";
import { type Messages, useTranslations } from "next-intl";
import { useState } from "react";
import { Button, ButtonLink } from "@/components/Button";
import { Checkbox } from "@/components/Choice";
import { FieldNote } from "@/components/Field";
import { Empty, ErrorState, Skeleton } from "@/components/States";
import { useAct } from "@/features/acting/useAct";
import { useReturnTo } from "@/features/shell/returnTo";
import { withStepUp } from "@/features/stepUp/stepUp";
import { account } from "@/providers/account";
import { signOut, useSession } from "@/providers/session";
import styles from "./CloseAccount.module.css";

type Way = keyof Messages["closing"]["ways"];

/** What becomes of an account that is closed, what is in the way, and closing it. */
export function CloseAccount() {
  const t = useTranslations("closing");
  const visitor = useSession((session) => session.state === "visitor");
  const [done, setDone] = useState(false);
  return (
    <div className={styles.page}>
      <h1 className={styles.title}>{done ? t("done") : t("title")}</h1>
      <p className={styles.lead}>{done ? t("doneText") : t("lead")}</p>
      {done ? (
        <ButtonLink href="/" look="primary">
          {t("home")}
        </ButtonLink>
      ) : visitor ? (
        <Visitor />
      ) : (
        <Closing onDone={() => setDone(true)} />
      )}
    </div>
  );
}

function Closing({ onDone }: { onDone(): void }) {
  const t = useTranslations("closing");
  const signedIn = useSession((session) => session.state === "user");
  const closing = useQuery({
    queryKey: ["own", "closing"],
    queryFn: ({ signal }) => account().closing({ signal }),
    enabled: signedIn,
    staleTime: 0,
  });
  const [understood, setUnderstood] = useState(false);
  const { busy, error, act } = useAct();
  async function close() {
    try {
      await withStepUp(() => account().closeAccount());
    } catch (refusal) {
      await closing.refetch();
      throw refusal;
    }
    onDone();
    await signOut();
  }
  if (closing.isError)
    return <ErrorState title={t("failed")} error={closing.error} onRetry={() => void closing.refetch()} />;
  const days = closing.data?.email_reserved_days;
  const inTheWay = closing.data?.in_the_way;
  return (
    <div aria-busy={closing.isPending}>
      <dl className={styles.facts}>
        <dt>{t("erased")}</dt>
        <dd>{t("erasedText")}</dd>
        <dt>{t("kept")}</dt>
        <dd>{t("keptText")}</dd>
        <dt>{t("email")}</dt>
        <dd>{days === undefined ? <Skeleton width={24} /> : t("emailText", { days })}</dd>
      </dl>
      {inTheWay !== undefined && inTheWay.length > 0 ? (
        <section className={styles.way}>
          <h2>{t("inTheWay")}</h2>
          <ul>
            {inTheWay.map((way) => (
              <li key={way}>{t.has(`ways.${way as Way}`) ? t(`ways.${way as Way}`) : way}</li>
            ))}
          </ul>
          <div className={styles.buttons}>
            <ButtonLink href="/portfolio">{t("portfolio")}</ButtonLink>
            <Button look="quiet" busy={closing.isFetching} onClick={() => void closing.refetch()}>
              {t("look")}
            </Button>
          </div>
        </section>
      ) : (
        <>
          <Checkbox checked={understood} onValue={setUnderstood}>
            {t("understood")}
          </Checkbox>
          <Button
            look="danger"
            busy={busy}
            disabled={!understood || inTheWay === undefined}
            onClick={() => act(close)}
          >
            {t("close")}
          </Button>
        </>
      )}
      {error !== null && <FieldNote error={error} />}
    </div>
  );
}

function Visitor() {
  const t = useTranslations("closing");
  const returnTo = useReturnTo();
  return (
    <Empty
      title={t("visitor")}
      action={
        <ButtonLink look="primary" href={`/sign-in${returnTo}`}>
          {t("signIn")}
        </ButtonLink>
      }
    />
  );
}
