import { create } from "zustand";

/** Whether the play-money dialog is open, and for which asset. */
export const useFaucet = create<{ open: boolean; asset: string | null }>(() => ({
  open: false,
  asset: null,
}));

export const openFaucet = (asset?: unknown) =>
  useFaucet.setState({ open: true, asset: typeof asset === "string" ? asset : null });
export const closeFaucet = () => useFaucet.setState({ open: false });
