"use client";

import type { AuditEvent, AuditSought } from "@cse/client";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/Button";
import { Badge } from "@/components/Chip";
import { Select } from "@/components/Choice";
import { classes } from "@/components/classes";
import { FieldNote, TextField } from "@/components/Field";
import { Empty, ErrorState, Skeleton } from "@/components/States";
import { saveText } from "@/components/saveText";
import { useAct } from "@/features/acting/useAct";
import { withStepUp } from "@/features/stepUp/stepUp";
import { desk } from "@/providers/desk";
import { useFormat } from "@/providers/format";
import { useUrlState } from "@/providers/urlState";
import styles from "./Admin.module.css";
import { useAudit, useAuditActs, useAuditChain } from "./useDesk";

const KEYS = ["actor", "act", "subject", "since", "until"] as const;
const TYPES = { jsonl: "application/x-ndjson", csv: "text/csv" } as const;

/** The audit log: searched, written out, and how far it is sealed and verified. */
export function AuditRoom() {
  const t = useTranslations("admin.audit");
  const [search, change] = useUrlState();
  const typed = Object.fromEntries(KEYS.map((key) => [key, search.get(key) ?? ""]));
  const sought: AuditSought = { ...typed, since: instant(typed.since), until: instant(typed.until) };
  const audit = useAudit(sought);
  const events = audit.data?.pages.flatMap((page) => page.items);
  const { busy, error, act } = useAct();
  const save = (format: "jsonl" | "csv") =>
    act(async () => {
      const text = await withStepUp(() => desk().exportAudit(sought, format));
      saveText(`audit.${format}`, TYPES[format], text);
    });
  return (
    <section className={styles.section}>
      <h2>{t("title")}</h2>
      <Chain />
      <Sought key={JSON.stringify(typed)} values={typed} onSearch={change} busy={audit.isFetching} />
      <div className={styles.actions}>
        <Button size={32} busy={busy} onClick={() => save("jsonl")}>
          {t("exportLines")}
        </Button>
        <Button size={32} busy={busy} onClick={() => save("csv")}>
          {t("exportTable")}
        </Button>
      </div>
      {error !== null && <FieldNote error={error} />}
      {audit.isError && !events ? (
        <ErrorState title={t("failed")} error={audit.error} onRetry={() => void audit.refetch()} />
      ) : events?.length === 0 ? (
        <Empty title={t("empty")} />
      ) : (
        <ul className={classes(styles.past, styles.events)} aria-busy={audit.isFetching}>
          {events?.map((event) => <Event key={event.id} event={event} />) ?? (
            <li aria-hidden>
              <Skeleton width={24} />
            </li>
          )}
        </ul>
      )}
      {audit.hasNextPage && (
        <Button size={32} busy={audit.isFetchingNextPage} onClick={() => void audit.fetchNextPage()}>
          {t("older")}
        </Button>
      )}
    </section>
  );
}

/** The moment of what was typed in local time; empty for what is none. */
function instant(text: string | undefined): string {
  const at = new Date(text ?? "");
  return Number.isNaN(at.getTime()) ? "" : at.toISOString();
}

function Sought({
  values,
  onSearch,
  busy,
}: {
  values: Record<string, string>;
  onSearch(values: Record<string, string | null>): void;
  busy: boolean;
}) {
  const t = useTranslations("admin.audit");
  const acts = useAuditActs();
  const [texts, setTexts] = useState(values);
  const put = (key: string) => (value: string) => setTexts({ ...texts, [key]: value });
  function send(event: FormEvent) {
    event.preventDefault();
    onSearch(Object.fromEntries(Object.entries(texts).map(([key, value]) => [key, value.trim()])));
  }
  return (
    <form className={styles.filters} role="search" onSubmit={send}>
      {(["actor", "subject"] as const).map((key) => (
        <TextField
          key={key}
          label={t(key)}
          hint={t(`${key}Hint`)}
          dir="ltr"
          autoComplete="off"
          spellCheck={false}
          value={texts[key] ?? ""}
          onChange={(event) => put(key)(event.target.value)}
        />
      ))}
      <div className={styles.stack}>
        <span>{t("act")}</span>
        <Select
          label={t("act")}
          value={texts.act ?? ""}
          onValue={put("act")}
          options={[
            { value: "", label: t("everyAct") },
            ...(acts.data ?? (texts.act ? [texts.act] : [])).map((value) => ({ value, label: value })),
          ]}
        />
      </div>
      {(["since", "until"] as const).map((key) => (
        <TextField
          key={key}
          label={t(key)}
          dir="ltr"
          type="datetime-local"
          value={texts[key] ?? ""}
          onChange={(event) => put(key)(event.target.value)}
        />
      ))}
      <Button look="primary" type="submit" busy={busy}>
        {t("search")}
      </Button>
    </form>
  );
}

function Chain() {
  const t = useTranslations("admin.audit");
  const format = useFormat();
  const chain = useAuditChain();
  if (!chain.data)
    return <p className={styles.note}>{chain.isError ? t("chainFailed") : <Skeleton width={24} />}</p>;
  const { position, signed_at, waiting, verified_at, findings } = chain.data;
  return (
    <p className={styles.note}>
      {signed_at === null
        ? t("unsigned")
        : t("signed", { count: format.count(BigInt(position)), at: format.dateTime(signed_at) })}{" "}
      {waiting > 0 && t("waiting", { count: waiting })}{" "}
      {verified_at === null || findings === null ? (
        t("neverVerified")
      ) : (
        <span data-warn={findings > 0 || undefined}>
          {t("verified", { at: format.dateTime(verified_at), count: findings })}
        </span>
      )}
    </p>
  );
}

function Event({ event }: { event: AuditEvent }) {
  const t = useTranslations("admin.past");
  const format = useFormat();
  const more = [
    event.refused && t("refused", { code: event.refused }),
    t("by", { who: event.actor_email || event.actor_name || event.actor }),
    event.address,
    event.client,
    event.platform,
    ...Object.entries(event.details).map(([name, value]) => `${name}: ${value}`),
  ].filter((part) => part);
  return (
    <li>
      <time dateTime={event.at}>{format.dateTime(event.at)}</time>
      <Badge tone="outline">
        <bdi dir="ltr">{event.act}</bdi>
      </Badge>
      <div className={styles.what}>
        <p>
          <bdi dir="ltr">{event.person_email ?? event.target ?? event.person}</bdi>{" "}
          <bdi className={styles.quiet}>{more.join(" · ")}</bdi>
        </p>
        <code className="mono">{event.id}</code>
      </div>
    </li>
  );
}
