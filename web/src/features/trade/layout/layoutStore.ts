/** The layout that a person has chosen. */

import { create } from "zustand";
import { browserStorage, keep, onKeptElsewhere, readKept } from "@/providers/kept/kept";
import { LAYOUT_KEY } from "./boot";
import { applyLayout, applySizes, LAYOUT, type Layout, STANDARD } from "./layout";

const read = () => readKept(browserStorage(), LAYOUT_KEY, LAYOUT, STANDARD);

export const useLayout = create<Layout>(read);

onKeptElsewhere(LAYOUT_KEY, () => {
  const layout = read();
  useLayout.setState(layout);
  applyLayout(document.documentElement, layout);
});

/** Shows sizes on the page alone while a line is dragged: what follows the root's style is left in peace. */
export function dragLayout(page: HTMLElement, layout: Layout): void {
  useLayout.setState(layout);
  applySizes(page, layout);
}

/** Shows a layout and keeps it. */
export function keepLayout(layout: Layout): void {
  useLayout.setState(layout);
  applyLayout(document.documentElement, layout);
  keep(browserStorage(), LAYOUT_KEY, layout);
}
