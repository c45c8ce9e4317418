/**
 * A cover made from an id alone, so that it never changes: hue, planes, disc and turn come from the
 * 32-bit FNV-1a hash of the id.
 */

/** The hash of the UTF-8 text, unsigned. */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  }
  return hash;
}

export interface CoverArt {
  readonly hue: number;
  readonly seed: number;
  readonly turn: 0 | 90 | 180 | 270;
  /** Paths and disc on a square of 400. */
  readonly back: string;
  readonly front: string;
  readonly disc: { readonly x: number; readonly y: number; readonly r: number };
  readonly hairs: readonly Hair[];
}

export interface Hair {
  readonly path: string;
  readonly width: number;
  readonly opacity: number;
  readonly dash: string;
  readonly offset: number;
  readonly light: boolean;
}

/** Hues of up and down in both palettes; a cover keeps 12 degrees away from them. */
const DIRECTION_HUES = [156, 353];
const HAIRS = 26;

/** Hue of an id, turned away from the colours of direction. */
export function hueOf(id: string): number {
  const hue = fnv1a(id) % 360;
  const near = DIRECTION_HUES.some((taken) => Math.abs(((hue - taken + 540) % 360) - 180) <= 12);
  return near ? (hue + 24) % 360 : hue;
}

/** Everything that is drawn, from the id. */
export function coverArt(id: string): CoverArt {
  const hash = fnv1a(id);
  const random = generator(hash);
  const between = (low: number, high: number) => Math.round(low + random() * (high - low));
  const left = between(150, 230);
  const right = between(60, 180);
  const ridge = between(120, 280);
  const front = `M0 ${between(280, 320)}L${ridge} ${between(190, 240)}L400 ${between(330, 370)}V400H0Z`;
  const start = between(140, 260);
  const end = between(140, 260);
  return {
    hue: hueOf(id),
    seed: hash % 97,
    turn: (Math.floor(random() * 4) * 90) as CoverArt["turn"],
    back: `M0 ${left}L400 ${right}V400H0Z`,
    front,
    disc: { x: between(90, 310), y: between(100, 170), r: between(70, 120) },
    hairs: Array.from({ length: HAIRS }, (_, index) => hair(index, start, end, random)),
  };
}

function hair(index: number, start: number, end: number, random: () => number): Hair {
  const at = index * 1.7;
  const jitter = () => (random() - 0.5) * 3;
  const trimmed = random() * 14;
  const lead = random() * (14 - trimmed);
  const from = (start + at + jitter()).toFixed(1);
  const to = (end + at + jitter()).toFixed(1);
  return {
    path: `M-10 ${from}C120 ${(start - 40 + at).toFixed(1)} 260 ${(end + 52 + at).toFixed(1)} 410 ${to}`,
    width: 1.6 * (1 + random()),
    opacity: 0.3 + random() * 0.25,
    dash: `${(100 - trimmed).toFixed(1)} 100`,
    offset: -lead,
    light: random() < 0.5,
  };
}

/** Mulberry32: small, seeded, the same everywhere. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Up to two initials of a name, whole characters of any script. */
export function initialsOf(name: string): string {
  const words = name
    .split(/\s+/u)
    .map((word) => [...word.replace(/^[^\p{L}\p{N}]+/u, "")])
    .filter((characters) => characters.length > 0);
  const [first, ...others] = words;
  const last = others.at(-1);
  const letters = last ? [first?.[0], last[0]] : (first ?? []).slice(0, 2);
  return letters.join("").toLocaleUpperCase();
}
