import { AppError, notFound } from '../../kernel/errors.ts'
import { isKnownCode, nearestCode } from './domain/lookup.ts'
import { taxonomies } from './domain/taxonomies.ts'
import type { Taxonomy, TaxonomyName } from './domain/taxonomy.ts'

/** A reference set, whole or only what lies directly below `parent`. @throws NOT_FOUND, VALIDATION_FAILED. */
export function readTaxonomy(name: string, parent?: string): Taxonomy {
  const taxonomy = taxonomies.get(name as TaxonomyName)
  if (taxonomy === undefined) throw notFound('taxonomy')
  if (parent === undefined) return taxonomy
  if (!isKnownCode(name as TaxonomyName, parent)) throw unknownParent(name as TaxonomyName, parent)
  return { ...taxonomy, terms: taxonomy.terms.filter((term) => term.parent === parent) }
}

function unknownParent(name: TaxonomyName, parent: string): AppError {
  const guess = nearestCode(name, parent)
  const message = `is not a code of "${name}"${guess === undefined ? '' : `; did you mean "${guess}"?`}`
  return new AppError('VALIDATION_FAILED', 'The request has invalid fields.', {
    errors: [{ location: 'query', pointer: '#/parent', code: 'unknown_code', message }],
  })
}
