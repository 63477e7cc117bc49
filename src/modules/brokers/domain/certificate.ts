/** A certificate that the operator has seen; days in China, the last one included. */
export type Certificate = {
  /** Code of qualification-types. */
  type: string
  certificateNo: string
  issuer: string
  validFrom: string
  validTo?: string | undefined
}

export function isValidOn({ validFrom, validTo }: Certificate, day: string): boolean {
  return validFrom <= day && (validTo === undefined || day <= validTo)
}
