import { describe, expect, it } from 'vitest'
import { notificationKinds } from '../../../src/modules/notifications/domain/kinds.ts'
import { locales } from '../../../src/modules/notifications/domain/mail-layout.ts'
import type { NoticeLinks, NoticeParams } from '../../../src/modules/notifications/domain/notice.ts'
import { render } from '../../../src/modules/notifications/domain/render.ts'
import { variablesOfParams } from '../../../src/modules/notifications/variables-of.ts'

/** Everything that a notice can carry, so that a text with a variable nobody provides fails here. */
const samples: Required<Omit<NoticeParams, keyof NoticeLinks>> = {
  demandTitle: '双电机壳体压铸气密性提升',
  supplyTitle: '真空压铸工艺',
  listingTitle: '真空压铸工艺',
  listingKind: 'supply',
  organisationName: '示范大学',
  displayName: '李明',
  searchName: '压铸',
  agreementState: { zh: '已生效', en: 'in force' },
  policyTitle: '概念验证补助',
  redemptionState: { zh: '已兑付', en: 'paid' },
  productTitle: '科技贷',
  lotTitle: '专利包',
  webhookHost: 'hooks.example.com',
  reasons: ['duplicate'],
  trustReasons: ['ip_lapsed'],
  happenedAt: '2026-12-01T07:30:00.000Z',
  answer: { zh: '对方同意', en: 'the other side accepts' },
  deal: { zh: '“真空压铸工艺”', en: '“真空压铸工艺”' },
  stage: { zh: '已受理', en: 'received' },
  answerBy: '2026-12-01',
  expiresOn: '2026-12-01',
  confirmedOn: '2026-09-01',
  endsAt: '2026-12-01T07:30:00.000Z',
  demandCount: 4,
  hitCount: 3,
  hitTitles: '“压铸模具”',
  rowCount: 100,
  acceptedCount: 98,
  refusedCount: 2,
  waitingCount: 12,
  oldestHours: 30,
}

describe.each(notificationKinds)('%s', (kind) => {
  it('renders from what notices carry, in both languages', () => {
    const { title, body, subject } = render(kind, variablesOfParams(samples))
    for (const locale of locales) {
      for (const text of [title, body, subject]) expect(text[locale]).not.toMatch(/[{}]|undefined|\[object/)
      expect(subject[locale].length).toBeLessThan(80)
    }
  })
})

describe('the variables', () => {
  it('show instants in the time of China', () => {
    expect(variablesOfParams(samples).endsAt).toBe('2026-12-01 15:30')
  })
})
