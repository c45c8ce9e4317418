/** How the panels of the trade page lie at a desk: sizes in CSS pixels, what is put away, which side is which. */

import * as z from "zod/mini";

/** What has a size: the column of the book, the ticket's, and what lies below the chart. */
export const SIZED = ["book", "ticket", "below"] as const;
export type Sized = (typeof SIZED)[number];

/** What can be put away. With the book goes its column, the trades in it as well. */
export const CLOSABLE = ["book", "tape", "orders"] as const;
type Closable = (typeof CLOSABLE)[number];

const SIZE = z.number().check(z.minimum(1), z.maximum(2_000));
export const LAYOUT = z.object({
  book: SIZE,
  ticket: SIZE,
  below: SIZE,
  closed: z.array(z.enum(CLOSABLE)).check(z.maxLength(CLOSABLE.length)),
  /** The ticket is first and the chart last. */
  swapped: z.boolean(),
});

export type Layout = Readonly<z.infer<typeof LAYOUT>>;

export const STANDARD: Layout = { book: 300, ticket: 320, below: 240, closed: [], swapped: false };

/** Ready layouts; each leaves the sides as they are. */
const PRESETS = {
  fan: { book: 300, ticket: 360, below: 200, closed: ["book"] },
  standard: { book: 300, ticket: 320, below: 240, closed: [] },
  bookHeavy: { book: 420, ticket: 320, below: 200, closed: ["tape"] },
} as const satisfies Record<string, Omit<Layout, "swapped" | "closed"> & { closed: readonly Closable[] }>;
type Preset = keyof typeof PRESETS;
export const PRESET_NAMES = Object.keys(PRESETS) as Preset[];

export function preset(name: Preset, { swapped }: Layout): Layout {
  const { closed, ...sizes } = PRESETS[name];
  return { ...sizes, closed: [...closed], swapped };
}

/** The ready layout that this one is, if it is one. */
export function presetOf(layout: Layout): Preset | null {
  const same = (name: Preset) =>
    SIZED.every((part) => PRESETS[name][part] === layout[part]) &&
    PRESETS[name].closed.length === layout.closed.length &&
    PRESETS[name].closed.every((part) => layout.closed.includes(part));
  return PRESET_NAMES.find(same) ?? null;
}

/**
 * The least and the most that a part may have in a window of this size: the book and the ticket stay of
 * use, and the chart has at least a third. The page's style says the same.
 */
export function boundsOf(part: Sized, width: number, height: number): { least: number; most: number } {
  switch (part) {
    case "book":
      return { least: 264, most: Math.max(264, Math.min(480, Math.floor(width * 0.34))) };
    case "ticket":
      return { least: 320, most: Math.max(320, Math.min(440, Math.floor(width * 0.3))) };
    case "below":
      return { least: 140, most: Math.max(320, Math.floor(height * 0.5)) };
  }
}

export function within(size: number, { least, most }: { least: number; most: number }): number {
  return Math.round(Math.min(Math.max(size, least), most));
}

/** The same layout with a part put away, or there again. */
export function toggled(layout: Layout, part: Closable): Layout {
  const { closed } = layout;
  return {
    ...layout,
    closed: closed.includes(part) ? closed.filter((other) => other !== part) : [...closed, part],
  };
}

/** Has the page lie like this: its style reads it off the root, before anything of it is drawn. */
export function applyLayout(root: HTMLElement, layout: Layout): void {
  applySizes(root, layout);
  root.dataset.desk = [...layout.closed, ...(layout.swapped ? ["swapped"] : [])].join(" ");
}

/** The sizes alone, or without a layout none of them. */
export function applySizes({ style }: HTMLElement, layout: Layout | null): void {
  for (const part of SIZED) {
    if (layout) style.setProperty(`--desk-${part}`, `${layout[part]}px`);
    else style.removeProperty(`--desk-${part}`);
  }
}
