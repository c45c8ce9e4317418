/** How hard a password is to guess: 0 nothing or too short, 1 weak, 2 fair, 3 strong. */
export type Strength = 0 | 1 | 2 | 3;

const LENGTH_MIN = 10;

/** A rough measure for the eye; the exchange decides what it accepts. `known` is what others may know. */
export function strengthOf(password: string, known: readonly string[] = []): Strength {
  const characters = [...password];
  if (characters.length < LENGTH_MIN) return 0;
  const folded = password.toLowerCase();
  const given = known
    .flatMap((text) => text.toLowerCase().split(/[@.\s]+/))
    .filter((part) => part.length >= 4 && folded.includes(part));
  const distinct = new Set(characters).size;
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{L}\p{Nd}]/u].filter((kind) =>
    kind.test(password),
  ).length;
  const runs = characters.filter((character, index) => isRun(characters[index - 1], character)).length;
  const length = (characters.length - LENGTH_MIN) / 2;
  const worth = distinct + kinds * 2 + length - runs - given.join("").length;
  if (worth < 10) return 1;
  return worth < 16 ? 2 : 3;
}

/** The same character again, or the next one of the alphabet. */
function isRun(before: string | undefined, character: string): boolean {
  if (before === undefined) return false;
  const step = (character.codePointAt(0) ?? 0) - (before.codePointAt(0) ?? 0);
  return step === 0 || step === 1;
}
