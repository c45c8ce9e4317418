"use client";

import { useTranslations } from "next-intl";
import { AllStates } from "./AllStates";
import { ButtonsAndChoices } from "./ButtonsAndChoices";
import { Fields } from "./Fields";
import styles from "./Gallery.module.css";
import { Notices } from "./Notices";
import { PicturesAndFigures } from "./PicturesAndFigures";

/** Every component in every state, to be looked at and pictured; not linked from anywhere. */
export function Gallery() {
  const t = useTranslations("gallery");
  return (
    <div className={styles.page}>
      <h1 className="quiet">{t("title")}</h1>
      <ButtonsAndChoices />
      <Fields />
      <Notices />
      <PicturesAndFigures />
      <AllStates />
    </div>
  );
}
