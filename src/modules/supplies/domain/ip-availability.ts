/** The state of one right as its owner declares it. */
export type IpRight = {
  type: string
  number?: string | undefined
  legalState: 'pending' | 'granted' | 'lapsed' | 'rejected'
  expiresOn?: string | undefined
  encumbrances?: string[] | undefined
}

/** A contribution as capital (equity) passes the right on like an assignment. */
const transfers = ['assignment', 'equity']
const licences = ['exclusive_licence', 'sole_licence', 'ordinary_licence', 'open_licence']
const ipModes = [...transfers, ...licences]
const patentTypes = ['invention', 'utility_model', 'design']

/**
 * Cooperation modes that an encumbrance closes. An exclusive licence leaves nothing to license, and a right that its owner
 * may not use is no technology to hand over; a holder of an open licence may not grant an exclusive or sole one (Patent
 * Law art. 51, Implementing Regulations 2024); a pledge blocks transfers and open licence without the pledgee's consent
 * (Civil Code art. 444); a dispute blocks all of them.
 */
const blockedBy: Record<string, readonly string[]> = {
  pledge: [...transfers, 'open_licence'],
  exclusive_licence: ipModes,
  open_licence: ['exclusive_licence', 'sole_licence'],
  dispute: ipModes,
}

/** Modes that the intellectual property of a supply does not allow; none when it declares no rights. */
export function ipBlockedModes(rights: readonly IpRight[], today: string): string[] {
  const living = rights.filter((right) => !isDead(right, today))
  if (rights.length > 0 && living.length === 0) return [...ipModes]
  const encumbrances = living.flatMap((right) => right.encumbrances ?? [])
  const blocked = new Set(encumbrances.flatMap((one) => blockedBy[one] ?? []))
  if (rights.length > 0 && !living.some(isGrantedPatent)) blocked.add('open_licence')
  return ipModes.filter((mode) => blocked.has(mode))
}

/** Only a granted patent can be licensed openly (Patent Law art. 50). */
function isGrantedPatent({ type, legalState }: IpRight): boolean {
  return legalState === 'granted' && patentTypes.includes(type)
}

function isDead({ legalState, expiresOn }: IpRight, today: string): boolean {
  return legalState === 'lapsed' || legalState === 'rejected' || (expiresOn !== undefined && expiresOn < today)
}
