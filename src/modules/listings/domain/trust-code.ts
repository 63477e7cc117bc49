export const trustCodes = ['green', 'yellow', 'red'] as const
export type TrustCode = (typeof trustCodes)[number]

export const redReasons = ['past_valid_until', 'owner_suspended', 'ip_lapsed', 'ip_encumbered'] as const
const yellowReasons = [
  'not_reconfirmed',
  'ip_near_expiry',
  'owner_unverified',
  'claims_without_evidence',
  'deals_fell_through',
] as const
export const trustReasons = [...redReasons, ...yellowReasons] as const
export type TrustReason = (typeof trustReasons)[number]

/** Those of the reasons that make a listing red. */
export function redReasonsOf(reasons: readonly TrustReason[]) {
  return redReasons.filter((reason) => reasons.includes(reason))
}

export type IpState = { legalState: string; expiresOn?: string | undefined }

/** What became of the deals about a listing: how many were signed, and how many were dropped since the last of them. */
export type Track = { dealsSigned: number; droppedInARow: number }
export const noTrack: Track = { dealsSigned: 0, droppedInARow: 0 }

/** What the code is computed from. Days are YYYY-MM-DD in China. */
export type TrustFacts = {
  today: string
  validUntil?: string | undefined
  /** Day of publication or of the last renewal. */
  confirmedOn?: string | undefined
  ownerVerification: string
  ipRights: readonly IpState[]
  offeredModes: readonly string[]
  /** Modes that the state of the IP does not allow. */
  ipBlockedModes: readonly string[]
  hasClaimsWithoutEvidence: boolean
  track: Track
}

export type Trust = { code: TrustCode; reasons: TrustReason[] }

/** Owners are asked to confirm a listing every 90 days (DESIGN §6). */
export const reconfirmAfterDays = 90
export const nearExpiryDays = 180
/** One or two deals come to nothing for many reasons. */
const fallenDeals = 3

/**
 * The trust code, computed and explained, never typed in (DESIGN §6). Red: lapsed or encumbered IP against every offered
 * mode, suspended owner, past validUntil. Yellow: not re-confirmed for 90 days, IP within 180 days of expiry, unverified
 * owner, quantified claims without evidence, three deals in a row that came to nothing.
 */
export function trustOf(facts: TrustFacts): Trust {
  const reasons = trustReasons.filter((reason) => rules[reason](facts))
  return { code: redReasonsOf(reasons).length > 0 ? 'red' : reasons.length > 0 ? 'yellow' : 'green', reasons }
}

const rules: Record<TrustReason, (facts: TrustFacts) => boolean> = {
  past_valid_until: ({ validUntil, today }) => validUntil !== undefined && validUntil < today,
  owner_suspended: ({ ownerVerification }) => ownerVerification === 'suspended',
  ip_lapsed: ({ ipRights, today }) => ipRights.length > 0 && ipRights.every((right) => isLapsed(right, today)),
  ip_encumbered: ({ offeredModes, ipBlockedModes, ipRights, today }) =>
    offeredModes.length > 0 &&
    offeredModes.every((mode) => ipBlockedModes.includes(mode)) &&
    !ipRights.every((right) => isLapsed(right, today)),
  not_reconfirmed: ({ confirmedOn, today }) =>
    confirmedOn !== undefined && daysBetween(confirmedOn, today) > reconfirmAfterDays,
  ip_near_expiry: ({ ipRights, today }) =>
    ipRights.some((right) => !isLapsed(right, today) && daysBetween(today, right.expiresOn) <= nearExpiryDays),
  owner_unverified: ({ ownerVerification }) => ownerVerification !== 'verified' && ownerVerification !== 'suspended',
  claims_without_evidence: ({ hasClaimsWithoutEvidence }) => hasClaimsWithoutEvidence,
  deals_fell_through: ({ track }) => track.droppedInARow >= fallenDeals,
}

function isLapsed({ legalState, expiresOn }: IpState, today: string): boolean {
  return legalState === 'lapsed' || legalState === 'rejected' || (expiresOn !== undefined && expiresOn < today)
}

/** A day so many days later. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)
}

/** Infinity when the day is not known: what has no end is never near it. */
function daysBetween(from: string, to: string | undefined): number {
  return to === undefined ? Infinity : (Date.parse(to) - Date.parse(from)) / 86_400_000
}
