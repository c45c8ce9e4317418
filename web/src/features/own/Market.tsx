import { pairOf } from "@cse/client";
import { Link } from "@/i18n/Link";
import styles from "./Own.module.css";

/** A market in a table, and the way to it. */
export function Market({ of: market }: { of: string }) {
  return (
    <Link href={`/trade/${market}`} className={styles.name}>
      <bdi>{pairOf(market)}</bdi>
    </Link>
  );
}
