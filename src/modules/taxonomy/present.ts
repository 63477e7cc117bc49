import type { z } from 'zod'
import type { Taxonomy, Term } from './domain/taxonomy.ts'
import type { taxonomyResponse, taxonomySummaryResponse, termResponse } from './schemas.ts'

export function toTaxonomySummaryResponse(taxonomy: Taxonomy): z.input<typeof taxonomySummaryResponse> {
  const { terms, ...rest } = taxonomy
  return { ...rest, termCount: terms.length }
}

export function toTaxonomyResponse(taxonomy: Taxonomy): z.input<typeof taxonomyResponse> {
  return { ...taxonomy, terms: taxonomy.terms.map(toTermResponse) }
}

function toTermResponse(term: Term): z.input<typeof termResponse> {
  const { use, ...rest } = term
  return use === undefined ? rest : { ...rest, use: [...use] }
}
