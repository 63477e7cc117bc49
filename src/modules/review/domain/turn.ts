/** Grows with every change of the arithmetic below, so that a stored turn can be told from a new one. */
export const turnVersion = 'turn-1'

/** No item overtakes another that was opened this much earlier. */
export const maxHeadStartHours = 72

export type TurnFacts = {
  /** Calibrated probability that the match is approved, 0–1. */
  score: number
  /** What the deal may be worth, in fen; null when neither side has said. */
  valueFen: number | null
  /** Undecided items that the scarcer of the two listings has already. */
  undecided: number
}

/** Why an item stands where it does; all parts from 0 to 1. */
export type Worth = {
  version: string
  score: number
  value: number
  rarity: number
  worth: number
  headStartHours: number
}

/** What is assumed of a deal whose price nobody has named: about 400,000 yuan. */
const unknownValue = 0.4
const smallestFen = 1_000_000
/** From 10,000 yuan (0) to 100 million yuan (1), by powers of ten. */
const decades = 4

/**
 * Expected value of looking at the item now: probability × size of the deal × rarity. A listing's first item is rare, its
 * tenth is not. Size and rarity each take away at most half, so that a probable small deal still beats an improbable large
 * one.
 */
export function worthOf({ score, valueFen, undecided }: TurnFacts): Worth {
  const value = valueFen === null ? unknownValue : clamp(Math.log10(Math.max(valueFen, 1) / smallestFen) / decades)
  const rarity = 1 / (1 + undecided)
  const worth = score * (0.5 + 0.5 * value) * (0.5 + 0.5 * rarity)
  return { version: turnVersion, score, value, rarity, worth, headStartHours: maxHeadStartHours * worth }
}

/**
 * The instant by which the queue is ordered: an item of worth w stands as if it had been opened 72 × w hours earlier. Priority
 * that grows with age at one rate for all keeps the order of any two items for ever, so a stored instant says the same as a
 * priority computed anew at each claim, and an index can hold it. And nothing starves: an item that is opened 72 hours after
 * another never stands before it.
 */
export function turnOf(createdAt: Date, { headStartHours }: Pick<Worth, 'headStartHours'>): Date {
  return new Date(createdAt.getTime() - Math.round(headStartHours * 3_600_000))
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value))
}
