"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useState } from "react";
import { Button, ButtonLink } from "@/components/Button";
import { returnPath } from "@/features/shell/returnTo";
import { signOut, useSession } from "@/providers/session";
import styles from "./Form.module.css";

/** The form, or for somebody who is signed in already, the way on. */
export function AlreadyHere({ children }: { children: ReactNode }) {
  const t = useTranslations("session");
  const { state, displayName } = useSession();
  const [arrivedSignedIn, setArrivedSignedIn] = useState(false);
  const [target, setTarget] = useState("/");
  useEffect(() => setTarget(returnPath(location.search)), []);
  useEffect(() => {
    // Only somebody who comes signed in is told so: whoever signs in here is on the way already.
    const first = useSession.getState().state;
    if (first === "user") setArrivedSignedIn(true);
    if (first !== "unknown") return;
    const stop = useSession.subscribe((next) => {
      setArrivedSignedIn(next.state === "user");
      stop();
    });
    return stop;
  }, []);
  if (!(arrivedSignedIn && state === "user")) return children;
  return (
    <div className={styles.form}>
      <p>{t.rich("already", { name: () => <bdi>{displayName}</bdi> })}</p>
      <ButtonLink href={target} look="primary" size={44} wide>
        {t("goOn")}
      </ButtonLink>
      <Button size={44} wide onClick={() => void signOut()}>
        {t("signOut")}
      </Button>
    </div>
  );
}
