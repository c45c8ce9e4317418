"use client";

import { withoutLocale } from "@/i18n/locales";
import { useAddressPath } from "@/i18n/useAddressPath";

/** The query that brings a person back to where they are now after signing in. */
export function useReturnTo(): string {
  const address = useAddressPath();
  if (address === null) return "";
  const path = withoutLocale(address);
  const isStep = /^\/(sign-|forgot-password|reset-password|verify-email|undo-email-change)/.test(path);
  return path === "/" || isStep ? "" : `?to=${encodeURIComponent(path)}`;
}

/** Where to go after signing in: a path of this app and nothing else. */
export function returnPath(search: string): string {
  const to = new URLSearchParams(search).get("to") ?? "/";
  return /^\/(?![/\\])[\w\-/.~%]*$/.test(to) ? to : "/";
}
