import { addDays } from '../../../kernel/clock.ts'

/** Days after the question on which a silent side is reminded, rising. */
export type ChaseRules = { chaseDays: readonly number[] }
export type Asked = { askedAt: Date; answerBy: Date; chases: number; chasedAt: Date | null }

export type ChaseStep = { step: 'wait' } | { step: 'chase'; chases: number } | { step: 'close' }

/**
 * What silence has earned by now. Reminders that fell due together, because nothing ran, become one; and nobody is closed
 * within a day of a reminder or before the last one, so that each can still be answered.
 */
export function nextChaseStep(asked: Asked, { chaseDays }: ChaseRules, now: Date): ChaseStep {
  const due = chaseDays.filter(
    (days) => addDays(asked.askedAt, days) <= now && addDays(asked.askedAt, days) < asked.answerBy,
  )
  if (due.length > asked.chases) return { step: 'chase', chases: due.length }
  const mayClose = asked.chasedAt === null || addDays(asked.chasedAt, 1) <= now
  return asked.answerBy <= now && mayClose ? { step: 'close' } : { step: 'wait' }
}
