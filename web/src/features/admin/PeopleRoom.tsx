"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useState } from "react";
import { Button } from "@/components/Button";
import { Badge } from "@/components/Chip";
import { TextField } from "@/components/Field";
import { Empty, ErrorState, Skeleton } from "@/components/States";
import { useFormat } from "@/providers/format";
import { useUrlState } from "@/providers/urlState";
import styles from "./Admin.module.css";
import { usePeople } from "./useDesk";

/** Finding somebody by e-mail, account or id. */
export function PeopleRoom() {
  const t = useTranslations("admin.people");
  const format = useFormat();
  const [search, change] = useUrlState();
  const sought = search.get("sought") ?? "";
  const [text, setText] = useState(sought);
  useEffect(() => setText(sought), [sought]);
  const people = usePeople(sought);
  function send(event: FormEvent) {
    event.preventDefault();
    change({ sought: text.trim() });
  }
  return (
    <section className={styles.section}>
      <form className={styles.search} role="search" onSubmit={send}>
        <TextField
          label={t("sought")}
          hint={t("soughtHint")}
          dir="ltr"
          autoComplete="off"
          spellCheck={false}
          autoCapitalize="off"
          maxLength={254}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Button look="primary" type="submit" busy={people.isFetching}>
          {t("search")}
        </Button>
      </form>
      {people.isError ? (
        <ErrorState title={t("failed")} error={people.error} onRetry={() => void people.refetch()} />
      ) : people.data?.length === 0 ? (
        <Empty title={t("nobody")} />
      ) : (
        <ul className={styles.people} aria-busy={people.isFetching}>
          {people.data?.map((person) => (
            <li key={person.person}>
              <button type="button" onClick={() => change({ person: person.person }, true)}>
                <bdi className="clip">{person.email}</bdi>
                <span>
                  <bdi className="clip">{person.display_name}</bdi>
                  <span>
                    {t("account")} <span className="figure">{person.account ?? "–"}</span>
                  </span>
                  <span>{t("since", { at: format.date(person.created_at, true) })}</span>
                </span>
                {person.closed_since ? (
                  <Badge tone="outline">{t("closed")}</Badge>
                ) : (
                  person.frozen_since && <Badge tone="danger">{t("frozen")}</Badge>
                )}
              </button>
            </li>
          ))}
          {sought !== "" && people.isPending && (
            <li aria-hidden>
              <Skeleton width={24} />
            </li>
          )}
        </ul>
      )}
    </section>
  );
}
