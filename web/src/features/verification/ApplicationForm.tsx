"use client";

import type { NewApplication, VerificationView } from "@cse/client";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useMemo, useState } from "react";
import { Button } from "@/components/Button";
import { Select } from "@/components/Choice";
import { FieldNote, TextField } from "@/components/Field";
import { useAct } from "@/features/acting/useAct";
import { verification } from "@/providers/verification";
import { useCodes } from "./useCodes";
import styles from "./Verification.module.css";

const NAME_MAX = 100;
type Level = NewApplication["level"];
const LEVELS: readonly Level[] = ["basic", "full"];

/** Who the person is, and which level they apply for. */
export function ApplicationForm({
  view,
  onDone,
  onCancel,
}: {
  view: VerificationView;
  onDone(view: VerificationView): void;
  onCancel?: (() => void) | undefined;
}) {
  const t = useTranslations("verification");
  const common = useTranslations("common");
  const open = LEVELS.slice(view.level === "basic" ? 1 : 0);
  const { application } = view;
  const [level, setLevel] = useState<Level>(application?.level ?? open[0] ?? "full");
  const [name, setName] = useState(application?.legal_name ?? "");
  const [born, setBorn] = useState(application?.date_of_birth ?? "");
  const [country, setCountry] = useState(application?.country ?? "");
  const countries = useCountries(view.countries);
  const { busy, error, field, act } = useAct(useCodes());
  const complete = name.trim() !== "" && born !== "" && country !== "";
  function send(event: FormEvent) {
    event.preventDefault();
    if (busy || !complete) return;
    const asked = { level, legal_name: name, date_of_birth: born, country };
    act(async () => onDone(await verification().begin(asked)));
  }
  const of = (wanted: string) => (field === wanted ? (error ?? undefined) : undefined);
  const elsewhere = field === "legal_name" || field === "date_of_birth" ? null : error;
  return (
    <form className={styles.form} onSubmit={send} noValidate>
      <div className={styles.stack}>
        <span>{t("level")}</span>
        <Select<Level>
          label={t("level")}
          value={level}
          onValue={setLevel}
          options={open.map((value) => ({ value, label: t(`levels.${value}`) }))}
        />
      </div>
      <TextField
        label={t("name")}
        hint={t("nameHint")}
        dir="auto"
        autoComplete="name"
        maxLength={NAME_MAX}
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={of("legal_name")}
      />
      <div className={styles.pair}>
        <TextField
          label={t("born")}
          type="date"
          autoComplete="bday"
          value={born}
          onChange={(event) => setBorn(event.target.value)}
          error={of("date_of_birth")}
        />
        <div className={styles.stack}>
          <span>{t("country")}</span>
          <Select<string>
            label={t("country")}
            autoComplete="country"
            value={country}
            onValue={setCountry}
            options={[{ value: "", label: t("choose") }, ...countries]}
          />
        </div>
      </div>
      {elsewhere !== null && <FieldNote error={elsewhere} />}
      <div className={styles.buttons}>
        <Button look="primary" type="submit" busy={busy} disabled={!complete}>
          {t("next")}
        </Button>
        {onCancel && <Button onClick={onCancel}>{common("cancel")}</Button>}
      </div>
    </form>
  );
}

/** Countries by what they are called here, in the order of that. */
function useCountries(codes: readonly string[]) {
  const locale = useLocale();
  return useMemo(() => {
    const names = new Intl.DisplayNames(locale, { type: "region" });
    const order = new Intl.Collator(locale);
    return codes
      .map((value) => ({ value, label: names.of(value) ?? value }))
      .sort((one, other) => order.compare(one.label, other.label));
  }, [codes, locale]);
}
