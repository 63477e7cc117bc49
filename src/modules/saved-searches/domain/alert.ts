export const alertModes = ['instant', 'daily', 'off'] as const
export type AlertMode = (typeof alertModes)[number]

/** What became of a hit: told at once, beyond the cap of its day, waiting for the daily notification, or told in one. */
export const hitAlerts = ['none', 'instant', 'capped', 'waiting', 'digested'] as const
export type HitAlert = (typeof hitAlerts)[number]

/** A search that finds more a day is too wide to be told one by one; its list of hits has them all. */
export const MOST_INSTANT_ALERTS = 20

/** How a new hit is told. `toldToday` are the hits that the search told at once on this day in China. */
export function alertOf(mode: AlertMode, toldToday: number): HitAlert {
  if (mode === 'off') return 'none'
  if (mode === 'daily') return 'waiting'
  return toldToday < MOST_INSTANT_ALERTS ? 'instant' : 'capped'
}
