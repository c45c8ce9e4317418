"use client";

import { ApiError, type Session } from "@cse/client";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useEffect, useState } from "react";
import { returnPath } from "@/features/shell/returnTo";
import { useErrorWords } from "@/providers/errorWords";

/** Fields in the order of the forms, by the names that the API gives them. */
const FIELDS = ["email", "display_name", "password", "code"] as const;
type Field = (typeof FIELDS)[number];

const FIELD_OF_CODE: Record<string, Field> = {
  weak_password: "password",
  breached_password: "password",
};

/**
 * Sends a form once at a time, puts errors where they belong, and goes back to where the person was; stays
 * where `send` gives no session, for another step is to come.
 */
export function useAuthForm(send: () => Promise<Session | null>) {
  const t = useTranslations("session");
  const words = useErrorWords();
  const router = useRouter();
  const locale = useLocale();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [missing, setMissing] = useState<ReadonlySet<string>>(new Set());
  const [search, setSearch] = useState("");
  useEffect(() => setSearch(location.search), []);

  const field = error instanceof ApiError ? fieldOf(error) : null;

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (busy) return;
    const form = event.currentTarget;
    const empty = [...form.elements].filter(
      (element): element is HTMLInputElement =>
        element instanceof HTMLInputElement && element.required && element.value.trim() === "",
    );
    setMissing(new Set(empty.map(nameOf)));
    setError(null);
    if (empty.length > 0) {
      empty[0]?.focus();
      return;
    }
    setBusy(true);
    try {
      if ((await send()) === null) return;
      router.push(`/${locale}${homePath(returnPath(location.search))}`);
    } catch (refusal) {
      setError(refusal);
      const at = refusal instanceof ApiError ? fieldOf(refusal) : null;
      if (at)
        form.querySelector<HTMLInputElement>(`[name="${at === "display_name" ? "name" : at}"]`)?.focus();
    } finally {
      setBusy(false);
    }
  }

  /** What was wrong with a field was said of another text than the one that it has now. */
  function edited(event: FormEvent<HTMLFormElement>) {
    if (!(event.target instanceof HTMLInputElement)) return;
    const name = nameOf(event.target);
    if (name === field) setError(null);
    if (missing.has(name)) setMissing(new Set([...missing].filter((other) => other !== name)));
  }

  return {
    busy,
    submit,
    edited,
    /** The query of the address, to be carried on to the other form. */
    search,
    /** What could not be put to a field. */
    formError: field === null ? error : null,
    fieldError: (name: Field) => {
      if (missing.has(name)) return t(`missing.${name}`);
      if (field !== name || !(error instanceof ApiError)) return undefined;
      return error.code === "invalid_field" ? t(`invalid.${name}`) : words(error).happened;
    },
  };
}

/** What the API calls an input; a name of "display_name" would keep browsers from filling it in. */
function nameOf(input: HTMLInputElement): string {
  return input.name === "name" ? "display_name" : input.name;
}

function homePath(path: string): string {
  return path === "/" ? "" : path;
}

function fieldOf(error: ApiError): Field | null {
  const named = FIELD_OF_CODE[error.code] ?? error.field;
  return FIELDS.find((field) => field === named) ?? null;
}
