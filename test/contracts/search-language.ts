import { beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../src/kernel/ids.ts'
import type { SearchDocument, SearchEngine, SearchQuery } from '../../src/ports/search-engine.ts'
import { aDocument, aQuery } from './search-document.ts'

/** What the engines have to know of language, scope and the filters of owners; a part of the search engine contract. */
export function searchLanguageContract(name: string, make: () => Promise<SearchEngine>): void {
  describe(`search engine over ${name}: language and scope`, () => {
    let engine: SearchEngine

    beforeEach(async () => {
      engine = await make()
    })

    const put = async (...documents: Partial<SearchDocument>[]) => {
      const stored = documents.map(aDocument)
      await engine.upsert(stored)
      return stored.map(({ listingId }) => listingId)
    }
    const idsOf = async (changes: Partial<SearchQuery>) => {
      const { hits } = await engine.search(aQuery(changes))
      return hits.map(({ listingId }) => listingId)
    }

    describe('spelling', () => {
      it.each([
        ['機器視覺檢測', '机器视觉检测'],
        ['机器视觉检测', '機器視覺檢測'],
        ['鋁合金壓鑄', '铝合金压铸'],
      ])('finds %s by %s', async (title, q) => {
        const [id] = await put({ title }, { title: '海水淡化膜' })
        expect(await idsOf({ q })).toEqual([id])
        expect(await idsOf({ q: `"${q}"` })).toEqual([id])
      })

      it('marks traditional characters as they are written', async () => {
        await put({ title: '鋁合金壓鑄模具' })
        const { hits } = await engine.search(aQuery({ q: '压铸' }))
        expect(hits[0]?.highlights.title).toBe('鋁合金<em>壓鑄</em>模具')
      })

      it('forgives a slip in a Latin word', async () => {
        const [id] = await put({ title: 'Perovskite 太阳能组件' }, { title: '海水淡化膜' })
        expect(await idsOf({ q: 'perovskyte' })).toEqual([id])
        expect(await idsOf({ q: 'perovksite 组件' })).toEqual([id])
      })

      it('takes a Latin word as it is when somebody wrote it so', async () => {
        const [laser] = await put({ title: 'laser 焊接' }, { title: 'lager 酿造' })
        expect((await idsOf({ q: 'laser' }))[0]).toBe(laser)
      })
    })

    describe('synonyms', () => {
      it.each([
        ['锂电池回收', '锂离子电池回收'],
        ['增材制造钛合金', '3D打印 钛合金'],
        ['碳化硅外延', 'SiC外延'],
        ['SiC 功率模块', '碳化硅 功率模块'],
        ['机器视觉检测', 'machine vision'],
        ['基于 Machine Vision 的检测', '机器视觉'],
      ])('find %s by %s', async (title, q) => {
        const [id] = await put({ title }, { title: '海水淡化膜' })
        expect((await idsOf({ q }))[0]).toBe(id)
      })

      it('rank lower than the word itself', async () => {
        const [other, word] = await put({ title: '增材制造技术' }, { title: '三维打印技术' })
        expect(await idsOf({ q: '三维打印' })).toEqual([word, other])
      })

      it('are taken from the market, too', async () => {
        const [id] = await put({ title: '桥梁斜拉索检测' }, { title: '海水淡化膜' })
        expect(await idsOf({ q: '大力绳' })).toEqual([])
        expect(await idsOf({ q: '大力绳', synonyms: [['大力绳', '斜拉索']] })).toEqual([id])
      })

      it('do not stretch a phrase', async () => {
        await put({ title: '增材制造技术' })
        expect(await idsOf({ q: '"三维打印"' })).toEqual([])
      })

      it('keep exclusions', async () => {
        const [id] = await put({ title: '锂离子电池正极' }, { title: '锂离子电池隔膜' })
        expect(await idsOf({ q: '锂电池 -隔膜' })).toEqual([id])
      })
    })

    describe('exact names and numbers', () => {
      it('an organisation by its name comes before whoever names it', async () => {
        const [own] = await put(
          {
            title: '海水淡化膜',
            orgName: '东海大学',
            trustCode: 'yellow',
            publishedAt: new Date('2020-01-01T00:00:00Z'),
          },
          { title: '东海大学压铸成果', keywords: ['东海大学'], summary: '东海大学' },
          { title: '东海大学附属医院成果', orgName: '东海大学附属医院' },
        )
        expect((await idsOf({ q: '东海大学' }))[0]).toBe(own)
        expect(await idsOf({ q: '东海大学' })).toHaveLength(3)
      })

      it('a patent number comes before the words around it', async () => {
        const [, numbered] = await put({ title: '高真空压铸专利' }, { title: '海水淡化膜', body: 'ZL201710601862.3' })
        expect((await idsOf({ q: '压铸 201710601862.3' }))[0]).toBe(numbered)
        expect(await idsOf({ q: 'CN201710601862.3' })).toEqual([numbered])
      })
    })

    describe('the scope of strangers', () => {
      const secret = { title: '一号成果', body: '采用钙钛矿涂层,专利 ZL201710601862.3,用 perovskite 制备。' }

      it.each(['钙钛矿', '"钙钛矿涂层"', '201710601862.3', 'perovskite', 'perovskyte', '钙太矿涂层'])(
        'has no hit in the body for %s',
        async (q) => {
          const [id] = await put(secret)
          expect(await engine.search(aQuery({ q, scope: 'teaser' }))).toMatchObject({ hits: [], estimatedTotal: 0 })
          if (!/[y太]/.test(q)) expect(await idsOf({ q, scope: 'member' })).toEqual([id])
        },
      )

      it.each(['成果 -钙钛矿', '成果 -"钙钛矿涂层"', '-钙钛矿'])('learns nothing by the exclusion %s', async (q) => {
        const [id] = await put(secret)
        expect(await idsOf({ q, scope: 'teaser' })).toEqual([id])
        expect(await idsOf({ q, scope: 'member' })).toEqual([])
      })

      it('has the order of the public texts alone', async () => {
        const [first, second] = await put(
          { title: '压铸一号', publishedAt: new Date('2026-04-01T00:00:00Z') },
          { title: '压铸二号', body: '压铸'.repeat(50) },
        )
        expect(await idsOf({ q: '压铸', scope: 'teaser' })).toEqual([first, second])
      })

      it.each(['title', 'summary', 'orgName'] as const)('has the %s', async (field) => {
        const [id] = await put({ [field]: '超导磁体' }, {})
        expect(await idsOf({ q: '超导磁体', scope: 'teaser' })).toEqual([id])
      })

      it('has keywords, and finds a listing by its id', async () => {
        const [id = ''] = await put({ keywords: ['超导磁体'] }, {})
        expect(await idsOf({ q: '超导磁体', scope: 'teaser' })).toEqual([id])
        expect(await idsOf({ q: id, scope: 'teaser' })).toEqual([id])
      })
    })

    describe('filters of owner, trust, time and amount', () => {
      it('by qualification: one of them is enough', async () => {
        const [giant, gazelle] = await put(
          { qualifications: ['little_giant', 'technology_sme'] },
          { qualifications: ['gazelle'] },
          {},
        )
        expect(await idsOf({ qualifications: ['little_giant'] })).toEqual([giant])
        expect(new Set(await idsOf({ qualifications: ['little_giant', 'gazelle'] }))).toEqual(new Set([giant, gazelle]))
        expect(await idsOf({ qualifications: ['unicorn'] })).toEqual([])
      })

      it('by trust', async () => {
        const [yellow, green] = await put({ trustCode: 'yellow' }, {})
        expect(await idsOf({ trust: 'yellow' })).toEqual([yellow])
        expect(await idsOf({ trust: 'green' })).toEqual([green])
      })

      it('by the moment of publication, that moment included', async () => {
        const moment = new Date('2026-03-02T01:00:00.000Z')
        const [, exact, later] = await put(
          { publishedAt: new Date(moment.getTime() - 1) },
          { publishedAt: moment },
          { publishedAt: new Date(moment.getTime() + 1) },
        )
        expect(await idsOf({ publishedSince: moment })).toEqual([later, exact])
      })

      it('by amount: finance products alone, ranges overlap', async () => {
        const finance = { kind: 'finance_product' as const }
        const [small, open] = await put(
          { ...finance, listingId: newId('financeProduct'), priceMinFen: 100, priceMaxFen: 500 },
          { ...finance, listingId: newId('financeProduct'), priceMinFen: 400 },
          { ...finance, listingId: newId('financeProduct') },
          { priceMinFen: 100, priceMaxFen: 500 },
        )
        expect(new Set(await idsOf({ amountMinFen: 400, amountMaxFen: 500 }))).toEqual(new Set([small, open]))
        expect(await idsOf({ amountMaxFen: 300 })).toEqual([small])
        expect(await idsOf({ amountMinFen: 501 })).toEqual([open])
      })

      it('are counted in facets, which are exact while small', async () => {
        await put(
          { qualifications: ['little_giant', 'gazelle'] },
          { qualifications: ['gazelle'], trustCode: 'yellow' },
          {},
        )
        const { facets, hasApproximateFacets } = await engine.search(
          aQuery({ q: '压铸', trust: 'green', facets: ['qualification', 'trust'] }),
        )
        expect(facets).toEqual({ qualification: { little_giant: 1, gazelle: 1 }, trust: { green: 2 } })
        expect(hasApproximateFacets).toBe(false)
      })
    })

    describe('suggestions', () => {
      it.each(['yz', 'yazhu', 'Ya zhu', 'yazhum', 'yzmj', 'ｙｚ'])('complete pinyin: %s', async (typed) => {
        await put({ title: '一号成果', keywords: ['压铸模具'] }, { title: '海水淡化膜' })
        expect(await engine.suggest(typed, 5)).toEqual(['压铸模具'])
      })

      it('complete what mixes Latin letters and Chinese', async () => {
        await put({ title: '一号成果', keywords: ['MEMS传感器'] })
        for (const typed of ['mems', 'memscgq', 'memschuan'])
          expect(await engine.suggest(typed, 5)).toEqual(['MEMS传感器'])
      })

      it('put what is written so before what sounds so', async () => {
        await put(
          { title: '一号成果', keywords: ['压铸'] },
          { title: '二号成果', keywords: ['压铸'] },
          { title: 'YZ 系列泵' },
        )
        expect(await engine.suggest('yz', 5)).toEqual(['YZ 系列泵', '压铸'])
      })

      it('complete traditional characters', async () => {
        await put({ title: '一号成果', keywords: ['压铸模具'] })
        expect(await engine.suggest('壓鑄', 5)).toEqual(['压铸模具'])
      })

      it('forget what was removed', async () => {
        const [id = ''] = await put({ title: '一号成果', keywords: ['压铸模具'] })
        await engine.remove([id])
        expect(await engine.suggest('yazhu', 5)).toEqual([])
      })
    })

    describe('what the index holds', () => {
      it('is listed by pages with ids and versions', async () => {
        const ids = await put(...Array.from({ length: 5 }, (_, index) => ({ version: index + 1 })))
        const seen: { listingId: string; version: number }[] = []
        for (let after: string | undefined; seen.length < 10; ) {
          const page = await engine.listVersions({ limit: 2, ...(after !== undefined && { after }) })
          if (page.length === 0) break
          seen.push(...page)
          after = page.at(-1)?.listingId
        }
        expect(seen).toEqual(ids.map((listingId, index) => ({ listingId, version: index + 1 })))
      })

      it('is written again at the same version, because the owner may have changed', async () => {
        const document = aDocument()
        await engine.upsert([document])
        await engine.upsert([{ ...document, orgName: '新名研究院' }])
        expect(await idsOf({ q: '新名研究院' })).toEqual([document.listingId])
      })

      it('changes between pages without showing what was removed', async () => {
        const ids = await put(...Array.from({ length: 6 }, () => ({})))
        const first = await engine.search(aQuery({ q: '压铸', limit: 3 }))
        const shown = first.hits.map(({ listingId }) => listingId)
        const [gone = '', ...left] = ids.filter((id) => !shown.includes(id))
        await engine.remove([gone])
        const second = await engine.search(aQuery({ q: '压铸', limit: 3, ...(first.next && { after: first.next }) }))
        expect(new Set(second.hits.map(({ listingId }) => listingId))).toEqual(new Set(left))
      })
    })
  })
}
