import { foldText } from './fold.ts'

const HAN_RUN = /\p{Script=Han}+/gu

/** The Chinese characters of a text, in order and with repetitions. */
export function hanUnigrams(text: string): string[] {
  return hanRuns(text).flat()
}

/** Neighbouring Chinese characters; no pair reaches over a space, a sign or a Latin word. */
export function hanBigrams(text: string): string[] {
  return hanRuns(text).flatMap((run) => run.slice(1).map((character, index) => `${run[index]}${character}`))
}

function hanRuns(text: string): string[][] {
  return (foldText(text).match(HAN_RUN) ?? []).map((run) => [...run])
}
