"use client";

export default function Palette() {
  return null;
}
