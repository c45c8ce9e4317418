"use client";

import { useEffect } from "react";
import { useKeys } from "@/features/keys/useKeys";
import { readyForOffline } from "@/providers/offline";
import IncidentBanner from "./IncidentBanner";

/** What every page has that no first view needs: what operators tell everybody, its keys, and the offline page. */
export default function Behind() {
  useKeys();
  useEffect(readyForOffline, []);
  return <IncidentBanner />;
}
