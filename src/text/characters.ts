import { foldText } from './fold.ts'

/** The Chinese characters of a text, in order and with repetitions. */
export function hanUnigrams(text: string): string[] {
  return foldText(text).match(/\p{Script=Han}/gu) ?? []
}
