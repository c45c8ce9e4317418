/** The mark: four bars of a book, rising. */
export function Logo({ size = 24 }: { size?: 20 | 24 | 32 }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden>
      <rect width="24" height="24" rx="6" fill="var(--accent-fill)" />
      <rect x="6" y="12.5" width="3" height="5.5" rx="1" fill="#fff" />
      <rect x="10.5" y="9.5" width="3" height="8.5" rx="1" fill="#fff" />
      <rect x="15" y="6" width="3" height="12" rx="1" fill="#fff" />
    </svg>
  );
}
