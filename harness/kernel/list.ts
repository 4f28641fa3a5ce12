/** A list that holds at least one item, so that "evidence" can never be empty. */
export type NonEmpty<T> = readonly [T, ...T[]];

/** The same items as a `NonEmpty`, or `null` when there is none. */
export function nonEmpty<T>(items: readonly T[]): NonEmpty<T> | null {
  const [first, ...rest] = items;
  return first === undefined ? null : [first, ...rest];
}
