import type { ListingKindDefinition } from '../listings/index.ts'
import { unprovenClaims } from './domain/claims.ts'
import { ipBlockedModes } from './domain/ip-availability.ts'
import { type SupplyDetails, supplyShape } from './schemas.ts'

const read = (details: Record<string, unknown>) => details as SupplyDetails

function unproven(details: Record<string, unknown>): string[] {
  const { advantages = [], trlEvidence = [] } = read(details)
  return unprovenClaims({ advantages, trlEvidence })
}

/** Achievements and patents on offer (技术供给). */
export const supplyKind: ListingKindDefinition = {
  kind: 'supply',
  path: 'supplies',
  name: 'Supply',
  pluralName: 'Supplies',
  label: 'supply',
  owners: ['university', 'research_institute', 'enterprise', 'broker_firm', 'market_operator'],
  detailShape: supplyShape,
  teaserDetails: ['trl', 'pilotStatus', 'priceMode', 'priceMinFen', 'priceMaxFen', 'applications'],
  checkRules(details, issue) {
    const { priceMode, priceMinFen, priceMaxFen, ipRights = [] } = read(details)
    if (priceMinFen !== undefined && priceMaxFen !== undefined && priceMinFen > priceMaxFen) {
      issue('priceMaxFen', 'must not be below priceMinFen')
    }
    if (priceMode === 'fixed' && priceMinFen === undefined) issue('priceMinFen', 'a fixed price needs an amount')
    if (priceMode === 'range' && (priceMinFen === undefined || priceMaxFen === undefined)) {
      issue('priceMode', 'a range needs priceMinFen and priceMaxFen')
    }
    const numbers = ipRights.flatMap(({ number }) => (number === undefined ? [] : [number]))
    if (new Set(numbers).size < numbers.length) issue('ipRights', 'names the same number twice')
  },
  facetsOf(details) {
    const { trl, priceMode, priceMinFen, priceMaxFen } = read(details)
    const isFree = priceMode === 'free_licence'
    return { trlMin: trl, trlMax: trl, priceMinFen: isFree ? 0 : priceMinFen, priceMaxFen: isFree ? 0 : priceMaxFen }
  },
  trustFactsOf(details, today) {
    const { ipRights = [] } = read(details)
    return {
      ipRights,
      ipBlockedModes: ipBlockedModes(ipRights, today),
      hasClaimsWithoutEvidence: unproven(details).length > 0,
    }
  },
  unprovenClaims: unproven,
  indicatorTexts(details) {
    const { coreClaim, problemSolved, advantages = [] } = read(details)
    return [coreClaim, problemSolved, ...advantages.map(({ claim }) => claim)]
  },
  missingForPublication(content, details) {
    const { trl, priceMode } = read(details)
    const required = { description: content.description, cooperationModes: content.cooperationModes[0], trl, priceMode }
    return Object.entries(required).flatMap(([name, value]) => (value === undefined ? [name] : []))
  },
  example: {
    market: 'ningbo',
    title: '混合动力双电机壳体高真空压铸技术',
    summary: '面向 DHT 双电机壳体的压铸模具与冷却流道一体化设计，气密性与强度同时达标。',
    description: '采用高真空压铸与随形冷却流道，壳体壁厚 3.5 mm，气密性泄漏量 ≤ 5 mL/min，抗拉强度 ≥ 280 MPa。',
    fields: ['advanced-manufacturing'],
    industries: ['C36'],
    ipc: ['B22D17/22'],
    keywords: ['压铸', '电机壳体', '冷却流道'],
    region: '330206',
    cooperationModes: ['ordinary_licence', 'joint_development'],
    indicators: [{ name: '抗拉强度', operator: '>=', value: 280, unit: 'MPa' }],
    trl: 7,
    trlEvidence: ['台架试验报告'],
    priceMode: 'negotiable',
  },
}
