import { z } from 'zod'
import { defineSchema } from '../../http/schema-registry.ts'
import { AppError } from '../../kernel/errors.ts'
import { idSchema } from '../../kernel/ids.ts'
import { type Complete, type Confidential, entityOfKind, type Listing, type ListingContent } from './domain/listing.ts'
import type { ListingKindDefinition } from './kind.ts'
import { confidentialShape, listOf, readIndicatorSchema, sharedShape, stateShape } from './schemas.ts'

/** A create body taken apart into what is stored where. */
export type ListingInput = {
  market: string
  content: ListingContent
  details: Record<string, unknown>
  confidential: Confidential
}

type Fields = Record<string, unknown>
export type KindSchemas = {
  createBody: z.ZodObject
  patchBody: z.ZodObject
  response: z.ZodObject
}

const built = new Map<string, KindSchemas>()

/** The request and response schemas of a kind, built once from its shape. */
export function schemasOf(definition: ListingKindDefinition): KindSchemas {
  const known = built.get(definition.kind)
  if (known) return known
  const shape = { ...sharedShape, ...definition.detailShape, ...confidentialShape }
  // The home market is fixed: its operators have decided about the listing.
  const { market: _market, ...patchable } = shape
  const schemas = {
    createBody: defineSchema(`${definition.name}Create`, z.strictObject(shape).superRefine(rulesOf(definition))),
    patchBody: defineSchema(`${definition.name}Patch`, z.strictObject(patchShape(patchable))),
    response: defineSchema(definition.name, z.object(responseShape(definition, shape))),
  }
  built.set(definition.kind, schemas)
  return schemas
}

/** Takes a parsed create body apart. @throws what the kind's `assertSound` throws. */
export function toInput(definition: ListingKindDefinition, body: Fields): ListingInput {
  const { market, confidentialDetail, contact } = body as SharedBody
  const details = pick(body, Object.keys(definition.detailShape))
  definition.assertSound?.(details)
  return {
    market,
    content: contentOf(body as SharedBody),
    details,
    confidential: { detail: confidentialDetail, contact },
  }
}

/** What the create schema promises of every kind. */
type SharedBody = Pick<ListingContent, 'title' | 'fields'> &
  Partial<ListingContent> & { market: string; confidentialDetail?: string; contact?: Confidential['contact'] }

function contentOf(body: SharedBody): Complete<ListingContent> {
  return {
    title: body.title,
    summary: body.summary,
    description: body.description,
    fields: body.fields,
    industries: body.industries ?? [],
    strategicIndustries: body.strategicIndustries ?? [],
    ipc: body.ipc ?? [],
    keywords: body.keywords ?? [],
    region: body.region,
    cooperationModes: body.cooperationModes ?? [],
    indicators: body.indicators ?? [],
    language: body.language ?? 'zh',
    provenance: body.provenance,
    externalId: body.externalId,
    validUntil: body.validUntil,
  }
}

/**
 * The create body that a JSON merge patch (RFC 7396) on the stored listing amounts to, checked like a new one.
 * @throws VALIDATION_FAILED
 */
export function applyPatch(
  definition: ListingKindDefinition,
  { listing, confidential }: { listing: Listing; confidential: Confidential },
  patch: Fields,
): ListingInput {
  const { market, content, details } = listing
  const current = {
    market,
    ...content,
    ...details,
    confidentialDetail: confidential.detail,
    contact: confidential.contact,
  }
  return toInput(definition, parseBody(definition, mergePatch(current, patch)))
}

/** A create body that did not come through a route. @throws VALIDATION_FAILED */
export function parseBody(definition: ListingKindDefinition, body: unknown): Fields {
  const parsed = schemasOf(definition).createBody.safeParse(body)
  if (parsed.success) return parsed.data
  throw new AppError('VALIDATION_FAILED', 'The listing would break a rule; see "errors".', {
    errors: parsed.error.issues.map((issue) => ({
      location: 'body',
      pointer: `#/${issue.path.join('/')}`,
      code: issue.code,
      message: issue.message,
    })),
  })
}

/** RFC 7396: null removes a member, objects merge member by member, everything else replaces. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch
  const merged: Fields = isObject(target) ? { ...target } : {}
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete merged[name]
    else merged[name] = mergePatch(merged[name], value)
  }
  return merged
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function rulesOf(definition: ListingKindDefinition) {
  return (body: Fields, context: z.core.$RefinementCtx) => {
    definition.checkRules(body, (pointer, message) => {
      context.addIssue({ code: 'custom', path: pointer.split('/'), message, input: body })
    })
  }
}

/**
 * Every field may be left out; one that a listing can be without may be removed by null. Objects take patches themselves,
 * at any depth; what comes out is checked against the create body.
 */
function patchShape(shape: Record<string, z.ZodType>): Record<string, z.ZodType> {
  return Object.fromEntries(Object.entries(shape).map(([name, field]) => [name, patchField(field)]))
}

function patchField(field: z.ZodType): z.ZodType {
  const isRemovable = field instanceof z.ZodOptional
  const inner = isRemovable ? (field.unwrap() as z.ZodType) : field
  const patch = inner instanceof z.ZodObject ? z.strictObject(patchShape(inner.shape)) : inner
  return isRemovable ? patch.nullable().optional() : patch.optional()
}

function responseShape(definition: ListingKindDefinition, shape: Record<string, z.ZodType>): Record<string, z.ZodType> {
  const all = Object.entries({ ...shape, ...definition.listedWith })
  const optional = all.map(([name, field]) => [name, field.optional()])
  const { market, title } = sharedShape
  const read = definition.indicatorTexts ? { readIndicators: listOf(readIndicatorSchema, 50).optional() } : {}
  const fields = Object.fromEntries(optional)
  return { id: idSchema(entityOfKind[definition.kind]), ...fields, ...read, market, title, ...stateShape }
}

function pick(source: Fields, names: readonly string[]): Fields {
  const picked: Fields = {}
  for (const name of names) if (source[name] !== undefined) picked[name] = source[name]
  return picked
}
