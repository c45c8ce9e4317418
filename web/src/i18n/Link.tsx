"use client";

import NextLink from "next/link";
import { useRouter } from "next/navigation";
import { useLocale } from "next-intl";
import type { ComponentProps } from "react";

/**
 * A link inside the app: `href` is written without its language. The target is fetched ahead when the
 * pointer or the focus reaches the link, not before: a page of many links would fetch them all.
 */
export function Link({
  href,
  onPointerEnter,
  onFocus,
  ...rest
}: Omit<ComponentProps<typeof NextLink>, "href" | "prefetch"> & { href: string }) {
  const locale = useLocale();
  const router = useRouter();
  const target = `/${locale}${href === "/" ? "" : href}`;
  return (
    <NextLink
      {...rest}
      href={target}
      prefetch={false}
      onPointerEnter={(event) => {
        router.prefetch(target);
        onPointerEnter?.(event);
      }}
      onFocus={(event) => {
        router.prefetch(target);
        onFocus?.(event);
      }}
    />
  );
}
