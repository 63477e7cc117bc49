import type { Decision } from './review-item.ts'

/** Who reads an item next: anybody, a second reader of the sample, or a senior broker. */
export const reviewStages = ['first', 'second', 'senior'] as const
export type ReviewStage = (typeof reviewStages)[number]

/** What a broker says about an item when done with it. */
export const readingAnswers = ['approve', 'reject', 'escalate'] as const
export type ReadingAnswer = (typeof readingAnswers)[number]

export type NextStep = { to: 'settled'; decision: Decision } | { to: Exclude<ReviewStage, 'first'> }

export type ReadingFacts = {
  stage: ReviewStage
  answer: ReadingAnswer
  /** What the first reader said; only asked for at the second stage. */
  firstAnswer?: ReadingAnswer | undefined
  /** Whether the item is in the sample and somebody else is there to read it. */
  isSampled: boolean
}

/**
 * What follows from an answer. A sampled item is read twice before the decision counts; two readers who agree settle it, two
 * who do not hand it to a senior, and so does an escalation. A senior's approval or rejection is final.
 */
export function nextStep({ stage, answer, firstAnswer, isSampled }: ReadingFacts): NextStep {
  if (answer === 'escalate') return { to: 'senior' }
  if (stage === 'senior') return { to: 'settled', decision: answer }
  if (stage === 'second') return answer === firstAnswer ? { to: 'settled', decision: answer } : { to: 'senior' }
  return isSampled ? { to: 'second' } : { to: 'settled', decision: answer }
}

/**
 * Whether an item belongs to the share that is read twice. By the hash of its id: nobody can choose, every process says the
 * same, and a larger share contains the smaller.
 */
export function isInSample(itemId: string, share: number): boolean {
  return hashOf(itemId) < share * 2 ** 32
}

/** FNV-1a with the last step of MurmurHash3, which spreads ids that differ in one character over all 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
