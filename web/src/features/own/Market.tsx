import { Link } from "@/i18n/Link";
import styles from "./Own.module.css";

/** A market in a table, and the way to it. */
export function Market({ of: market }: { of: string }) {
  return (
    <Link href={`/trade/${market}`} className={styles.name}>
      <bdi>{market.replace("-", "/")}</bdi>
    </Link>
  );
}
