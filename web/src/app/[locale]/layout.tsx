import "@/styles/tokens.css";
import "@/styles/base.css";
import type { Metadata, Viewport } from "next";
import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { SquircleShapes } from "@/components/SquircleShapes";
import { EARLY_KEYS_SCRIPT } from "@/features/keys/early";
import { Shell } from "@/features/shell/Shell";
import { LAYOUT_SCRIPT } from "@/features/trade/layout/boot";
import { directionOf, LOCALES } from "@/i18n/locales";
import { allMessages } from "@/i18n/messages";
import { type PageProps, pageLocale } from "@/i18n/page";
import { BOOT_SCRIPT } from "@/providers/kept/preferences";
import { Providers } from "@/providers/Providers";
import { fonts } from "@/styles/fonts";

/** What is done before anything is seen, or pressed. */
const HEAD_SCRIPT = [BOOT_SCRIPT, LAYOUT_SCRIPT, EARLY_KEYS_SCRIPT].join(";");

export const dynamicParams = false;

export function generateStaticParams() {
  return LOCALES.map((locale) => ({ locale }));
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const locale = await pageLocale(params);
  const { common } = await allMessages(locale);
  return {
    title: { default: `${common.product}: ${common.tagline}`, template: `%s · ${common.product}` },
    description: String(common.tagline),
    applicationName: String(common.product),
    icons: { icon: "/mark.svg", apple: "/icons/apple-180.png" },
    manifest: `/${locale}/app.webmanifest`,
    // A phone would otherwise turn amounts into links to call.
    formatDetection: { telephone: false, date: false, address: false, email: false },
  };
}

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  themeColor: [
    { media: "(prefers-color-scheme: dark)", color: "#11131a" },
    { media: "(prefers-color-scheme: light)", color: "#ffffff" },
  ],
};

export default async function LocaleLayout({ children, params }: PageProps & { children: ReactNode }) {
  const locale = await pageLocale(params);
  const { common, errors } = await allMessages(locale);
  return (
    <html
      lang={locale}
      dir={directionOf(locale)}
      data-theme="dark"
      className={fonts}
      suppressHydrationWarning
    >
      <head>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own text, hashed for the policy when built */}
        <script dangerouslySetInnerHTML={{ __html: HEAD_SCRIPT }} />
      </head>
      <body>
        <SquircleShapes />
        <NextIntlClientProvider locale={locale} timeZone="UTC" messages={{ common, errors }}>
          <Providers>
            <Shell>{children}</Shell>
          </Providers>
        </NextIntlClientProvider>
      </body>
    </html>
  );
}
