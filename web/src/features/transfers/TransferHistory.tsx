"use client";

import type { HeldAccount, Transfer } from "@cse/client";
import { useTranslations } from "next-intl";
import { Button } from "@/components/Button";
import { Select } from "@/components/Choice";
import { Empty, ErrorState, Skeleton } from "@/components/States";
import list from "@/features/settings/List.module.css";
import { ListRow, ListRowRoom } from "@/features/settings/ListRow";
import { useAccountName } from "@/features/shell/accountWords";
import { useTransfers } from "@/providers/accounts";
import { useFormat } from "@/providers/format";
import { useSession } from "@/providers/session";
import { useUrlState } from "@/providers/urlState";
import styles from "./Transfers.module.css";

/** What came to an account and left it, the latest first; archived accounts have a past too. */
export function TransferHistory({ held }: { held: readonly HeldAccount[] }) {
  const t = useTranslations("transfers");
  const nameOf = useAccountName();
  const chosen = useSession((session) => session.account);
  const [search, change] = useUrlState();
  const known = held.map(({ account }) => account.id);
  const named = search.get("account");
  const account = known.find((id) => id === named) ?? known.find((id) => id === chosen) ?? known[0] ?? "";
  const transfers = useTransfers(account);
  const items = transfers.data?.pages.flatMap((page) => page.items);
  return (
    <section className={styles.section} aria-busy={transfers.isPending}>
      <div className={styles.head}>
        <h2>{t("history")}</h2>
        {held.length > 1 && (
          <Select
            label={t("historyOf")}
            value={account}
            onValue={(id) => change({ account: id })}
            options={held.map(({ account }) => ({ value: account.id, label: nameOf(account) }))}
          />
        )}
      </div>
      {transfers.isError && !items ? (
        <ErrorState
          title={t("historyFailed")}
          error={transfers.error}
          onRetry={() => void transfers.refetch()}
        />
      ) : items?.length === 0 ? (
        <Empty title={t("empty")} />
      ) : (
        <ul className={list.list}>
          {items?.map((one) => (
            <One
              key={`${one.id} ${one.asset} ${one.from_account} ${one.to_account}`}
              one={one}
              account={account}
              held={held}
            />
          )) ?? (
            <ListRowRoom>
              <Skeleton width={16} />
              <Skeleton width={24} line={12} />
            </ListRowRoom>
          )}
        </ul>
      )}
      {transfers.hasNextPage && (
        <div className={list.foot}>
          <Button
            size={32}
            busy={transfers.isFetchingNextPage}
            onClick={() => void transfers.fetchNextPage()}
          >
            {t("older")}
          </Button>
        </div>
      )}
    </section>
  );
}

function One({ one, account, held }: { one: Transfer; account: string; held: readonly HeldAccount[] }) {
  const t = useTranslations("transfers");
  const format = useFormat();
  const nameOf = useAccountName();
  const leaves = one.from_account === account;
  const otherId = leaves ? one.to_account : one.from_account;
  const other = held.find(({ account }) => account.id === otherId);
  const reason = one.reason as "faucet";
  const said = t.has(`reasons.${reason}`) ? t(`reasons.${reason}`) : one.reason;
  const title = other ? t(leaves ? "toOther" : "fromOther", { name: nameOf(other.account) }) : said;
  return (
    <ListRow
      title={<bdi className="clip">{title}</bdi>}
      beside={
        <span className={styles.amount}>
          <bdi className="figure" dir="ltr">
            {leaves ? "\u2212" : "+"}
            {format.decimal(one.amount)}
          </bdi>{" "}
          {one.asset}
        </span>
      }
    >
      <span>
        <time dateTime={one.time}>{format.dateTime(one.time)}</time> · {t("number")}{" "}
        <span className="figure">{one.id}</span>
      </span>
    </ListRow>
  );
}
