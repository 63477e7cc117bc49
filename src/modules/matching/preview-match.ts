import type { Db } from '../../db/client.ts'
import { type Clock, chinaDay } from '../../kernel/clock.ts'
import { type Id, newId } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { demandKind } from '../demands/index.ts'
import type { Listing, ListingId } from '../listings/index.ts'
import { supplyKind } from '../supplies/index.ts'
import type { GateFailure } from './domain/gates/gate.ts'
import { checkGates } from './domain/gates.ts'
import { prepare } from './domain/prepare.ts'
import { rank } from './domain/rank.ts'
import type { Facts } from './domain/types.ts'
import { type Described, factsOfDemand, factsOfSupply } from './facts-of-listing.ts'
import { findCandidates } from './find-candidates.ts'
import type { PreviewMatch } from './preview-schemas.ts'
import { readTeasers, type Teaser } from './read-teasers.ts'
import { type Explained, explainPair, scoreHits } from './score-hits.ts'
import { activeTextModel } from './text-model-cache.ts'

/** One scored pair that nobody stores; a stored supply comes with its teaser. */
export type Preview = Explained & { gates: GateFailure[]; supply: Teaser | undefined }

const maxPreviews = 10

/** Scores two unsaved texts, or an unsaved demand against the market, as matching would. Writes nothing. */
export async function previewMatch(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  input: PreviewMatch,
): Promise<Preview[]> {
  const today = chinaDay(deps.clock.now())
  const demand = factsOfDemand(describe(demandKind, actor, input.demand))
  if (input.supply === undefined) return previewMarket(deps.db, demand, today)
  // Two texts of one author are still to be compared, so the second is nobody's.
  const owner = { ...actor, orgId: newId('organisation') }
  const supply = factsOfSupply(describe(supplyKind, owner, input.supply), today)
  return [await previewPair(deps.db, { demand, supply, today })]
}

async function previewMarket(db: Db, demand: Facts, today: string): Promise<Preview[]> {
  const { textModel } = await activeTextModel(db)
  const scored = await scoreHits(db, { facts: demand, textModel, today }, await findCandidates(db, demand))
  const best = rank(scored, { threshold: 0, limit: maxPreviews })
  const teasers = await readTeasers(
    db,
    best.map(({ id }) => id as ListingId),
  )
  const own = prepare(demand, textModel)
  return best.map(({ id, prepared }) => ({ ...explainPair(own, prepared), gates: [], supply: teasers.get(id) }))
}

type Pair = { demand: Facts; supply: Facts; today: string }

/** A pair that fails a gate is scored all the same: the author sees what the texts alone are worth. */
async function previewPair(db: Db, { demand, supply, today }: Pair): Promise<Preview> {
  const { textModel } = await activeTextModel(db)
  const gates = checkGates(demand, supply, today)
  const { score, explanation } = explainPair(prepare(demand, textModel), prepare(supply, textModel))
  const failed = [...explanation.slice(0, -1), `未通过的硬性条件有 ${gates.length} 项，因此不会被推荐。`]
  return { score, explanation: gates.length > 0 ? failed : explanation, gates, supply: undefined }
}

/** The unsaved fields as if they stood on the market today. */
function describe(definition: typeof demandKind, actor: Principal, fields: Record<string, unknown>): Described {
  const { title, text, summary, description, keywords, indicators, region, ...rest } = fields as Fields
  const { fields: codes = [], industries = [], strategicIndustries = [], ipc = [], cooperationModes = [] } = rest
  return {
    id: newId(definition.kind === 'supply' ? 'supply' : 'demand') as Id<'supply' | 'demand'>,
    orgId: actor.orgId,
    market: actor.market,
    content: {
      ...{ title, summary, region, industries, strategicIndustries, ipc, cooperationModes, fields: codes },
      description: [description, text].filter((part) => part !== undefined).join('\n') || undefined,
      keywords: keywords ?? [],
      indicators: indicators ?? [],
      language: 'zh',
    },
    details: rest,
    facets: definition.facetsOf(rest),
    state: 'published',
    trustCode: 'green',
  }
}

/** As parsed by previewMatchBody. */
type Fields = Partial<Listing['content']> & { title: string; text?: string } & Record<string, unknown>
