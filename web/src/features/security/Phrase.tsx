"use client";

import type { EmailView } from "@cse/client";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import { Button } from "@/components/Button";
import { StateDot } from "@/components/Chip";
import { FieldNote } from "@/components/Field";
import { Skeleton } from "@/components/States";
import { useAct } from "@/features/acting/useAct";
import { Row } from "@/features/settings/Row";
import { withStepUp } from "@/features/stepUp/stepUp";
import { account } from "@/providers/account";
import { useGuardingChange } from "@/providers/guarding";
import styles from "./Security.module.css";

const PhraseDialog = lazy(() => import("./PhraseDialog"));

/** Whether words of the person's own stand in our mails, and setting or removing them. */
export function Phrase({ email }: { email: EmailView | undefined }) {
  const t = useTranslations("settings.security");
  const after = useGuardingChange("email");
  const [open, setOpen] = useState(false);
  const { busy, error, act } = useAct();
  const remove = () => after(withStepUp(() => account().removeMailPhrase()));
  return (
    <>
      <Row title={t("phrase")} text={t("phraseText")}>
        <div className={styles.control}>
          {email === undefined ? (
            <Skeleton width={8} />
          ) : (
            <>
              <StateDot tone={email.has_phrase ? "good" : "off"}>
                {t(email.has_phrase ? "phraseOn" : "phraseOff")}
              </StateDot>
              <Button size={32} onClick={() => setOpen(true)}>
                {t(email.has_phrase ? "phraseChange" : "phraseSet")}
              </Button>
              {email.has_phrase && (
                <Button size={32} look="danger-outline" busy={busy} onClick={() => act(remove)}>
                  {t("phraseRemove")}
                </Button>
              )}
            </>
          )}
        </div>
      </Row>
      {error !== null && <FieldNote error={error} />}
      <Suspense>{open && <PhraseDialog onClose={() => setOpen(false)} />}</Suspense>
    </>
  );
}
