"use client";

export default function Faucet() {
  return null;
}
