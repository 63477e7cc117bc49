/** Marks a unit that stood in its title before. */
export const repeated = 0x8000

/** The code of a unit, whether it is marked or not. */
export function codeOf(unit: number): number {
  return unit & ~repeated
}

/**
 * The share of its weight that a unit adds where it stands: together 1 + ln n when it stands n times, and a little too much
 * for the few that come a third time.
 */
export function shareOf(unit: number): number {
  return unit < repeated ? 1 : Math.LN2
}
