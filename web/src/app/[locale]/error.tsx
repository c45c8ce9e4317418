"use client";

export { Broken as default } from "@/features/errors/Broken";
