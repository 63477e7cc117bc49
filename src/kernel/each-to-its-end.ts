/**
 * Runs the work on each item, one after the other and whatever becomes of the others.
 *
 * @throws the first error, once all have had their turn.
 */
export async function eachToItsEnd<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const errors: unknown[] = []
  for (const item of items) await work(item).catch((error: unknown) => errors.push(error))
  if (errors.length > 0) throw errors[0]
}
