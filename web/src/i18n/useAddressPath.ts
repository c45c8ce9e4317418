"use client";

import { usePathname } from "next/navigation";
import { useEffect, useState } from "react";

/**
 * The path in the address bar, null until the page is hydrated: a page of any market is built once, under
 * another path, and must look the same in its first render.
 */
export function useAddressPath(): string | null {
  const routed = usePathname();
  const [path, setPath] = useState<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the router's path says when the address changed
  useEffect(() => setPath(location.pathname), [routed]);
  return path;
}
