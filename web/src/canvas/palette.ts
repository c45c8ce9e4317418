/** The theme's colours in the form that canvases take, and word of their change. */

const VARIABLES = {
  up: "--up",
  down: "--down",
  upBar: "--up-bar",
  downBar: "--down-bar",
  accent: "--accent",
  text1: "--text-1",
  text2: "--text-2",
  text3: "--text-3",
  hover: "--surface-3",
  surface: "--surface-2",
  panel: "--panel",
  line: "--line",
  lineRow: "--line-row",
  lineStrong: "--line-strong",
  onDirection: "--on-direction",
  series1: "--series-1",
  series2: "--series-2",
  series3: "--series-3",
  series4: "--series-4",
  series5: "--series-5",
  series6: "--series-6",
} as const;

type Named = keyof typeof VARIABLES;

export type Palette = Record<Named, string> & { upFlash: string; downFlash: string; family: string };

const FLASH_SHARE = "38%";

/** Reads the colours as they are now. */
function readPalette(): Palette {
  const probe = document.createElement("span");
  probe.hidden = true;
  document.body.append(probe);
  const resolve = (value: string): string => {
    probe.style.color = value;
    return getComputedStyle(probe).color;
  };
  const colours = Object.fromEntries(
    Object.entries(VARIABLES).map(([name, variable]) => [name, resolve(`var(${variable})`)]),
  ) as Record<Named, string>;
  const palette = {
    ...colours,
    upFlash: resolve(`color-mix(in srgb, var(--up) ${FLASH_SHARE}, transparent)`),
    downFlash: resolve(`color-mix(in srgb, var(--down) ${FLASH_SHARE}, transparent)`),
    family: getComputedStyle(document.body).fontFamily,
  };
  probe.remove();
  return palette;
}

/** The colour with another opacity, 0 to 1. */
export function faded(colour: string, opacity: number): string {
  return `color-mix(in srgb, ${colour} ${Math.round(opacity * 100)}%, transparent)`;
}

type Listener = (palette: Palette) => void;

const listeners = new Set<Listener>();
let current: Palette | null = null;
let observer: MutationObserver | null = null;

/** The colours, read once and again after each change of theme. */
export function currentPalette(): Palette {
  current ??= readPalette();
  return current;
}

/** Calls back with the new colours whenever theme or palette change, and when the fonts have come. */
export function onPalette(listener: Listener): () => void {
  listeners.add(listener);
  observe();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    observer?.disconnect();
    observer = null;
  };
}

function observe(): void {
  if (observer) return;
  observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme", "data-palette", "style"] });
  void document.fonts?.ready.then(changed);
}

function changed(): void {
  current = readPalette();
  for (const listener of listeners) listener(current);
}
