"use client";

import { type AbstractIntlMessages, NextIntlClientProvider, useLocale, useMessages } from "next-intl";
import type { ReactNode } from "react";

/** Adds a page's own words to those of the frame, so that no page carries another's. */
export function Words({ messages, children }: { messages: AbstractIntlMessages; children: ReactNode }) {
  const locale = useLocale();
  const frame = useMessages();
  return (
    <NextIntlClientProvider locale={locale} timeZone="UTC" messages={{ ...frame, ...messages }}>
      {children}
    </NextIntlClientProvider>
  );
}
