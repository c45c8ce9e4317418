/** What keeps a list of words from being the list of them all. */
type Whole<Word, Listed> = [Exclude<Word, Listed>] extends [never]
  ? unknown
  : { missing: Exclude<Word, Listed> };

/** All words of a type in an order: one that is missing, or is no word of it, does not compile. */
export function allOf<Word extends string>() {
  return <const List extends readonly Word[]>(words: List & Whole<Word, List[number]>): List => words;
}
