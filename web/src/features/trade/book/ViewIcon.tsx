import type { BookView } from "./model";

const ROWS = [2, 5, 8, 11] as const;

/** Small bars at the left, figures at the right: asks above, bids below, or one side alone. */
export function ViewIcon({ view }: { view: BookView }) {
  const tone = (index: number) => {
    if (view === "bids") return "var(--up)";
    if (view === "asks") return "var(--down)";
    return index < 2 ? "var(--down)" : "var(--up)";
  };
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden>
      {ROWS.map((y, index) => (
        <g key={y}>
          <rect x="1" y={y} width="4" height="2" rx="0.5" fill={tone(index)} />
          <rect x="7" y={y} width="8" height="2" rx="0.5" fill="currentColor" opacity="0.5" />
        </g>
      ))}
    </svg>
  );
}
