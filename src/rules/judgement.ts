import { lastDay } from './facts.ts'
import type { Answer } from './rule.ts'

/** What a rule without rules below it says; the fields are those of Finding. */
export type Judgement = {
  answer: Answer
  holdsUntil: string
  missing: readonly string[]
  points?: readonly [number, number]
}

export function unknown(missing: readonly string[]): Judgement {
  return { answer: 'unknown', holdsUntil: lastDay, missing }
}

export function known(isTrue: boolean, { validTo = lastDay }: { validTo?: string }): Judgement {
  return { answer: isTrue ? 'yes' : 'no', holdsUntil: validTo, missing: [] }
}
