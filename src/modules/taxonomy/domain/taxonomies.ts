import contractTypes from '../../../../seeds/reference/contract-types.json' with { type: 'json' }
import cooperationModes from '../../../../seeds/reference/cooperation-modes.json' with { type: 'json' }
import encumbrances from '../../../../seeds/reference/encumbrances.json' with { type: 'json' }
import fields from '../../../../seeds/reference/fields.json' with { type: 'json' }
import financeProductKinds from '../../../../seeds/reference/finance-product-kinds.json' with { type: 'json' }
import guaranteeForms from '../../../../seeds/reference/guarantee-forms.json' with { type: 'json' }
import industries from '../../../../seeds/reference/industries.json' with { type: 'json' }
import ipTypes from '../../../../seeds/reference/ip-types.json' with { type: 'json' }
import ipc from '../../../../seeds/reference/ipc.json' with { type: 'json' }
import organisationKinds from '../../../../seeds/reference/organisation-kinds.json' with { type: 'json' }
import priceModes from '../../../../seeds/reference/price-modes.json' with { type: 'json' }
import qualificationTypes from '../../../../seeds/reference/qualification-types.json' with { type: 'json' }
import reasonCodes from '../../../../seeds/reference/reason-codes.json' with { type: 'json' }
import regions from '../../../../seeds/reference/regions.json' with { type: 'json' }
import strategicIndustries from '../../../../seeds/reference/strategic-industries.json' with { type: 'json' }
import trl from '../../../../seeds/reference/trl.json' with { type: 'json' }
import type { Taxonomy, TaxonomyName } from './taxonomy.ts'

/** A record, so that a name without a file does not compile. */
const byName: Record<TaxonomyName, Taxonomy> = {
  fields,
  'strategic-industries': strategicIndustries,
  industries,
  ipc,
  regions,
  trl,
  'cooperation-modes': cooperationModes,
  'contract-types': contractTypes,
  'qualification-types': qualificationTypes,
  'reason-codes': reasonCodes,
  'price-modes': priceModes,
  'ip-types': ipTypes,
  encumbrances,
  'finance-product-kinds': financeProductKinds,
  'organisation-kinds': organisationKinds,
  'guarantee-forms': guaranteeForms,
}

/** Every reference set, read at build time: the process needs neither a file nor a table to know a code. */
export const taxonomies: ReadonlyMap<TaxonomyName, Taxonomy> = new Map(
  Object.entries(byName) as [TaxonomyName, Taxonomy][],
)
