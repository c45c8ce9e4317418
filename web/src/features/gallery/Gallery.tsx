"use client";

export function Gallery() {
  return null;
}
