import { useId } from "react";
import styles from "./Cover.module.css";
import { classes } from "./classes";
import { coverArt, hueOf, initialsOf } from "./coverArt";

export type CoverSize = 20 | 24 | 28 | 40 | 56 | 80 | 112 | 184 | 228;

/**
 * Art in a squircle: the cover a creator gave, or one made from the id. The name stands beside it on
 * the page, so it is decoration to a screen reader. `size` null fills what it is put into.
 */
export function Cover({
  id,
  name,
  src,
  size,
  person,
  eager,
  full,
  className,
}: {
  /** What the made cover comes from: an asset or an account. */
  id: string;
  name: string;
  src?: string | null;
  size: CoverSize | null;
  /** An account's: small and without initials. */
  person?: boolean;
  eager?: boolean;
  /** The page shows the large picture anyway: a small one need not be fetched as well. */
  full?: boolean;
  className?: string;
}) {
  const large = size === null || size >= 110;
  return (
    <span
      dir="ltr"
      className={classes(
        styles.cover,
        large ? styles.large : styles.small,
        size === null ? styles.fill : styles[`s${size}`],
        className,
      )}
      aria-hidden
    >
      {src ? (
        <img
          src={size !== null && size <= 56 && !full ? smallVariant(src) : src}
          alt=""
          width={size ?? 640}
          height={size ?? 640}
          loading={eager ? "eager" : "lazy"}
          decoding="async"
          draggable={false}
        />
      ) : size !== null && size < 40 && !person ? (
        <Tile id={id} name={name} />
      ) : (
        <MadeCover id={id} name={person || (size !== null && size < 40) ? "" : name} rough={large} />
      )}
    </span>
  );
}

/** Covers of the origin's own art come in 640 and 96 px. */
function smallVariant(src: string): string {
  return src.startsWith("/art/") ? src.replace(/\.webp$/, "-96.webp") : src;
}

/** Money is a sign on grey: art and colour belong to creators. */
const MONEY: Record<string, string> = { USDC: "$" };

function Tile({ id, name }: { id: string; name: string }) {
  const sign = MONEY[id];
  if (sign) {
    return (
      <svg viewBox="0 0 28 28" aria-hidden>
        <rect width="28" height="28" className={styles.money} />
        <text x="14" y="18.5" textAnchor="middle" className={styles.sign}>
          {sign}
        </text>
      </svg>
    );
  }
  const hue = hueOf(id);
  return (
    <svg viewBox="0 0 28 28" aria-hidden>
      <rect width="28" height="28" fill={`hsl(${hue} 42% 26%)`} />
      <text x="14" y="18" textAnchor="middle" className={styles.tile} fill={`hsl(${hue} 60% 88%)`}>
        {initialsOf(name || id)}
      </text>
    </svg>
  );
}

function MadeCover({ id, name, rough }: { id: string; name: string; rough: boolean }) {
  const art = coverArt(id);
  const key = useId();
  const { hue, seed } = art;
  const noise = (kind: string) => `url(#${kind}${key})`;
  return (
    <svg aria-hidden viewBox="0 0 400 400" preserveAspectRatio="xMidYMid slice">
      {rough && <Noise id={key} seed={seed} />}
      <rect width="400" height="400" fill={`hsl(${hue} 42% 22%)`} />
      <g filter={rough ? noise("cut") : undefined} transform={`rotate(${art.turn} 200 200)`}>
        <path d={art.back} fill={`hsl(${hue} 42% 34%)`} />
        <circle cx={art.disc.x} cy={art.disc.y} r={art.disc.r} fill={`hsl(${hue + 28} 52% 68%)`} />
        <path d={art.front} fill={`hsl(${hue} 46% 15%)`} />
      </g>
      <g fill="none" strokeLinecap="round" filter={rough ? noise("cut") : undefined}>
        {art.hairs.map((hair) => (
          <path
            key={hair.path}
            d={hair.path}
            stroke={hair.light ? `hsl(${hue + 14} 40% 56%)` : `hsl(${hue} 44% 48%)`}
            strokeWidth={hair.width}
            opacity={hair.opacity}
            pathLength={100}
            strokeDasharray={hair.dash}
            strokeDashoffset={hair.offset}
          />
        ))}
      </g>
      {rough && (
        <>
          <rect width="400" height="400" filter={noise("wash")} opacity="0.22" className={styles.soft} />
          <rect width="400" height="400" filter={noise("grain")} opacity="0.34" className={styles.overlay} />
        </>
      )}
      {name && (
        <text x="36" y="356" className={styles.initials}>
          {initialsOf(name)}
        </text>
      )}
    </svg>
  );
}

function Noise({ id, seed }: { id: string; seed: number }) {
  return (
    <defs>
      <filter id={`cut${id}`} x="-5%" y="-5%" width="110%" height="110%">
        <feTurbulence type="fractalNoise" baseFrequency="0.012" numOctaves="3" seed={seed} />
        <feDisplacementMap in="SourceGraphic" scale="6" />
      </filter>
      <filter id={`grain${id}`} x="0" y="0" width="100%" height="100%">
        <feTurbulence type="fractalNoise" baseFrequency="0.75" numOctaves="2" seed={seed} />
        <feColorMatrix values="0 0 0 0 .5  0 0 0 0 .5  0 0 0 0 .5  1.6 0 0 0 -.62" />
      </filter>
      <filter id={`wash${id}`} x="0" y="0" width="100%" height="100%">
        <feTurbulence type="fractalNoise" baseFrequency="0.006 0.011" numOctaves="4" seed={seed + 9} />
        <feColorMatrix values="0 0 0 0 1  0 0 0 0 1  0 0 0 0 1  2.2 0 0 0 -1.0" />
      </filter>
    </defs>
  );
}
