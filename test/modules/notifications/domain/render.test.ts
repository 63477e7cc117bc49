import { describe, expect, it } from 'vitest'
import { notificationKinds } from '../../../../src/modules/notifications/domain/kinds.ts'
import { render, variablesOf } from '../../../../src/modules/notifications/domain/render.ts'

const everyVariable = (kind: (typeof notificationKinds)[number]) =>
  Object.fromEntries(variablesOf(kind).map((name) => [name, `<${name}>`]))

describe.each(notificationKinds)('%s', (kind) => {
  it('has both languages and leaves no placeholder', () => {
    const { title, body } = render(kind, everyVariable(kind))
    for (const text of [title.zh, title.en, body.zh, body.en]) {
      expect(text.length).toBeGreaterThan(3)
      expect(text).not.toMatch(/[{}]/)
    }
    expect(body.zh).toMatch(/[\u4e00-\u9fff]/)
    expect(body.en).not.toMatch(/[\u4e00-\u9fff]/)
  })

  it('says the same in both languages: they name the same variables', () => {
    const { title, body } = render(kind, everyVariable(kind))
    const named = (...texts: string[]) => [...new Set(texts.join().match(/<\w+>/g))].sort()
    expect(named(title.zh, body.zh)).toEqual(named(title.en, body.en))
  })

  it('refuses to go out with a variable missing', () => {
    for (const name of variablesOf(kind)) {
      const { [name]: _left, ...rest } = everyVariable(kind)
      expect(() => render(kind, rest)).toThrow(`"${name}"`)
    }
    // A file that cannot be read has nothing to name: what is wrong with it stands with the import.
    if (kind !== 'import.failed') expect(variablesOf(kind).length).toBeGreaterThan(0)
  })
})

describe('render', () => {
  it('takes values as they are, braces and dollar signs included', () => {
    const { body } = render('organisation.verified', { organisationName: '{reasons} $& 公司' })
    expect(body.zh).toContain('“{reasons} $& 公司”')
  })

  it('takes no variable from the prototype', () => {
    expect(() => render('organisation.verified', Object.create({ organisationName: 'x' }))).toThrow('organisationName')
  })

  it('uses the language of a text that has two', () => {
    const listingKind = { zh: '技术需求', en: 'demand' }
    const { title } = render('listing.published', { listingKind, listingTitle: 'x' })
    expect(title).toEqual({ zh: '您的技术需求已发布', en: 'Your demand is published' })
  })
})
