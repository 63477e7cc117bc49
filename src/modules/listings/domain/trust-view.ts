import {
  dayAfter,
  type IpState,
  nearExpiryDays,
  reconfirmAfterDays,
  type TrustCode,
  type TrustFacts,
  type TrustReason,
  trustOf,
} from './trust-code.ts'

/** What the owner can do about a reason; nothing where time or the operator decides. */
export const remedies = [
  'renew',
  'edit_ip_rights',
  'edit_modes',
  'add_evidence',
  'verify_organisation',
  'ask_operator',
] as const
export type Remedy = (typeof remedies)[number]

const remedyOf: Record<TrustReason, Remedy> = {
  past_valid_until: 'renew',
  owner_suspended: 'ask_operator',
  ip_lapsed: 'edit_ip_rights',
  ip_encumbered: 'edit_modes',
  not_reconfirmed: 'renew',
  ip_near_expiry: 'edit_ip_rights',
  owner_unverified: 'verify_organisation',
  claims_without_evidence: 'add_evidence',
  deals_fell_through: 'ask_operator',
}

export type TrustView = {
  code: TrustCode
  reasons: { reason: TrustReason; remedy: Remedy }[]
  /** What the calendar alone will change, the nearest first. */
  coming: { on: string; reason: TrustReason }[]
}

/** The trust code with what helps against each reason, and with the days on which it will change by itself. */
export function trustViewOf(facts: TrustFacts): TrustView {
  const { code, reasons } = trustOf(facts)
  return {
    code,
    reasons: reasons.map((reason) => ({ reason, remedy: remedyOf[reason] })),
    coming: comingDays(facts)
      .filter(({ on, reason }) => on > facts.today && !reasons.includes(reason))
      .sort((one, other) => (one.on < other.on ? -1 : one.on > other.on ? 1 : 0)),
  }
}

/** The first day of each reason that begins on a day. */
function comingDays({ validUntil, confirmedOn, ipRights }: TrustFacts): TrustView['coming'] {
  const ends = ipRights.flatMap(({ expiresOn }: IpState) => (expiresOn === undefined ? [] : [expiresOn])).sort()
  const [firstEnd] = ends
  const [lastEnd] = ends.slice(-1)
  const allEnd = ipRights.length > 0 && ends.length === ipRights.length
  return [
    ...(validUntil === undefined ? [] : [{ on: dayAfter(validUntil, 1), reason: 'past_valid_until' as const }]),
    ...(confirmedOn === undefined
      ? []
      : [{ on: dayAfter(confirmedOn, reconfirmAfterDays + 1), reason: 'not_reconfirmed' as const }]),
    ...(firstEnd === undefined ? [] : [{ on: dayAfter(firstEnd, -nearExpiryDays), reason: 'ip_near_expiry' as const }]),
    ...(allEnd && lastEnd !== undefined ? [{ on: dayAfter(lastEnd, 1), reason: 'ip_lapsed' as const }] : []),
  ]
}
