"use client";

import type { VerificationDocument } from "@cse/client";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/Button";
import { FieldNote } from "@/components/Field";
import { saveBlob } from "@/components/saveText";
import { useAct } from "@/features/acting/useAct";
import { review } from "@/providers/verification";
import styles from "./Admin.module.css";

/** As wide as it is read; a stranger may send more. */
const EDGE_PX = 1_600;

/**
 * A document of an application. A picture is drawn on a canvas, so that the page shows pixels and nothing of
 * the file; all else can be saved.
 */
export function ReviewDocument({ id, document }: { id: string; document: VerificationDocument }) {
  const t = useTranslations("admin.verification");
  const [file, setFile] = useState<Blob | null>(null);
  const { busy, error, act } = useAct();
  const isPicture = document.media_type.startsWith("image/");
  const load = async () => file ?? (await review().document(id, document.id));
  const ending = document.media_type.split("/")[1] ?? "";
  const save = () => act(async () => saveBlob(`${document.kind}.${ending}`, await load()));
  return (
    <div className={styles.section}>
      <div className={styles.line}>
        <p className={styles.what}>
          {t(`kinds.${document.kind}`)} · {ending.toUpperCase()} · {Math.ceil(document.size_bytes / 1_024)} KB
        </p>
        <span className={styles.actions}>
          {isPicture && file === null && (
            <Button size={32} busy={busy} onClick={() => act(async () => setFile(await load()))}>
              {t("show")}
            </Button>
          )}
          <Button size={32} onClick={save}>
            {t("save")}
          </Button>
        </span>
      </div>
      {!isPicture && <p className={styles.note}>{t("pdfText")}</p>}
      {file !== null && <Picture file={file} name={t(`kinds.${document.kind}`)} />}
      {error !== null && <FieldNote error={error} />}
    </div>
  );
}

function Picture({ file, name }: { file: Blob; name: string }) {
  const t = useTranslations("admin.verification");
  const canvas = useRef<HTMLCanvasElement>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let current = true;
    createImageBitmap(file)
      .then((picture) => {
        const to = canvas.current;
        if (current && to !== null) {
          const scale = Math.min(1, EDGE_PX / Math.max(picture.width, picture.height));
          to.width = Math.max(1, Math.round(picture.width * scale));
          to.height = Math.max(1, Math.round(picture.height * scale));
          to.getContext("2d")?.drawImage(picture, 0, 0, to.width, to.height);
        }
        picture.close();
      })
      .catch(() => current && setFailed(true));
    return () => {
      current = false;
    };
  }, [file]);
  if (failed) return <FieldNote error={t("pictureFailed")} />;
  return <canvas ref={canvas} role="img" aria-label={name} className={styles.paper} />;
}
