"use client";

import { useKeys } from "@/features/keys/useKeys";
import IncidentBanner from "./IncidentBanner";

/** What every page has that no first view needs: what operators tell everybody, and its keys. */
export default function Behind() {
  useKeys();
  return <IncidentBanner />;
}
