"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, useState } from "react";
import { Button } from "@/components/Button";
import { type Act, useBindings } from "@/features/keys/bindings";
import { type Choice, choiceOf, chordOf } from "@/features/keys/chords";
import { bind } from "@/features/keys/kept";
import { Chord } from "./Chord";
import styles from "./Shortcuts.module.css";

/**
 * One act with its key, which is a button: once it is pressed, the next key is taken. Escape leaves all as
 * it was, Delete takes the key away. What the key did before is said, and nothing is taken from it unasked.
 */
export function BoundRow({
  act,
  off,
  changing,
  onChange,
}: {
  act: Act;
  /** Keys are turned off. */
  off: boolean;
  changing: boolean;
  onChange: (begin: boolean) => void;
}) {
  const t = useTranslations("keys");
  const bindings = useBindings();
  const [tried, setTried] = useState<{ chord: string; choice: Choice } | null>(null);
  const chord = bindings[act];
  const begin = (on: boolean) => {
    setTried(null);
    onChange(on);
  };
  const take = (next: string | null) => {
    bind(act, next);
    begin(false);
  };
  const pressed = (event: KeyboardEvent) => {
    if (!changing || event.key === "Tab" || event.nativeEvent.isComposing) return;
    // The dialog, the page and the browser have nothing of what is pressed here.
    event.preventDefault();
    event.nativeEvent.stopImmediatePropagation();
    if (event.key === "Escape") return begin(false);
    if (event.key === "Delete" || event.key === "Backspace") return take(null);
    const next = chordOf(event.nativeEvent);
    if (next === null) return;
    const choice = choiceOf(act, next, bindings);
    if (choice.kind === "free") take(next);
    else setTried({ chord: next, choice });
  };
  return (
    <li className={styles.row} data-act={act}>
      <span className={styles.act}>{t(`acts.${act}`)}</span>
      <button
        type="button"
        className={styles.bound}
        data-off={off || undefined}
        aria-label={t("changeOf", { act: t(`acts.${act}`), key: chord ?? t("none") })}
        aria-pressed={changing}
        onClick={() => begin(!changing)}
        onKeyDown={pressed}
        onBlur={(event) => {
          const inside = event.currentTarget.parentElement?.contains(event.relatedTarget);
          if (changing && !inside) begin(false);
        }}
      >
        {changing ? (
          t("press")
        ) : chord === null ? (
          <span className={styles.none}>{t("none")}</span>
        ) : (
          <bdi dir="ltr">
            <Chord keys={chord} />
          </bdi>
        )}
      </button>
      <p role="status" className={styles.said}>
        {tried?.choice.kind === "refused" && t(`refused.${tried.choice.reason}`, { key: tried.chord })}
        {tried?.choice.kind === "taken" &&
          t("taken", { key: tried.chord, act: t(`acts.${tried.choice.by}`) })}
        {changing && !tried && t("pressText")}
      </p>
      {tried?.choice.kind === "taken" && (
        <Button size={28} onClick={() => take(tried.chord)}>
          {t("takeAnyway")}
        </Button>
      )}
    </li>
  );
}
