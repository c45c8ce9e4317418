/**
 * Names of what was changed in this window and the exchange has not heard of.
 *
 * All windows of a browser note theirs in one place, so what is noted there is never overwritten: names that
 * were changed here are added, and only those are taken away that were sent from here.
 */
export class Unsent<Name extends string> {
  private readonly names: Set<Name>;
  private readonly heard = new Set<Name>();

  constructor(names: Iterable<Name> = []) {
    this.names = new Set(names);
  }

  get size(): number {
    return this.names.size;
  }

  has(name: Name): boolean {
    return this.names.has(name);
  }

  /** As they are now, to be gone through while some are taken away. */
  all(): Name[] {
    return [...this.names];
  }

  add(name: Name): void {
    this.names.add(name);
    this.heard.delete(name);
  }

  /** The exchange has heard of it, or is not to. */
  remove(name: Name): void {
    if (this.names.delete(name)) this.heard.add(name);
  }

  /** What is to be noted where another window may have noted `others` meanwhile. */
  beside(others: Iterable<Name>): Name[] {
    const noted = new Set(this.names);
    for (const name of others) if (!this.heard.has(name)) noted.add(name);
    this.heard.clear();
    return [...noted];
  }
}
