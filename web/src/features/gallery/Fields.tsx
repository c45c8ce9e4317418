"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Select } from "@/components/Choice";
import { NumberField, PasswordField, TextField } from "@/components/Field";
import { Slider } from "@/components/Slider";
import { Cell, Head, Table } from "@/components/Table";
import styles from "./Gallery.module.css";
import { Part } from "./Part";

export function Fields() {
  const t = useTranslations("gallery");
  const [price, setPrice] = useState("0.04206");
  const [percent, setPercent] = useState(62);
  const [term, setTerm] = useState("gtc");
  const steps = { less: t("less"), more: t("more") };
  return (
    <div className={styles.column}>
      <Part title={t("fields")} note="40 · 44 · 56">
        <NumberField
          label={t("price")}
          unit="USDC"
          value={price}
          onValue={setPrice}
          onStep={() => {}}
          stepLabels={steps}
        />
        <NumberField
          label={t("price")}
          unit="USDC"
          value="0.04700"
          onValue={() => {}}
          onStep={() => {}}
          stepLabels={steps}
          error={t("priceError")}
        />
        <NumberField label={t("stop")} unit="" value="" onValue={() => {}} disabled />
        <NumberField
          label={t("price")}
          unit="USDC"
          value={price}
          onValue={setPrice}
          onStep={() => {}}
          stepLabels={steps}
          layout="stacked"
        />
        <TextField label={t("email")} type="email" hint={t("emailHint")} />
        <PasswordField label={t("password")} showLabel={t("show")} hideLabel={t("hide")} />
        <Select
          label={t("term")}
          value={term}
          onValue={setTerm}
          options={[
            { value: "gtc", label: t("gtc") },
            { value: "ioc", label: t("ioc") },
          ]}
        />
        <Slider label={t("percent")} value={percent} onValue={setPercent} />
      </Part>
      <Part title={t("table")} note="40 · 32 · 22">
        <Table
          label={t("table")}
          head={
            <>
              <Head>{t("side")}</Head>
              <Head end sorted="descending" onSort={() => {}}>
                {t("price")}
              </Head>
              <Head end>{t("size")}</Head>
            </>
          }
        >
          <tr>
            <Cell>{t("buy")}</Cell>
            <Cell end strong>
              0.04174
            </Cell>
            <Cell end>12,000.0</Cell>
          </tr>
          <tr>
            <Cell>{t("sell")}</Cell>
            <Cell end strong>
              0.04236
            </Cell>
            <Cell end quiet>
              —
            </Cell>
          </tr>
        </Table>
      </Part>
    </div>
  );
}
