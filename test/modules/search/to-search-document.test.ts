import { describe, expect, it } from 'vitest'
import { newId } from '../../../src/kernel/ids.ts'
import type { Listing } from '../../../src/modules/listings/index.ts'
import { toSearchDocument } from '../../../src/modules/search/to-search-document.ts'

const owner = { name: '甬江实验室', qualifications: ['little_giant'] }
const day = new Date('2026-03-02T01:00:00.000Z')

function aListing(details: Record<string, unknown>): Listing {
  return {
    id: newId('supply'),
    kind: 'supply',
    orgId: newId('organisation'),
    market: 'ningbo',
    state: 'published',
    content: {
      title: '高真空压铸',
      description: '壁厚 3.5 mm',
      ...{ fields: ['advanced-manufacturing'], industries: [], strategicIndustries: [], ipc: [], keywords: ['压铸'] },
      cooperationModes: [],
      indicators: [{ name: '抗拉强度', operator: '>=', value: 280, unit: 'MPa' }],
      language: 'zh',
      externalId: 'INTERNAL-7',
    },
    details,
    facets: { trlMin: 7, trlMax: 7 },
    trustCode: 'green',
    trustReasons: [],
    returnReasons: [],
    returnNote: '内部说明',
    publishedAt: day,
    version: 4,
    createdBy: newId('user'),
    createdAt: day,
    updatedAt: day,
  }
}

describe('toSearchDocument', () => {
  it('gathers member text: description, own fields however deep, patent numbers and indicators', () => {
    const { body } = toSearchDocument(
      aListing({
        problem: '气孔率高',
        advantages: [{ claim: '减重 15%', comparison: '优于铸铁' }],
        elements: { material: '铝合金' },
        ipRights: [{ type: 'invention', number: '201710601862.3', legalState: 'granted' }],
      }),
      owner,
      'green',
    )
    for (const text of [
      '壁厚 3.5 mm',
      '气孔率高',
      '减重 15%',
      '优于铸铁',
      '铝合金',
      '201710601862.3',
      '抗拉强度 280MPa',
    ]) {
      expect(body).toContain(text)
    }
  })

  it('takes no field that is not listed, and nothing of the owner alone', () => {
    const document = toSearchDocument(
      aListing({ attachments: [{ name: '底价.xlsx' }], royaltyTerms: '净销售额 3%', serviceHotline: '0574-0000' }),
      owner,
      'green',
    )
    expect(JSON.stringify(document)).not.toMatch(/底价|净销售额|0574|INTERNAL-7|内部说明/)
  })

  it('writes absent values as null', () => {
    expect(toSearchDocument(aListing({}), owner, 'yellow')).toMatchObject({
      ...{ summary: '', region: null, priceMinFen: null, deadline: null, trlMin: 7, trustCode: 'yellow', version: 4 },
    })
  })
})
