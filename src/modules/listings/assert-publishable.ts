import { AppError, type FieldError } from '../../kernel/errors.ts'
import type { Listing } from './domain/listing.ts'
import type { ListingKindDefinition } from './kind.ts'

/**
 * What is on the market, or on its way there, is complete and not past its last day.
 * @throws LISTING_INCOMPLETE with every field that stands in the way.
 */
export function assertPublishable(
  definition: ListingKindDefinition,
  { content, details }: Pick<Listing, 'content' | 'details'>,
  today: string,
): void {
  const missing = definition.missingForPublication(content, details)
  const errors = missing.map((field) => refusal(field, 'required_for_publication', 'is needed on the market'))
  if (content.validUntil !== undefined && content.validUntil < today) {
    errors.push(refusal('validUntil', 'past', 'is past; name a later day or none'))
  }
  if (errors.length === 0) return
  const fields = errors.map(({ pointer }) => pointer.slice(2)).join(', ')
  throw new AppError('LISTING_INCOMPLETE', `The market needs these fields to be complete: ${fields}.`, { errors })
}

function refusal(field: string, code: string, message: string): FieldError {
  return { location: 'body', pointer: `#/${field}`, code, message }
}

/**
 * A market may refuse what nobody could match.
 * @throws LISTING_INCOMPLETE with every field that would make the listing clearer.
 */
export function assertClear(
  definition: ListingKindDefinition,
  { content, details }: Pick<Listing, 'content' | 'details'>,
  minClarity: number,
): void {
  const clarity = definition.clarityOf?.(content, details)
  if (clarity === undefined || clarity.score >= minClarity) return
  const errors = clarity.unclear.map((field) => refusal(field, 'needed_for_clarity', 'would make the listing clearer'))
  const asked = `The market asks for a clarity of ${minClarity}, and this ${definition.label} has ${clarity.score}.`
  throw new AppError('LISTING_INCOMPLETE', `${asked} Say more about: ${clarity.unclear.join(', ')}.`, { errors })
}
