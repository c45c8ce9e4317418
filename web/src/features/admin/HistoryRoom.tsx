"use client";

import type { SettingChange } from "@cse/client";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/Button";
import { TextField } from "@/components/Field";
import { Empty, ErrorState, Skeleton } from "@/components/States";
import { useFormat } from "@/providers/format";
import { useUrlState } from "@/providers/urlState";
import styles from "./Admin.module.css";
import { Changes, changesOf } from "./Changes";
import { useChanges } from "./useDesk";

/** Every setting that operators changed: what it was, what it became, who and when. */
export function HistoryRoom() {
  const t = useTranslations("admin.history");
  const [search, change] = useUrlState();
  const subject = search.get("subject") ?? "";
  const [text, setText] = useState(subject);
  const history = useChanges(subject);
  const items = history.data?.pages.flatMap((page) => page.items);
  function send(event: FormEvent) {
    event.preventDefault();
    change({ subject: text.trim() });
  }
  return (
    <section className={styles.section} aria-busy={history.isPending}>
      <h2>{t("title")}</h2>
      <form className={styles.search} role="search" onSubmit={send}>
        <TextField
          label={t("subject")}
          hint={t("subjectHint")}
          dir="ltr"
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Button look="primary" type="submit" busy={history.isFetching}>
          {t("search")}
        </Button>
      </form>
      {history.isError && !items ? (
        <ErrorState title={t("failed")} error={history.error} onRetry={() => void history.refetch()} />
      ) : items?.length === 0 ? (
        <Empty title={t("empty")} />
      ) : (
        <ul className={styles.requests}>
          {items?.map((item) => <Item key={item.id} item={item} />) ?? (
            <li aria-hidden>
              <Skeleton width={24} />
            </li>
          )}
        </ul>
      )}
      {history.hasNextPage && (
        <Button size={32} busy={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
          {t("older")}
        </Button>
      )}
    </section>
  );
}

function Item({ item }: { item: SettingChange }) {
  const t = useTranslations("admin.history");
  const format = useFormat();
  const act = item.act.replaceAll(/[. ]/g, "_") as "market_created";
  return (
    <li>
      <p className={styles.what}>
        <strong>{t.has(`acts.${act}`) ? t(`acts.${act}`) : item.act}</strong>{" "}
        <bdi dir="ltr">{item.subject_email ?? item.subject}</bdi>
      </p>
      <Changes items={changesOf(item.before, item.after)} />
      <p className={styles.note}>
        {format.dateTime(item.at)} · {t("by", { who: item.by.email ?? item.by.name })}
        {item.asked_by && <> · {t("askedBy", { who: item.asked_by.email ?? item.asked_by.name })}</>}
        {item.reason && (
          <>
            {" "}
            · <bdi dir="auto">{item.reason}</bdi>
          </>
        )}
      </p>
    </li>
  );
}
