import styles from "./Orders.module.css";

/** 44 by 3 px in text 2: how far an order has come is neither good nor bad. `part` is 0 to 1. */
export function FillBar({ part }: { part: number }) {
  return (
    <svg className={styles.fillBar} width="44" height="3" viewBox="0 0 44 3" aria-hidden>
      <rect width="44" height="3" rx="1.5" className={styles.fillGround} />
      {part > 0 && <rect width={Math.max(2, part * 44)} height="3" rx="1.5" className={styles.fillPart} />}
    </svg>
  );
}
