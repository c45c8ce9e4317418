"use client";

import type { ReviewedVerification } from "@cse/client";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/Button";
import { Badge } from "@/components/Chip";
import { ErrorState, Skeleton } from "@/components/States";
import { useFormat } from "@/providers/format";
import { useUrlState } from "@/providers/urlState";
import styles from "./Admin.module.css";
import { ReviewDialog } from "./ReviewDialog";
import { ReviewDocument } from "./ReviewDocument";
import { useReviewed } from "./useDesk";

/** One application with what it says, its documents, and the decision. */
export function ReviewRoom({ id }: { id: string }) {
  const t = useTranslations("admin.verification");
  const [, show] = useUrlState();
  const found = useReviewed(id);
  return (
    <section className={styles.section} aria-busy={found.isPending}>
      <div className={styles.line}>
        <h2>{t("one")}</h2>
        <Button size={32} look="quiet" onClick={() => show({ verification: null }, true)}>
          {t("back")}
        </Button>
      </div>
      {found.isError && !found.data ? (
        <ErrorState title={t("failed")} error={found.error} onRetry={() => void found.refetch()} />
      ) : found.data ? (
        <Reviewed one={found.data} />
      ) : (
        <Skeleton width={24} />
      )}
    </section>
  );
}

function Reviewed({ one }: { one: ReviewedVerification }) {
  const t = useTranslations("admin.verification");
  const format = useFormat();
  const [decides, setDecides] = useState<"approve" | "refuse" | "revoke" | null>(null);
  return (
    <>
      <p className={styles.what}>
        <bdi dir="ltr">{one.email ?? one.person}</bdi>{" "}
        <Badge tone="outline">{t(`levels.${one.level}`)}</Badge>{" "}
        <Badge tone={one.state === "pending" ? "warn" : one.state === "approved" ? "good" : "plain"}>
          {t(`states.${one.state}`)}
        </Badge>
      </p>
      {one.hits.map((hit) => (
        <p key={`${hit.name} ${hit.born}`} className={styles.what} role="alert">
          <Badge tone="danger">{t("hit")}</Badge>{" "}
          <bdi>{t("hitText", { name: hit.name, born: hit.born })}</bdi>
        </p>
      ))}
      <dl className={styles.facts}>
        <Fact name={t("name")}>
          <bdi dir="auto">{one.legal_name ?? t("erased")}</bdi>
        </Fact>
        <Fact name={t("born")}>{one.date_of_birth ?? t("erased")}</Fact>
        <Fact name={t("country")}>{one.country ?? t("erased")}</Fact>
        <Fact name={t("submitted")}>{format.dateTime(one.submitted_at)}</Fact>
      </dl>
      <h2>{t("documents")}</h2>
      {one.documents.map((document) => (
        <ReviewDocument key={document.id} id={one.id} document={document} />
      ))}
      {one.state === "pending" && (
        <div className={styles.actions}>
          <Button look="primary" onClick={() => setDecides("approve")}>
            {t("approve")}
          </Button>
          <Button onClick={() => setDecides("refuse")}>{t("refuse")}</Button>
        </div>
      )}
      {one.state === "approved" && (
        <div className={styles.actions}>
          <Button look="danger" onClick={() => setDecides("revoke")}>
            {t("revoke")}
          </Button>
        </div>
      )}
      {decides && <ReviewDialog one={one} does={decides} onClose={() => setDecides(null)} />}
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
