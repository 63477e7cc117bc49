/** The state of one right as its owner declares it. */
export type IpRight = {
  type: string
  number?: string | undefined
  legalState: 'pending' | 'granted' | 'lapsed' | 'rejected'
  expiresOn?: string | undefined
  encumbrances?: string[] | undefined
}

const licences = ['exclusive_licence', 'sole_licence', 'ordinary_licence', 'open_licence']
const allIpModes = ['assignment', ...licences]

/**
 * Cooperation modes that an encumbrance closes. An exclusive licence leaves nothing to license; a holder of an open
 * licence may not grant an exclusive or sole one (Patent Law art. 51, Implementing Regulations 2024); a pledge blocks
 * assignment and open licence without the pledgee's consent (Civil Code art. 444); a dispute blocks all of them.
 */
const blockedBy: Record<string, readonly string[]> = {
  pledge: ['assignment', 'open_licence'],
  exclusive_licence: allIpModes,
  open_licence: ['exclusive_licence', 'sole_licence'],
  dispute: allIpModes,
}

/** Modes that the intellectual property of a supply does not allow; none when it declares no rights. */
export function ipBlockedModes(rights: readonly IpRight[], today: string): string[] {
  const living = rights.filter((right) => !isDead(right, today))
  if (rights.length > 0 && living.length === 0) return allIpModes
  const blocked = new Set(
    living.flatMap(({ encumbrances = [] }) => encumbrances.flatMap((one) => blockedBy[one] ?? [])),
  )
  // An open licence needs a granted patent (Patent Law art. 50).
  if (rights.length > 0 && !living.some(({ legalState }) => legalState === 'granted')) blocked.add('open_licence')
  return allIpModes.filter((mode) => blocked.has(mode))
}

function isDead({ legalState, expiresOn }: IpRight, today: string): boolean {
  return legalState === 'lapsed' || legalState === 'rejected' || (expiresOn !== undefined && expiresOn < today)
}
