import type { Metadata } from "next";
import type { AbstractIntlMessages } from "next-intl";
import { setRequestLocale } from "next-intl/server";
import type { ReactNode } from "react";
import { isLocale, LOCALES, type Locale } from "./locales";
import { allMessages, type Namespace } from "./messages";
import { Words } from "./Words";

export type PageProps = { params: Promise<{ locale: string }> };

/** The language of a page that is being built. */
export async function pageLocale(params: Promise<{ locale: string }>): Promise<Locale> {
  const { locale } = await params;
  const known = isLocale(locale) ? locale : LOCALES[0];
  setRequestLocale(known);
  return known;
}

/** A page with the words of its namespaces. */
export async function PageWords({
  params,
  of,
  children,
}: PageProps & { of: readonly Namespace[]; children: ReactNode }) {
  const all = await allMessages(await pageLocale(params));
  const messages = Object.fromEntries(of.map((name) => [name, all[name]])) as AbstractIntlMessages;
  return <Words messages={messages}>{children}</Words>;
}

/** A page's title and description out of a namespace; the title may stand deeper in it. */
export function pageMetadata(namespace: Namespace, title = "title") {
  return async ({ params }: PageProps): Promise<Metadata> => {
    const words = (await allMessages(await pageLocale(params)))[namespace];
    const found = { title: textAt(words, title), description: textAt(words, "description") };
    // What a page does not say is left to the frame; an undefined would take it away.
    return Object.fromEntries(Object.entries(found).filter(([, text]) => text !== undefined));
  };
}

function textAt(words: unknown, path: string): string | undefined {
  const found = path
    .split(".")
    .reduce<unknown>((inner, key) => (inner as Record<string, unknown>)?.[key], words);
  return typeof found === "string" ? found : undefined;
}
