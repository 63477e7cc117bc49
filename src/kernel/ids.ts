import { typeid } from 'typeid-js'
import { z } from 'zod'

/** Prefix of every entity's public id. Columns hold the bare UUIDv7; the prefix exists at the edge and in code. */
export const idPrefixes = {
  organisation: 'org',
  qualification: 'qua',
  user: 'usr',
  session: 'ses',
  apiKey: 'key',
  evidence: 'evd',
  market: 'mkt',
  supply: 'sup',
  demand: 'dem',
  financeProduct: 'fin',
  financeApplication: 'fap',
  policy: 'pol',
  policyRedemption: 'red',
  riskPool: 'rpl',
  poolJournal: 'rpj',
  guaranteeBatch: 'rpb',
  frameworkAgreement: 'fwa',
  savedSearch: 'svs',
  disclosureGrant: 'dgr',
  reading: 'rdg',
  match: 'mat',
  reviewItem: 'rev',
  deal: 'dea',
  introduction: 'int',
  enquiry: 'enq',
  quote: 'quo',
  introductionMessage: 'msg',
  introductionMeeting: 'mtg',
  notification: 'ntf',
  mailDelivery: 'mdl',
  storedMail: 'sml',
  auctionSeason: 'aus',
  auctionSession: 'ase',
  auction: 'auc',
  auctionRegistration: 'aur',
  auctionAward: 'awd',
  openLicence: 'opl',
  licenceAcceptance: 'lia',
  webhookEndpoint: 'whe',
  webhookDelivery: 'whd',
  import: 'imp',
  attachment: 'att',
  duplicateCandidate: 'dup',
  jointDemand: 'jnt',
  event: 'evt',
  audit: 'aud',
} as const

export type Entity = keyof typeof idPrefixes
/** A TypeID such as `dem_01j9…`; the brand keeps ids of different entities apart at compile time. */
export type Id<E extends Entity> = E extends Entity ? string & z.core.$brand<E> : never

/** A new id; UUIDv7 underneath, so ids sort by creation time. */
export function newId<E extends Entity>(entity: E): Id<E> {
  const prefix: string = idPrefixes[entity]
  return typeid(prefix).toString() as unknown as Id<E>
}

/** Zod schema of one entity's id: prefix, underscore, 26 characters of Crockford base32. */
export function idSchema<E extends Entity>(entity: E) {
  const prefix = idPrefixes[entity]
  return z
    .string()
    .regex(new RegExp(`^${prefix}_[0-7][0-9a-hjkmnp-tv-z]{25}$`), `must be an id that starts with "${prefix}_"`)
    .brand<E>() as unknown as z.ZodType<Id<E>, string>
}

const SUFFIX_LENGTH = 26
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
const DIGITS = new Map(Array.from(ALPHABET, (sign, value) => [sign.charCodeAt(0), value]))
const HEX = '0123456789abcdef'

/**
 * The UUID inside an id, as PostgreSQL stores it. Any 128 bits: an id that somebody made up is one of nothing, not an error,
 * so `toUUID()` of typeid-js will not do, which refuses what is no UUID of a known version, and takes 15 µs where this takes
 * 1: a row of an import has seven ids. @throws RangeError for what has not the form of an id.
 */
export function idToUuid(id: string): string {
  const start = id.length - SUFFIX_LENGTH
  let [hex, bits, known] = ['', 0, -2]
  for (let at = start; at < id.length; at += 1) {
    const digit = DIGITS.get(id.charCodeAt(at))
    if (digit === undefined || (at === start && digit > 7)) throw new RangeError(`${id} is no id`)
    bits = ((bits << 5) | digit) & 0x3ff
    known += 5
    for (; known >= 4; known -= 4) hex += HEX[(bits >>> (known - 4)) & 15]
  }
  if (start < 0 || hex.length !== 32) throw new RangeError(`${id} is no id`)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** The id of a UUID as PostgreSQL answers it; the other way of idToUuid, as quick and for the same reason. */
export function uuidToId<E extends Entity>(entity: E, uuid: string): Id<E> {
  const hex = uuid.replaceAll('-', '')
  if (!/^[0-9a-f]{32}$/.test(hex)) throw new RangeError(`${uuid} is no UUID`)
  let [suffix, bits, known] = ['', 0, 2]
  for (const sign of hex) {
    bits = ((bits << 4) | HEX.indexOf(sign)) & 0x3ff
    known += 4
    if (known < 5) continue
    known -= 5
    suffix += ALPHABET[(bits >>> known) & 31]
  }
  return `${idPrefixes[entity]}_${suffix}` as unknown as Id<E>
}
