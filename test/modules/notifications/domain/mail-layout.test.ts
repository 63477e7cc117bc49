import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { escapeHtml, layOutMail, maxItems } from '../../../../src/modules/notifications/domain/mail-layout.ts'

const item = { kind: 'listing.returned' as const, title: '您的技术需求被退回', body: '“气密性提升”被退回。' }
const letter = { locale: 'zh' as const, subject: '被退回：气密性提升', items: [item], form: 'single' as const }
const unsubscribeUrl = 'https://api.example.cn/v1/unsubscribe?token=t'

describe('a mail', () => {
  it('says the same as text and as HTML, with the way to stop it', () => {
    const { subject, text, html } = layOutMail({ ...letter, unsubscribeUrl })
    expect(subject).toBe('被退回：气密性提升')
    for (const body of [text, html]) {
      expect(body).toContain(item.title)
      expect(body).toContain(item.body)
      expect(body).toContain(unsubscribeUrl)
    }
    expect(html).toContain('<html lang="zh-CN">')
  })

  it('loads nothing from anywhere: no image, style sheet or script', () => {
    const { html } = layOutMail({ ...letter, unsubscribeUrl })
    expect(html).not.toMatch(/<(img|link|script|style|iframe)\b|url\(/i)
    expect(html.match(/https?:\/\//g)).toHaveLength(1)
  })

  it('lets no text of a user become markup or a header', () => {
    fc.assert(
      fc.property(fc.string(), (wild) => {
        expect(escapeHtml(wild)).not.toMatch(/[<>"']/)
      }),
    )
    const hostile = '<script>alert(1)</script>"><img src=x onerror=y>\r\nBcc: all@example.com'
    const { subject, html } = layOutMail({
      ...{ ...letter, unsubscribeUrl, subject: hostile },
      items: [{ ...item, title: hostile, body: hostile }],
    })
    expect(subject).not.toMatch(/[\r\n]/)
    expect(html).not.toMatch(/<script|<img/)
  })
})

describe('a digest', () => {
  it('groups its items by what they are about, in the order of arrival', () => {
    const { text, html } = layOutMail({
      ...{ ...letter, form: 'digest', unsubscribeUrl },
      items: [
        { ...item, title: '甲' },
        { ...item, kind: 'match.approved.demand', title: '乙' },
        { ...item, title: '丙' },
      ],
    })
    expect(text.match(/^(==.*|[甲乙丙])$/gm)).toEqual(['== 我的信息 (2) ==', '甲', '丙', '== 匹配 (1) ==', '乙'])
    expect(html.indexOf('丙')).toBeLessThan(html.indexOf('乙'))
  })

  it('stays below the 102 kB at which mail clients cut, and says what it left out', () => {
    const items = Array.from({ length: 500 }, (_, i) => ({ ...item, title: `第 ${i} 条`, body: '长'.repeat(200) }))
    const { text, html } = layOutMail({ ...letter, form: 'digest', unsubscribeUrl, items })
    expect(Buffer.byteLength(html)).toBeLessThan(102_000)
    expect(text).toContain(`第 ${maxItems - 1} 条`)
    expect(text).not.toContain(`第 ${maxItems} 条`)
    expect(text).toContain(`另有 ${500 - maxItems} 条`)
  })
})
