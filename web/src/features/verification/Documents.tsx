"use client";

import type { DocumentKind, VerificationView } from "@cse/client";
import { useTranslations } from "next-intl";
import { type ChangeEvent, useId, useRef } from "react";
import { Button } from "@/components/Button";
import { Badge } from "@/components/Chip";
import { FieldNote } from "@/components/Field";
import { useAct } from "@/features/acting/useAct";
import { verification } from "@/providers/verification";
import { fitting } from "./fitting";
import { useCodes } from "./useCodes";
import styles from "./Verification.module.css";

const TYPES = "image/jpeg,image/png,application/pdf";
type Application = NonNullable<VerificationView["application"]>;

/** The kinds of documents that a level takes, with what is there of each. */
export function Documents({
  view,
  application,
  show,
}: {
  view: VerificationView;
  application: Application;
  show(view: VerificationView): void;
}) {
  const kinds = view.levels.find((one) => one.level === application.level)?.documents ?? [];
  return (
    <>
      {kinds.map((kind) => (
        <Kind key={kind} kind={kind} view={view} application={application} show={show} />
      ))}
    </>
  );
}

function Kind({
  kind,
  view,
  application,
  show,
}: {
  kind: DocumentKind;
  view: VerificationView;
  application: Application;
  show(view: VerificationView): void;
}) {
  const t = useTranslations("verification");
  const { busy, error, act } = useAct(useCodes());
  const input = useRef<HTMLInputElement>(null);
  const field = useId();
  const there = application.documents.filter((document) => document.kind === kind);
  const full = application.documents.length >= view.documents_max;
  function choose(event: ChangeEvent<HTMLInputElement>) {
    const file = event.target.files?.[0];
    event.target.value = "";
    if (file === undefined || busy) return;
    act(async () => {
      const document = await fitting(file, view.document_bytes_max);
      show(await verification().addDocument(kind, document));
    });
  }
  return (
    <div className={styles.section}>
      <div className={styles.kind}>
        <label htmlFor={field}>
          {t(`kinds.${kind}`)}{" "}
          {application.missing.includes(kind) && <Badge tone="warn">{t("missing")}</Badge>}
        </label>
        <Button size={32} busy={busy} disabled={full} onClick={() => input.current?.click()}>
          {t("add")}
        </Button>
        <input
          ref={input}
          id={field}
          type="file"
          className={styles.file}
          accept={TYPES}
          tabIndex={-1}
          disabled={full}
          onChange={choose}
        />
      </div>
      <p className={styles.note}>{t(`hints.${kind}`)}</p>
      {there.length > 0 && (
        <ul className={styles.documents}>
          {there.map((document, index) => (
            <li key={document.id}>
              <span>
                {t("file", {
                  number: index + 1,
                  type: document.media_type.split("/")[1]?.toUpperCase() ?? "",
                  size: Math.ceil(document.size_bytes / 1_024),
                })}
              </span>
              <Button
                size={28}
                look="quiet"
                onClick={() => act(async () => show(await verification().removeDocument(document.id)))}
              >
                {t("remove")}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {error !== null && <FieldNote error={error} />}
    </div>
  );
}
