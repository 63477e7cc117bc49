import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { idKeys, toStoredDocument, toTeaserDocument } from '../../../src/adapters/search/meilisearch-document.ts'
import { indexSettings, settingsVersion } from '../../../src/adapters/search/meilisearch-settings.ts'
import { newId, uuidToId } from '../../../src/kernel/ids.ts'
import { aDocument } from '../../contracts/search-document.ts'

const store = (changes: Parameters<typeof aDocument>[0] = {}) => toStoredDocument(aDocument(changes), () => undefined)

describe('a document for Meilisearch', () => {
  it('has an order of its own by the id, the same as that of UUIDs', () => {
    const uuid = fc.uuid({ version: [4, 7] })
    fc.assert(
      fc.property(uuid, uuid, (a, b) => {
        // Nobody mixes versions within one millisecond.
        fc.pre(a.slice(0, 13) !== b.slice(0, 13) || a[14] === b[14])
        const [x, y] = [a, b].map((each) => idKeys(uuidToId('supply', each)))
        const order = x && y ? Math.sign(x.idHead - y.idHead || x.idTail - y.idTail) : Number.NaN
        expect(order).toBe(a === b ? 0 : a < b ? -1 : 1)
      }),
    )
    for (const key of Object.values(idKeys(newId('supply')))) expect(Number.isSafeInteger(key)).toBe(true)
  })

  it('keeps nothing of the body for those who may not search it', () => {
    const stored = store({ body: '机密工艺 ZL201710601862.3' })
    expect(JSON.stringify(stored)).toContain('2017106018623')
    expect(JSON.stringify(toTeaserDocument(stored))).not.toMatch(/机密|2017106018623/)
  })

  it('survives the JSON of the server whatever its texts hold', () => {
    const odd = '压铸\u0000\ud800\uE000😀'
    const stored = store({ title: odd, summary: odd, body: odd, orgName: odd, keywords: [odd] })
    expect(JSON.stringify(stored)).not.toMatch(/\\ud800|\\u0000/)
    expect(stored).toMatchObject({ title: '压铸😀', summary: '压铸😀' })
  })

  it('names only attributes that documents have', () => {
    const known = Object.keys(store())
    const { searchableAttributes, filterableAttributes, sortableAttributes, displayedAttributes } = indexSettings()
    for (const attribute of [
      searchableAttributes,
      filterableAttributes,
      sortableAttributes,
      displayedAttributes,
    ].flat()) {
      expect(known).toContain(attribute)
    }
    expect(displayedAttributes?.join()).not.toContain('body')
  })
})

describe('the version of the settings', () => {
  const embedder = { kind: 'openAi', url: 'https://e.example/v1', model: 'm', key: 'secret-1' } as const

  it('changes with the settings and not with a key', () => {
    expect(settingsVersion()).toBe(settingsVersion())
    expect(settingsVersion(embedder)).not.toBe(settingsVersion())
    expect(settingsVersion({ ...embedder, key: 'secret-2' })).toBe(settingsVersion(embedder))
    expect(settingsVersion({ ...embedder, model: 'n' })).not.toBe(settingsVersion(embedder))
  })
})
