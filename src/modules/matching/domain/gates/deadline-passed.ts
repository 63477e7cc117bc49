import { clampDistance, type Gate } from './gate.ts'

const DAY_MS = 86_400_000

/** Neither side's last day is over. Distance 0 on the day after, 1 after a year. */
export const deadlinePassed: Gate = (demand, supply, today) => {
  if ((demand.deadline ?? today) >= today && (supply.deadline ?? today) >= today) return undefined
  const deadline = [demand.deadline, supply.deadline].filter((day) => day !== undefined).sort()[0]
  if (deadline === undefined) return undefined
  const days = Math.round((Date.parse(today) - Date.parse(deadline)) / DAY_MS)
  return { code: 'deadline_passed', distance: clampDistance((days - 1) / 365), detail: { deadline, days } }
}
