import { entityOfKind } from './domain/listing.ts'
import type { ListingKindDefinition } from './kind.ts'

const sampleIds = {
  supply: 'sup_01k9w3ynwzf5yr8t6x2m4q7c0a',
  demand: 'dem_01k9w3ynwzf5yr8t6x2m4q7c0b',
  financeProduct: 'fin_01k9w3ynwzf5yr8t6x2m4q7c0c',
} as const

/** The kind's sample create body and the answer to it, for the OpenAPI document. */
export function exampleOf(definition: ListingKindDefinition) {
  const { confidentialDetail: _detail, contact: _contact, ...visible } = definition.example
  return {
    body: definition.example as Record<string, never>,
    example: {
      id: sampleIds[entityOfKind[definition.kind]],
      kind: definition.kind,
      organisation: { id: 'org_01k9w3ynwzf5yr8t6x2m4q7c0d', name: '示范机构', kind: definition.owners[0] },
      ...visible,
      state: 'published',
      trustCode: 'green',
      trustReasons: [],
      disclosure: 'member',
      version: 3,
      publishedAt: '2026-11-20T02:00:00.000Z',
      confirmedAt: '2026-11-20T02:00:00.000Z',
      createdAt: '2026-11-20T01:00:00.000Z',
      updatedAt: '2026-11-20T02:00:00.000Z',
    } as unknown as Record<string, never>,
  }
}

export const historyExample = {
  version: 2,
  action: 'submit',
  fromState: 'draft' as const,
  toState: 'submitted' as const,
  changedFields: [],
  reasons: [],
  by: 'owner' as const,
  at: '2026-11-20T01:30:00.000Z',
}
