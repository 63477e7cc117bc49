import { termOf } from '../taxonomy/index.ts'
import type { BilingualText } from './domain/kinds.ts'
import type { NoticeParams } from './domain/notice.ts'
import type { Variables } from './domain/render.ts'
import { trustReasonNames } from './trust-reason-names.ts'

/** What the texts show for the stored params: codes by their titles, instants in China's time. */
export function variablesOfParams({ listingKind, reasons, trustReasons, ...params }: NoticeParams): Variables {
  const plain = Object.entries(params).map(([name, value]) => [name, typeof value === 'object' ? value : String(value)])
  return {
    ...Object.fromEntries(plain),
    ...(listingKind && { listingKind: listingKindNames[listingKind] }),
    ...(reasons && { reasons: reasonTexts(reasons) }),
    ...(trustReasons && { trustReasons: joined(trustReasons.map(trustReasonOf)) }),
    ...(params.endsAt && { endsAt: chinaTime.format(new Date(params.endsAt)) }),
    ...(params.happenedAt && { happenedAt: chinaTime.format(new Date(params.happenedAt)) }),
  }
}

const listingKindNames: Record<NonNullable<NoticeParams['listingKind']>, BilingualText> = {
  supply: { zh: '技术供给', en: 'supply' },
  demand: { zh: '技术需求', en: 'demand' },
  finance_product: { zh: '科技金融产品', en: 'finance product' },
}

const chinaTime = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'short',
})

/** The codes' titles; a code that the taxonomy no longer knows stands for itself. */
function reasonTexts(codes: readonly string[]): BilingualText {
  return joined(codes.map((code) => termOf('reason-codes', code) ?? { zh: code, en: code }))
}

/** Stored notifications outlive the reasons that a later rule drops. */
function trustReasonOf(code: string): BilingualText {
  return (trustReasonNames as Record<string, BilingualText | undefined>)[code] ?? { zh: code, en: code }
}

function joined(texts: readonly BilingualText[]): BilingualText {
  return { zh: texts.map(({ zh }) => zh).join('、'), en: texts.map(({ en }) => en).join('; ') }
}
