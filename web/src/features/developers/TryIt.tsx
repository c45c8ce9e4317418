"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { Button } from "@/components/Button";
import { Chip } from "@/components/Chip";
import { TextField } from "@/components/Field";
import { exchange } from "@/providers/exchange";
import { useSession } from "@/providers/session";
import type { Operation } from "./operations";
import styles from "./Reference.module.css";
import { type Answer, curlOf, type Filled, missingOf, send } from "./trying";

/** Fills in a request, sends it as whoever is signed in, and shows what came back. */
export default function TryIt({ operation }: { operation: Operation }) {
  const t = useTranslations("developers");
  const signedIn = useSession((state) => state.state === "user");
  const [filled, fill] = useState<Filled>({ values: {}, body: operation.examples[0]?.text ?? "{}" });
  const { answer, busy, unanswered, ask } = useAsking(operation);
  const missing = missingOf(operation, filled);
  const locked = operation.personal && !signedIn;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (missing === null && !locked && !busy) void ask(filled);
  }

  return (
    <form className={styles.trying} onSubmit={submit} noValidate>
      {operation.parameters.length > 0 && (
        <div className={styles.fields}>
          {operation.parameters.map(({ name, kind, required, description }) => (
            <TextField
              key={name}
              label={
                <bdi className={styles.name}>
                  {name}
                  {required && " *"}
                </bdi>
              }
              hint={
                <span lang="en" dir="ltr">
                  {kind}
                  {description !== null && ` · ${description}`}
                </span>
              }
              dir="ltr"
              spellCheck={false}
              value={filled.values[name] ?? ""}
              onChange={(event) =>
                fill({ ...filled, values: { ...filled.values, [name]: event.target.value } })
              }
            />
          ))}
        </div>
      )}
      {operation.body !== null && <Body operation={operation} filled={filled} fill={fill} />}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what is longer than its box scrolls by keys */}
      <pre className={styles.code} dir="ltr" role="region" tabIndex={0} aria-label={t("curl")}>
        {curlOf(operation, filled, typeof location === "undefined" ? "" : location.origin)}
      </pre>
      <div className={styles.sending}>
        <Button type="submit" busy={busy} disabled={missing !== null || locked}>
          {t("send")}
        </Button>
        <p className={styles.note}>
          {locked ? t("signInFirst") : missing !== null ? t("missing", { name: missing }) : t("sentAsYou")}
        </p>
      </div>
      {unanswered && (
        <p role="alert" className={styles.unanswered}>
          {t("unanswered")}
        </p>
      )}
      {answer && <AnswerView answer={answer} />}
    </form>
  );
}

function Body({
  operation,
  filled,
  fill,
}: {
  operation: Operation;
  filled: Filled;
  fill(next: Filled): void;
}) {
  const t = useTranslations("developers");
  const id = useId();
  return (
    <div className={styles.body}>
      <label htmlFor={id}>{t("body")}</label>
      {operation.examples.length > 1 && (
        <div className={styles.examples} role="group" aria-label={t("examples")} lang="en" dir="ltr">
          {operation.examples.map(({ title, text }) => (
            <Chip key={title} pressed={filled.body === text} onClick={() => fill({ ...filled, body: text })}>
              {title}
            </Chip>
          ))}
        </div>
      )}
      <textarea
        id={id}
        className={styles.code}
        dir="ltr"
        spellCheck={false}
        rows={Math.min(14, filled.body.split("\n").length + 1)}
        value={filled.body}
        onChange={(event) => fill({ ...filled, body: event.target.value })}
      />
    </div>
  );
}

function AnswerView({ answer }: { answer: Answer }) {
  const t = useTranslations("developers");
  return (
    <div role="status" className={styles.answer}>
      <p>
        <strong data-good={answer.status < 400 || undefined}>{answer.status}</strong>{" "}
        <span className={styles.note}>{t("took", { ms: Math.round(answer.tookMs) })}</span>
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what is longer than its box scrolls by keys */}
      <pre className={styles.code} dir="ltr" role="region" tabIndex={0} aria-label={t("answer")}>
        {[...answer.headers.map(([name, value]) => `${name}: ${value}`), "", answer.text].join("\n")}
      </pre>
    </div>
  );
}

/** Sends one at a time, as whoever is signed in; leaves off when it is not shown any more. */
function useAsking(operation: Operation) {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [busy, setBusy] = useState(false);
  const [unanswered, setUnanswered] = useState(false);
  const stop = useRef(new AbortController());
  useEffect(() => {
    stop.current = new AbortController();
    return () => stop.current.abort();
  }, []);
  async function ask(filled: Filled) {
    const { signal } = stop.current;
    setBusy(true);
    setUnanswered(false);
    setAnswer(null);
    try {
      const token = operation.personal ? await exchange().calls.accessToken() : null;
      const next = await send(operation, filled, token, signal);
      if (!signal.aborted) setAnswer(next);
    } catch {
      if (!signal.aborted) setUnanswered(true);
    } finally {
      if (!signal.aborted) setBusy(false);
    }
  }
  return { answer, busy, unanswered, ask };
}
