import reference from '../../../../seeds/reference/nda-texts.json' with { type: 'json' }

/** A text that both sides may sign. What was signed stays as it is; a correction is a new version. */
export type NdaText = {
  version: string
  /** First and last day in China on which it may be signed. */
  from: string
  to?: string
  title: { zh: string; en: string }
  zh: string
  en: string
}

export const ndaTexts: readonly NdaText[] = reference.texts

export function findNdaText(version: string): NdaText | undefined {
  return ndaTexts.find((text) => text.version === version)
}

export function isInForce({ from, to }: Pick<NdaText, 'from' | 'to'>, day: string): boolean {
  return from <= day && (to === undefined || day <= to)
}

/** Both sides sign the same words: the second signs what the first has signed, even when there is a newer version. */
export function maySign(text: NdaText, day: string, signedByOther: string | undefined): boolean {
  return signedByOther === undefined ? isInForce(text, day) : text.version === signedByOther
}
