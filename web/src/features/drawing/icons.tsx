/** Two tools that the set of icons has none for, on the same grid. */

const FRAME = {
  width: 16,
  height: 16,
  viewBox: "0 0 24 24",
  fill: "none",
  stroke: "currentColor",
  strokeWidth: 1.5,
  strokeLinecap: "round",
} as const;

export function ChannelIcon() {
  return (
    <svg {...FRAME} aria-hidden>
      <path d="M3 15 17 4M7 20 21 9" />
    </svg>
  );
}

export function FibonacciIcon() {
  return (
    <svg {...FRAME} aria-hidden>
      <path d="M3 4h18M3 10h18M3 14.5h18M3 20h18" />
    </svg>
  );
}
