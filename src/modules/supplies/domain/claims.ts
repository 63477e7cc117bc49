export type Claims = {
  advantages: readonly { claim: string; comparison?: string | undefined; evidence?: string | undefined }[]
  trlEvidence: readonly string[]
}

/**
 * The claims with a figure that nothing proves: neither evidence of their own, nor evidence of the maturity, which stands for
 * the whole.
 */
export function unprovenClaims({ advantages, trlEvidence }: Claims): string[] {
  if (trlEvidence.length > 0) return []
  return advantages
    .filter(({ claim, comparison, evidence }) => /\d/.test(claim + (comparison ?? '')) && evidence === undefined)
    .map(({ claim }) => claim)
}
