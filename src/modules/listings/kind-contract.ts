import { z } from 'zod'
import type { Db } from '../../db/client.ts'
import type { Reply } from '../../http/route.ts'
import { etagOf } from '../../kernel/etag.ts'
import { idSchema } from '../../kernel/ids.ts'
import type { Viewer } from '../../kernel/principal.ts'
import type { Vault } from '../../ports/vault.ts'
import { entityOfKind, type ListingId } from './domain/listing.ts'
import { exampleOf } from './examples.ts'
import type { ListingKindDefinition } from './kind.ts'
import { schemasOf } from './kind-schemas.ts'
import { toListingResponse } from './present.ts'
import { readListing } from './read-listing.ts'

/** What all routes of a kind have in common. */
export function contractOf(definition: ListingKindDefinition) {
  const { path, name, pluralName, label } = definition
  const params = z.object({ id: idSchema(entityOfKind[definition.kind]) as z.ZodType<ListingId, string> })
  const names = { url: `/v1/${path}`, tag: capitalised(path.replace('-', ' ')), name, pluralName, label }
  return { ...names, params, ...schemasOf(definition), ...exampleOf(definition) }
}

/** One listing as far as its viewer may see it; every tier is a representation with an ETag of its own. */
export async function answerListing(
  { viewer, ...deps }: { db: Db; vault: Vault; viewer: Viewer },
  definition: ListingKindDefinition,
  id: ListingId,
): Promise<Reply<Record<string, unknown>>> {
  const view = await readListing(deps, viewer, id)
  return { body: toListingResponse(definition, view), etag: etagOf(view.listing.version, view.disclosure) }
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
