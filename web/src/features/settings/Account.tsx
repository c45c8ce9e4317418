"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button, ButtonLink } from "@/components/Button";
import { Badge } from "@/components/Chip";
import { Cover } from "@/components/Cover";
import { FieldNote } from "@/components/Field";
import { Skeleton } from "@/components/States";
import { openFaucet } from "@/features/portfolio/faucetState";
import { useReturnTo } from "@/features/shell/returnTo";
import { settleSignOut, signOut, useSession } from "@/providers/session";
import styles from "./Settings.module.css";

/** Who is signed in here and the way out; or the ways in, and what is still owed of a sign-out. */
export function Account() {
  const t = useTranslations("settings.account");
  const state = useSession((session) => session.state);
  const owed = useSession((session) => session.signOut === "owed");
  return (
    <section id="account" className={styles.section} aria-busy={state === "unknown"}>
      <h2>{t("title")}</h2>
      {state === "user" ? <Person /> : <Visitor />}
      {state === "unknown" && <PersonRoom />}
      {owed && <SignOutOwed />}
    </section>
  );
}

function Person() {
  const t = useTranslations("settings.account");
  const { mainAccount: account, displayName } = useSession();
  return (
    <div className={styles.person}>
      <Cover id={account ?? "?"} name={displayName ?? ""} size={56} person />
      <div className={styles.who}>
        <bdi className="clip">{displayName}</bdi>
        <span>
          {t("number")} <span className="figure">{account}</span> <Badge tone="outline">{t("demo")}</Badge>
        </span>
      </div>
      <div className={styles.buttons}>
        <Button size={32} onClick={openFaucet}>
          {t("playMoney")}
        </Button>
        <BusyButton act={signOut}>{t("signOut")}</BusyButton>
        <ButtonLink size={32} look="quiet" href="/verification">
          {t("verify")}
        </ButtonLink>
        <ButtonLink size={32} look="quiet" href="/close-account">
          {t("close")}
        </ButtonLink>
      </div>
    </div>
  );
}

/** Room for somebody who was signed in here before. */
function PersonRoom() {
  const t = useTranslations("settings.account");
  return (
    <div className={styles.person} data-show="user">
      <span className={styles.coverRoom} />
      <div className={styles.who}>
        <Skeleton width={8} />
        <span>
          <Skeleton width={12} line={12} />
        </span>
      </div>
      <div className={styles.buttons}>
        <Button size={32} disabled>
          {t("playMoney")}
        </Button>
        <Button size={32} disabled>
          {t("signOut")}
        </Button>
      </div>
    </div>
  );
}

function Visitor() {
  const t = useTranslations("settings.account");
  const returnTo = useReturnTo();
  return (
    <div className={styles.person} data-show="visitor">
      <div className={styles.who}>
        <span>{t("visitor")}</span>
      </div>
      <div className={styles.buttons}>
        <ButtonLink size={32} look="primary" href={`/sign-up${returnTo}`}>
          {t("signUp")}
        </ButtonLink>
        <ButtonLink size={32} href={`/sign-in${returnTo}`}>
          {t("signIn")}
        </ButtonLink>
      </div>
    </div>
  );
}

/** A notice passes; that this browser could still be let in stays here until it could not. */
function SignOutOwed() {
  const t = useTranslations("common");
  return (
    <div className={styles.owed}>
      <FieldNote
        error={
          <>
            <strong>{t("signOutFailed")}.</strong> {t("signOutOwed")}
          </>
        }
      />
      <BusyButton act={settleSignOut}>{t("tryAgain")}</BusyButton>
    </div>
  );
}

/** Cannot be pressed again before what it does is done. */
function BusyButton({ act, children }: { act(): Promise<void>; children: ReactNode }) {
  const [busy, setBusy] = useState(false);
  function press() {
    setBusy(true);
    void act().finally(() => setBusy(false));
  }
  return (
    <Button size={32} busy={busy} onClick={press}>
      {children}
    </Button>
  );
}
