"use client";

import type { OneOrganisation } from "@cse/client";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/Button";
import { Select } from "@/components/Choice";
import { FieldNote } from "@/components/Field";
import { useAct } from "@/features/acting/useAct";
import styles from "./Organisations.module.css";
import { useAsk } from "./useAsk";
import { organisations } from "./useOrganisation";

const GUARDS = ["members", "policy", "keys", "transfers"] as const;
const NUMBERS = ["0", "1", "2", "3", "4", "5"] as const;

/** How many others have to approve what; owners change it, or ask for that. */
export function Policy({ of }: { of: OneOrganisation }) {
  // What others have changed meanwhile takes the place of what was typed.
  return <Form key={of.policy.version} of={of} />;
}

function Form({ of }: { of: OneOrganisation }) {
  const t = useTranslations("organisations.policy");
  const { policy, organisation } = of;
  const [wish, setWish] = useState(policy);
  const [limits, setLimits] = useState(() => written(policy.limits));
  const { busy, error, act } = useAct();
  const askFor = useAsk();
  const decides = organisation.rights.includes("set_policy");
  function send(event: FormEvent) {
    event.preventDefault();
    const asked = { ...wish, limits: read(limits) };
    act(() => askFor(() => organisations().setPolicy(organisation.id, asked)));
  }
  return (
    <form className={styles.policy} onSubmit={send} noValidate>
      <p className={styles.quiet}>{t("text")}</p>
      {GUARDS.map((guard) => (
        <div key={guard} className={styles.guard}>
          <span aria-hidden>{t(guard)}</span>
          <Select
            label={t(guard)}
            value={String(wish[guard])}
            disabled={!decides}
            onValue={(number) => setWish({ ...wish, [guard]: Number(number) })}
            options={NUMBERS.map((number) => ({ value: number, label: number === "0" ? t("none") : number }))}
          />
        </div>
      ))}
      <label className={styles.labelled}>
        {t("limits")}
        <textarea
          className={styles.limits}
          dir="ltr"
          rows={4}
          spellCheck={false}
          readOnly={!decides}
          value={limits}
          onChange={(event) => setLimits(event.target.value)}
        />
        <span className={styles.quiet}>{t("limitsHint")}</span>
      </label>
      {decides && (
        <Button type="submit" look="primary" busy={busy}>
          {t("save")}
        </Button>
      )}
      {error !== null && <FieldNote error={error} />}
    </form>
  );
}

function written(limits: Readonly<Record<string, string>>): string {
  return Object.entries(limits)
    .map(([asset, amount]) => `${asset} ${amount}`)
    .join("\n");
}

/** What was typed; the exchange says what of it is no asset and no amount. */
function read(text: string): Record<string, string> {
  const lines = text.split("\n").map((line) => line.trim().split(/\s+/));
  return Object.fromEntries(
    lines.filter(([asset]) => asset).map(([asset, amount]) => [(asset ?? "").toUpperCase(), amount ?? ""]),
  );
}
