"use client";

import { type RefObject, useEffect, useRef, useState } from "react";

/** Whether an element is on the screen; what is not seen need not be kept up. */
export function useOnScreen<Element extends HTMLElement>(): [RefObject<Element | null>, boolean] {
  const element = useRef<Element>(null);
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    if (!element.current) return;
    const observer = new IntersectionObserver((entries) => setSeen(entries.at(-1)?.isIntersecting ?? false));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return [element, seen];
}
