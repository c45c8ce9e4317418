"use client";

export default function Shortcuts() {
  return null;
}
