"use client";

import type { ServiceView } from "@cse/client";
import { useTranslations } from "next-intl";
import { StateDot } from "@/components/Chip";
import { Unknown } from "@/components/Figures";
import { ErrorState } from "@/components/States";
import { Cell, Head, RowsRoom, Table } from "@/components/Table";
import { useFormat } from "@/providers/format";
import styles from "./Admin.module.css";
import { Incident } from "./Incident";
import { Queues } from "./Queues";
import { useOverview } from "./useDesk";

const COLUMNS = ["state", "lag", "errors", "cpu", "memory", "files", "restarts"] as const;
const MIB = 1 << 20;
/** From here on a figure is shown as one to look at. */
const LAG_WARN = 10_000;
const SATURATED_PERCENT = 80;

/** Every service with lag, errors and saturation, what waits, and what everybody is told. */
export function OverviewRoom({ setsIncidents }: { setsIncidents: boolean }) {
  const t = useTranslations("admin.overview");
  const format = useFormat();
  const overview = useOverview();
  if (overview.isError && !overview.data) {
    return <ErrorState title={t("failed")} error={overview.error} onRetry={() => void overview.refetch()} />;
  }
  return (
    <>
      <Incident sets={setsIncidents} />
      <section className={styles.section} aria-busy={overview.isPending}>
        <h2>{t("services")}</h2>
        <Table
          label={t("services")}
          still
          head={
            <>
              <Head>{t("name")}</Head>
              {COLUMNS.map((column) => (
                <Head key={column} end={column !== "state"}>
                  {t(column)}
                </Head>
              ))}
            </>
          }
        >
          {overview.data?.services.map((service) => <Service key={service.name} service={service} />) ?? (
            <RowsRoom columns={[{ key: "name" }, ...COLUMNS.map((key) => ({ key }))]} />
          )}
        </Table>
        <p className={styles.note}>
          {overview.data?.since && t("since", { at: format.dateTime(overview.data.since) })}
        </p>
      </section>
      <Queues queues={overview.data?.queues} />
    </>
  );
}

function Service({ service }: { service: ServiceView }) {
  const t = useTranslations("admin.overview");
  const format = useFormat();
  const good = service.state === "done" || (service.state === "ready" && service.ready !== false);
  const known = `states.${service.state.replace(" ", "_")}` as "states.ready";
  return (
    <tr>
      <Cell strong>
        <bdi dir="ltr">{service.name}</bdi>
      </Cell>
      <Cell>
        <StateDot tone={good ? "good" : service.state === "failed" ? "danger" : "warn"}>
          {service.waiting_for
            ? t("waitingFor", { what: service.waiting_for })
            : t.has(known)
              ? t(known)
              : service.state}
        </StateDot>
      </Cell>
      <Figure value={service.lag} warn={(lag) => lag > LAG_WARN} text={(lag) => format.count(lag)} />
      <Figure value={service.errors} warn={(errors) => errors > 0} text={(errors) => format.count(errors)} />
      <Figure value={service.cpu_percent} warn={isSaturated} text={(percent) => t("percent", { percent })} />
      <Figure
        value={service.memory_bytes}
        text={(bytes) => t("mib", { count: format.count(Math.round(bytes / MIB)) })}
      />
      <Figure
        value={service.open_files_percent}
        warn={isSaturated}
        text={(percent) => t("percent", { percent })}
      />
      <Figure
        value={service.restarts}
        warn={(restarts) => restarts > 0}
        text={(restarts) => format.count(restarts)}
      />
    </tr>
  );
}

function isSaturated(percent: number): boolean {
  return percent >= SATURATED_PERCENT;
}

function Figure({
  value,
  warn,
  text,
}: {
  value: number | null;
  warn?(value: number): boolean;
  text(value: number): string;
}) {
  return (
    <Cell end>
      {value === null ? (
        <Unknown />
      ) : (
        <span className="figure" data-warn={warn?.(value) || undefined}>
          {text(value)}
        </span>
      )}
    </Cell>
  );
}
