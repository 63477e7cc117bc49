import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../src/kernel/ids.ts'
import type { Keyset } from '../../src/kernel/page.ts'
import type { SearchDocument, SearchEngine, SearchQuery } from '../../src/ports/search-engine.ts'
import { aDocument, aQuery, publicationDay } from './search-document.ts'
import { searchLanguageContract } from './search-language.ts'

/** What business code may rely on, whatever keeps the index. `make` returns an engine with an empty index. */
export function searchEngineContract(name: string, make: () => Promise<SearchEngine>): void {
  searchLanguageContract(name, make)
  describe(`search engine over ${name}`, () => {
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
    /** Titles of the hits in their order. */
    const titles = async (q: string, changes: Partial<SearchQuery> = {}) => {
      const { hits } = await engine.search(aQuery({ q, ...changes }))
      return hits.map(({ highlights }) => highlights.title.replace(/<\/?em>/g, ''))
    }

    describe('words', () => {
      it('finds a word inside a Chinese sentence', async () => {
        await put({ title: '高真空压铸模具设计' }, { title: '海水淡化膜' })
        expect(await titles('压铸')).toEqual(['高真空压铸模具设计'])
      })

      it('finds a short word inside a longer one, and the longer one by its parts', async () => {
        await put({ title: '磷酸铁锂电池正极' }, { title: '铝电解槽' })
        expect(await titles('电池')).toEqual(['磷酸铁锂电池正极'])
        expect(await titles('锂电池 正极')).toEqual(['磷酸铁锂电池正极'])
      })

      it('wants all words of a query when a document has them all', async () => {
        await put({ title: '铝合金压铸' }, { title: '铝合金焊接' }, { title: '镁合金压铸' })
        expect(await titles('铝合金 压铸')).toEqual(['铝合金压铸'])
      })

      it('is content with some of the words when no document has all', async () => {
        await put({ title: '铝合金焊接' }, { title: '海水淡化膜' })
        expect(await titles('铝合金 量子通信')).toEqual(['铝合金焊接'])
      })

      it('finds texts that mix Chinese and English, whatever the case and width', async () => {
        await put({ title: '基于 AI 的 MEMS 传感器标定' })
        expect(await titles('mems传感器')).toEqual(['基于 AI 的 MEMS 传感器标定'])
        expect(await titles('ＡＩ')).toEqual(['基于 AI 的 MEMS 传感器标定'])
      })

      it('finds the words that hold a single character', async () => {
        await put({ title: '铝合金压铸' }, { title: '海水淡化膜' })
        expect(await titles('铝')).toEqual(['铝合金压铸'])
      })

      it.each(['summary', 'body', 'orgName'] as const)('searches the %s, too', async (field) => {
        const [id] = await put({ [field]: '超导磁体' }, {})
        expect(await idsOf({ q: '超导磁体' })).toEqual([id])
      })

      it('searches the keywords, too', async () => {
        const [id] = await put({ keywords: ['超导磁体'] }, {})
        expect(await idsOf({ q: '超导磁体' })).toEqual([id])
      })

      it('finds a patent number with and without its prefix and signs', async () => {
        const [id] = await put({ body: '已授权专利 ZL201710601862.3。' }, { body: '专利 ZL201710601863.8。' })
        expect(await idsOf({ q: '201710601862.3' })).toEqual([id])
        expect(await idsOf({ q: 'ZL 201710601862.3' })).toEqual([id])
        expect(await idsOf({ q: '2017106018623' })).toEqual([id])
        expect(await idsOf({ q: '201710601862' })).toEqual([id])
      })

      it('finds a listing by its id', async () => {
        const [id = ''] = await put({}, {})
        expect(await idsOf({ q: id })).toEqual([id])
      })

      it('finds a misspelt title when nothing else fits', async () => {
        await put({ title: '钙钛矿太阳能组件' }, { title: '海水淡化膜' })
        expect(await titles('钙太矿太阳能组件')).toEqual(['钙钛矿太阳能组件'])
      })

      it('finds nothing for a word that nobody used', async () => {
        await put({})
        expect(await engine.search(aQuery({ q: 'xyzzy' }))).toMatchObject({ hits: [], estimatedTotal: 0 })
      })
    })

    describe('operators', () => {
      it('takes a quoted phrase literally', async () => {
        await put({ title: '压铸模具冷却' }, { title: '模具的压铸工艺' })
        expect(await titles('"压铸模具"')).toEqual(['压铸模具冷却'])
        expect(await titles('“压铸模具”')).toEqual(['压铸模具冷却'])
      })

      it('looks for a phrase in the body, too, and not across texts', async () => {
        const [id] = await put({ body: '采用随形冷却流道。' }, { title: '随形', summary: '冷却流道' })
        expect(await idsOf({ q: '"随形冷却"' })).toEqual([id])
      })

      it('leaves out what is excluded', async () => {
        await put({ title: '铝合金压铸' }, { title: '镁合金压铸' })
        expect(await titles('压铸 -镁合金')).toEqual(['铝合金压铸'])
        expect(await titles('压铸 -"镁合金"')).toEqual(['铝合金压铸'])
        expect(await titles('-镁合金')).toEqual(['铝合金压铸'])
      })

      it('reads a hyphen inside a word as a part of it', async () => {
        await put({ title: 'COVID-19 抗体检测' })
        expect(await titles('covid-19')).toEqual(['COVID-19 抗体检测'])
      })
    })

    describe('filters', () => {
      it('by kind', async () => {
        const [supply] = await put({}, { listingId: newId('demand'), kind: 'demand' })
        expect(await idsOf({ kinds: ['supply'] })).toEqual([supply])
        expect(await idsOf({ kinds: ['supply', 'demand'] })).toHaveLength(2)
      })

      it('by market, none of them included', async () => {
        const [id] = await put({ market: 'jiangsu' }, { market: 'ganxian' })
        expect(await idsOf({ markets: ['jiangsu', 'ningbo'] })).toEqual([id])
        expect(await idsOf({ markets: [] })).toEqual([])
      })

      it('by field and by industry with its branches', async () => {
        const [id] = await put({ fields: ['new-materials'], industries: ['C36'] }, { industries: ['D44'] })
        expect(await idsOf({ field: 'new-materials' })).toEqual([id])
        expect(await idsOf({ industry: 'C36' })).toEqual([id])
        expect(await idsOf({ industry: 'C' })).toEqual([id])
      })

      it('by the beginning of an IPC symbol and of a region', async () => {
        const [id] = await put({ ipc: ['H01M10/0525'], region: '330206' }, { ipc: ['H01L31/00'], region: '320100' })
        expect(await idsOf({ ipc: 'H01M' })).toEqual([id])
        expect(await idsOf({ ipc: 'H01M10/0525' })).toEqual([id])
        expect(await idsOf({ region: '33' })).toEqual([id])
        expect(await idsOf({ region: '330206' })).toEqual([id])
      })

      it('takes the signs of a pattern in a filter literally', async () => {
        await put({ region: '330206', ipc: ['H01M10/0525'] })
        expect(await idsOf({ region: '%' })).toEqual([])
        expect(await idsOf({ ipc: '_01M' })).toEqual([])
      })

      it('by cooperation mode', async () => {
        const [id] = await put({ cooperationModes: ['assignment'] }, { cooperationModes: ['joint_development'] })
        expect(await idsOf({ mode: 'assignment' })).toEqual([id])
      })

      it('by maturity: ranges overlap, and what has none is in no range', async () => {
        const [seven, range] = await put({ trlMin: 7, trlMax: 7 }, { trlMin: 4, trlMax: 6 }, {})
        expect(new Set(await idsOf({ trlMin: 6 }))).toEqual(new Set([seven, range]))
        expect(await idsOf({ trlMin: 7 })).toEqual([seven])
        expect(await idsOf({ trlMax: 4 })).toEqual([range])
        expect(await idsOf({ trlMin: 8 })).toEqual([])
      })

      it('by price: ranges overlap, an open end has no limit, and what has no price is in no range', async () => {
        const [range, from] = await put({ priceMinFen: 100, priceMaxFen: 200 }, { priceMinFen: 500 }, {})
        expect(await idsOf({ priceMaxFen: 100 })).toEqual([range])
        expect(await idsOf({ priceMinFen: 201 })).toEqual([from])
        expect(await idsOf({ priceMinFen: 150, priceMaxFen: 499 })).toEqual([range])
        expect(await idsOf({ priceMaxFen: 0 })).toEqual([])
      })

      it('joins text and filters', async () => {
        const [id] = await put({ market: 'jiangsu' }, { market: 'ganxian' }, { title: '海水淡化膜', market: 'jiangsu' })
        expect(await idsOf({ q: '压铸', markets: ['jiangsu'] })).toEqual([id])
      })
    })

    describe('facets', () => {
      it('count the values of the hits, and only those that were asked for', async () => {
        await put(
          { market: 'jiangsu', trlMin: 4, trlMax: 5, cooperationModes: ['assignment'], region: '330206' },
          { trustCode: 'yellow', industries: ['C36'], region: '330203', trlMin: 5, trlMax: 5 },
          { title: '海水淡化膜' },
        )
        const { facets } = await engine.search(
          aQuery({ q: '压铸', facets: ['kind', 'market', 'field', 'industry', 'region', 'mode', 'trl', 'trust'] }),
        )
        expect(facets).toEqual({
          kind: { supply: 2 },
          market: { jiangsu: 1, ningbo: 1 },
          field: { 'advanced-manufacturing': 2 },
          industry: { C36: 1 },
          region: { 3302: 2 },
          mode: { assignment: 1 },
          trl: { 4: 1, 5: 2 },
          trust: { green: 1, yellow: 1 },
        })
        expect((await engine.search(aQuery({ q: '压铸', facets: ['kind'] }))).facets).toEqual({ kind: { supply: 2 } })
      })

      it('count all hits, not those of the page', async () => {
        await put({}, {}, {})
        const { facets, hits, estimatedTotal } = await engine.search(aQuery({ facets: ['kind'], limit: 1 }))
        expect(facets).toEqual({ kind: { supply: 3 } })
        expect(hits).toHaveLength(1)
        expect(estimatedTotal).toBe(3)
      })
    })

    describe('order', () => {
      it('of relevance puts the title before keywords, summary and body', async () => {
        const [body, summary, keywords, title] = await put(
          { title: '一号成果', body: '石墨烯' },
          { title: '二号成果', summary: '石墨烯' },
          { title: '三号成果', keywords: ['石墨烯'] },
          { title: '石墨烯' },
        )
        expect(await idsOf({ q: '石墨烯' })).toEqual([title, keywords, summary, body])
      })

      it('of relevance puts green before yellow and new before old', async () => {
        const [old, yellow, green] = await put(
          { publishedAt: new Date('2024-03-02T01:00:00.000Z') },
          { trustCode: 'yellow', publishedAt: new Date('2024-03-02T01:00:00.000Z') },
          {},
        )
        expect(await idsOf({ q: '压铸' })).toEqual([green, old, yellow])
      })

      it('of relevance gives scores from 0 to 1, the best first', async () => {
        await put({ title: '压铸' }, { title: '压铸模具', summary: '压铸' }, { title: '模具', body: '压铸' })
        const { hits } = await engine.search(aQuery({ q: '压铸' }))
        const scores = hits.map(({ score }) => score)
        expect(scores).toEqual([...scores].sort((a, b) => b - a))
        for (const score of scores) expect(score).toSatisfy((value: number) => value > 0 && value <= 1)
      })

      it('of relevance without text is the newest first', async () => {
        const [old, recent] = await put(
          { publishedAt: publicationDay },
          { publishedAt: new Date('2026-04-01T00:00:00Z') },
        )
        expect(await idsOf({})).toEqual([recent, old])
      })

      it.each([undefined, '压铸'])('newest first, with text %s', async (q) => {
        const [old, recent] = await put(
          { publishedAt: publicationDay },
          { publishedAt: new Date('2026-04-01T00:00:00Z') },
        )
        expect(await idsOf({ sort: 'newest', q })).toEqual([recent, old])
      })

      it.each([undefined, '压铸'])('lowest price first, no price last, with text %s', async (q) => {
        const [none, high, low] = await put({}, { priceMinFen: 900 }, { priceMinFen: 100, priceMaxFen: 5_000 })
        expect(await idsOf({ sort: 'price', q })).toEqual([low, high, none])
      })

      it.each([undefined, '压铸'])('soonest deadline first, no deadline last, with text %s', async (q) => {
        const [none, late, soon] = await put({}, { deadline: '2027-06-30' }, { deadline: '2026-12-31' })
        expect(await idsOf({ sort: 'deadline', q })).toEqual([soon, late, none])
      })
    })

    describe('pages', () => {
      const walk = async (query: Partial<SearchQuery>, between = async () => {}) => {
        const seen: string[] = []
        let after: Keyset | undefined
        do {
          const result = await engine.search(aQuery({ limit: 3, ...query, after }))
          seen.push(...result.hits.map(({ listingId }) => listingId))
          after = result.next
          await between()
        } while (after !== undefined)
        return seen
      }

      it.each([
        ['relevance', { q: '压铸' }],
        ['relevance of some words', { q: '压铸 量子通信' }],
        ['relevance of similar names', { q: '高直空压铸枝术' }],
        ['relevance without text', {}],
        ['newest', { sort: 'newest' as const }],
        ['price', { sort: 'price' as const, q: '压铸' }],
        ['deadline', { sort: 'deadline' as const }],
      ])('by %s show each document once, equal ones included', async (_, query) => {
        const ids = await put(...Array.from({ length: 10 }, () => ({})))
        const seen = await walk(query)
        expect(seen).toHaveLength(10)
        expect(new Set(seen)).toEqual(new Set(ids))
      })

      it.each([{ q: '压铸' }, { sort: 'price' as const }])(
        'show each once while documents are inserted: %o',
        async (query) => {
          const ids = await put(
            ...Array.from({ length: 10 }, (_, index) => ({ priceMinFen: index % 4, summary: index % 2 ? '压铸' : '' })),
          )
          const seen = await walk(query, async () => {
            await put({ title: '压铸压铸', priceMinFen: 1 })
          })
          expect(seen.filter((id, index) => seen.indexOf(id) !== index)).toEqual([])
          expect(seen).toEqual(expect.arrayContaining(ids))
        },
      )

      it('end without a next one, also when the last is full', async () => {
        await put({}, {})
        expect((await engine.search(aQuery({ limit: 2 }))).next).toBeUndefined()
        expect((await engine.search(aQuery({ limit: 1 }))).next).toBeDefined()
      })

      it('refuse a position that another engine wrote', async () => {
        await put({})
        await expect(engine.search(aQuery({ after: ['other', '1'] }))).rejects.toMatchObject({ code: 'CURSOR_INVALID' })
      })
    })

    describe('writing', () => {
      it('replaces a document by its next version', async () => {
        const document = aDocument()
        await engine.upsert([document])
        await engine.upsert([{ ...document, version: 2, title: '海水淡化膜' }])
        expect(await titles('淡化')).toEqual(['海水淡化膜'])
        expect(await titles('压铸')).toEqual([])
      })

      it('skips a version older than the stored one, in the same call too', async () => {
        const document = aDocument({ version: 3 })
        await engine.upsert([document, { ...document, version: 2, title: '海水淡化膜' }])
        await engine.upsert([{ ...document, version: 2, title: '海水淡化膜' }])
        expect(await titles('')).toEqual([document.title])
      })

      it('takes many documents and none', async () => {
        await engine.upsert([])
        await put(...Array.from({ length: 450 }, () => ({})))
        expect((await engine.search(aQuery())).estimatedTotal).toBe(450)
      })

      it('removes documents; removing what is not there is no error', async () => {
        const [first = '', second = ''] = await put({}, {})
        await engine.remove([first, newId('supply')])
        await engine.remove([first])
        await engine.remove([])
        expect(await idsOf({})).toEqual([second])
      })

      it('takes a removed document again, whatever its version', async () => {
        const document = aDocument({ version: 5 })
        await engine.upsert([document])
        await engine.remove([document.listingId])
        await engine.upsert([{ ...document, version: 2 }])
        expect(await idsOf({ q: '压铸' })).toEqual([document.listingId])
      })

      it('stores texts with any characters', async () => {
        const odd = `压铸 \u0000\u0001 😀 '"\\ <b> \ud800 \u202e é`
        await put({ title: odd, summary: odd, body: odd, keywords: [odd], orgName: odd })
        expect(await titles('压铸')).toHaveLength(1)
      })
    })

    describe('highlights', () => {
      const highlightsOf = async (document: Partial<SearchDocument>, q: string) => {
        await put(document)
        return (await engine.search(aQuery({ q }))).hits[0]?.highlights
      }

      it('mark the words of the query in title and summary', async () => {
        expect(await highlightsOf({ title: '高真空压铸技术', summary: '压铸模具' }, '压铸')).toEqual({
          title: '高真空<em>压铸</em>技术',
          summary: '<em>压铸</em>模具',
        })
      })

      it('mark what is written in another case or width as it is written', async () => {
        expect((await highlightsOf({ title: '基于ＡＩ的检测' }, 'ai'))?.title).toBe('基于<em>ＡＩ</em>的检测')
      })

      it('do not mark a Latin word inside another', async () => {
        expect((await highlightsOf({ title: 'AI 与 AIM 标定' }, 'ai'))?.title).toBe('<em>AI</em> 与 AIM 标定')
      })

      it('escape everything that could be markup', async () => {
        const title = `<script>alert("x")</script> 压铸 & '`
        expect((await highlightsOf({ title }, '压铸'))?.title).toBe(
          '&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; <em>压铸</em> &amp; &#39;',
        )
      })

      it('never show the body', async () => {
        await put({ body: '机密工艺参数' })
        const result = await engine.search(aQuery({ q: '工艺参数' }))
        expect(result.hits).toHaveLength(1)
        expect(JSON.stringify(result)).not.toContain('工艺')
      })
    })

    describe('odd input', () => {
      const odd = {
        empty: '',
        blanks: ' 　\t\n ',
        'ten thousand characters': '压铸模具'.repeat(2_500),
        'ten thousand different characters': String.fromCodePoint(
          ...Array.from({ length: 10_000 }, (_, i) => 0x4e00 + i),
        ),
        'operators only': '- " & | ! ( ) : * < > ~ + -"" --',
        'an unbalanced quote': '"压铸',
        'an unbalanced exclusion': '-"压铸',
        emoji: '😀👨‍👩‍👧‍👦🇨🇳',
        'control characters': '\u0000\u0001\u0007\u001b压\u0000铸',
        'half a surrogate pair': '\ud83d',
        'a query language': `'a':* & 'b' | !'c' <-> 'd' \\`,
        'a pattern': '%_\\',
        'a right-to-left mark': '\u202e压铸',
        'grammar only': '的 了 和',
        'one Latin letter': 'c',
      }
      it.each(Object.entries(odd))('answers %s', async (_, q) => {
        await put({})
        await expect(engine.search(aQuery({ q, facets: ['kind'] }))).resolves.toMatchObject({ degraded: false })
        await expect(engine.suggest(q, 5)).resolves.toBeInstanceOf(Array)
      })

      it('lists everything for an empty text and nothing for signs alone', async () => {
        const ids = await put({}, {})
        expect(new Set(await idsOf({ q: ' 　' }))).toEqual(new Set(ids))
        expect(await idsOf({ q: '***' })).toEqual([])
      })

      it('answers any text', async () => {
        await put({})
        await fc.assert(
          fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), async (q) => {
            const { hits } = await engine.search(aQuery({ q }))
            expect(hits.length).toBeLessThanOrEqual(1)
          }),
          { numRuns: 60 },
        )
      })
    })

    describe('suggestions', () => {
      it('complete keywords, titles and organisations, the most frequent first', async () => {
        await put(
          { title: '压铸岛自动化', keywords: ['压铸模具'] },
          { title: '高真空技术', keywords: ['压铸模具', '真空'] },
          { title: '海水淡化膜', orgName: '压力容器研究所' },
        )
        expect(await engine.suggest('压', 10)).toEqual(['压铸模具', '压铸岛自动化', '压力容器研究所'])
        expect(await engine.suggest('压铸', 1)).toEqual(['压铸模具'])
      })

      it('ignore case and width, and know nothing of the body', async () => {
        await put({ keywords: ['MEMS 传感器'], body: '机密工艺' })
        expect(await engine.suggest('ｍｅｍ', 5)).toEqual(['MEMS 传感器'])
        expect(await engine.suggest('机密', 5)).toEqual([])
        expect(await engine.suggest(' ', 5)).toEqual([])
      })
    })
  })
}
