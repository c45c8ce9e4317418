import styles from "./EmptyDrawing.module.css";

export type EmptyKind = "candles" | "orders" | "search" | "balances" | "lost" | "offline";

/** Line drawings on one grid of 8 px, 80 by 56; dashed is what is not there yet. */
const SHAPES: Record<EmptyKind, { solid: string; dashed: string }> = {
  candles: {
    solid: "M12 44V36M12 20v-4M8 20h8v16H8zM28 34V30M28 14V8M24 14h8v16h-8z",
    dashed: "M44 38V32M44 18v-6M40 18h8v14h-8zM60 30v-2M60 12V8M56 12h8v16h-8z",
  },
  orders: {
    solid: "M8 14h24M8 26h16",
    dashed: "M40 14h32M32 26h40M8 38h64",
  },
  search: {
    solid: "M22 12a12 12 0 1 0 0 24a12 12 0 0 0 0-24zM31 33l9 9",
    dashed: "M50 14h22M50 24h14M50 34h22",
  },
  balances: {
    solid: "M8 16h44a4 4 0 0 1 4 4v20a4 4 0 0 1-4 4H12a4 4 0 0 1-4-4zM8 16l34-8v8",
    dashed: "M46 26h26v10H46a5 5 0 0 1 0-10z",
  },
  lost: {
    solid: "M8 40c8-16 16-20 24-12",
    dashed: "M32 28c8 8 14 14 22 4s10-20 18-22M68 8l6 2l-2 6",
  },
  offline: {
    solid: "M8 20c10-10 22-14 34-12M16 30c6-6 12-8 20-8",
    dashed: "M50 11c8 2 14 5 20 11M44 24c6 1 10 3 14 6M34 40h6",
  },
};

export function EmptyDrawing({ kind }: { kind: EmptyKind }) {
  return (
    <svg className={styles.drawing} width="80" height="56" viewBox="0 0 80 56" fill="none" aria-hidden>
      <path d={SHAPES[kind].solid} />
      <path d={SHAPES[kind].dashed} strokeDasharray="2 3" />
      <path d="M4 52h72" className={styles.ground} />
    </svg>
  );
}
