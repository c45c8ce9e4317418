import { create } from "zustand";

interface Overlay {
  open: "palette" | "shortcuts" | null;
}

/** What is open over the page. */
export const useOverlay = create<Overlay>(() => ({ open: null }));

export const openPalette = () => useOverlay.setState({ open: "palette" });
export const openShortcuts = () => useOverlay.setState({ open: "shortcuts" });
export const closeOverlay = () => useOverlay.setState({ open: null });
