import type { ListingKindDefinition } from '../listings/index.ts'
import { demandClarity } from './demand-clarity.ts'
import { unclearElements } from './domain/clarity/clarity.ts'
import { elementFields } from './domain/clarity/element.ts'
import { type DemandDetails, demandShape } from './schemas.ts'

const read = (details: Record<string, unknown>) => details as DemandDetails

/** Technology needs of enterprises (技术需求). */
export const demandKind: ListingKindDefinition = {
  kind: 'demand',
  path: 'demands',
  name: 'Demand',
  pluralName: 'Demands',
  label: 'demand',
  owners: ['enterprise', 'research_institute', 'university', 'broker_firm', 'market_operator'],
  detailShape: demandShape,
  teaserDetails: ['trlMin', 'trlMax', 'deadline', 'budgetMinFen', 'budgetMaxFen', 'budgetKind', 'isCommonDemand'],
  checkRules(details, issue) {
    const { budgetMinFen, budgetMaxFen, trlMin, trlMax } = read(details)
    if (budgetMinFen !== undefined && budgetMaxFen !== undefined && budgetMinFen > budgetMaxFen) {
      issue('budgetMaxFen', 'must not be below budgetMinFen')
    }
    if (trlMin !== undefined && trlMax !== undefined && trlMin > trlMax) issue('trlMax', 'must not be below trlMin')
  },
  facetsOf(details) {
    const { trlMin, trlMax, budgetMinFen, budgetMaxFen, deadline } = read(details)
    return { trlMin, trlMax, priceMinFen: budgetMinFen, priceMaxFen: budgetMaxFen, deadline }
  },
  trustFactsOf: () => ({ ipRights: [], ipBlockedModes: [], hasClaimsWithoutEvidence: false }),
  /** Without current practice and failed attempts: their figures are what the demand wants to get away from. */
  indicatorTexts(details) {
    const { problem, scenario, constraints = [], elements = {} } = read(details)
    return [problem, scenario, ...constraints, elements.efficacy, elements.product, elements.material]
  },
  missingForPublication(content, details) {
    const { problem } = read(details)
    return problem === undefined && content.description === undefined ? ['problem'] : []
  },
  clarityOf(content, details) {
    const clarity = demandClarity({ content, details })
    return { score: clarity.score, unclear: unclearElements(clarity).map(({ element }) => elementFields[element]) }
  },
  example: {
    market: 'ningbo',
    title: '混合动力系统轻量化高气密壳体需求',
    summary: '寻求 DHT 双电机壳体的轻量化压铸方案。',
    description: '现有壳体重量偏大，冷却效果不足，希望在保证强度与气密性的前提下减重 15% 以上。',
    fields: ['advanced-manufacturing'],
    industries: ['C36'],
    keywords: ['压铸', '壳体', '轻量化'],
    region: '330206',
    cooperationModes: ['joint_development', 'ordinary_licence'],
    indicators: [{ name: '减重', operator: '>=', value: 15, unit: '%' }],
    problem: '双电机壳体压铸件气孔率高、冷却流道换热不足。',
    trlMin: 5,
    trlMax: 9,
    deadline: '2027-06-30',
    budgetMinFen: 50000000,
    budgetMaxFen: 200000000,
  },
}
