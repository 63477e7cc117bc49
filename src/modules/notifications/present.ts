import { termOf } from '../taxonomy/index.ts'
import type { BilingualText } from './domain/kinds.ts'
import type { NoticeParams } from './domain/notice.ts'
import { render, type Variables } from './domain/render.ts'
import type { Notification } from './notification-repo.ts'

/** A notification with its texts in both languages, rendered now, so that a better wording reaches old ones too. */
export function toNotificationResponse({ id, kind, params, readAt, createdAt }: Notification) {
  const { matchId, demandId, supplyId, listingId, organisationId } = params
  return {
    id,
    kind,
    ...render(kind, variablesFrom(params)),
    links: { matchId, demandId, supplyId, listingId, organisationId },
    readAt: readAt?.toISOString(),
    createdAt: createdAt.toISOString(),
  }
}

const listingKindNames: Record<NonNullable<NoticeParams['listingKind']>, BilingualText> = {
  supply: { zh: '技术供给', en: 'supply' },
  demand: { zh: '技术需求', en: 'demand' },
  finance_product: { zh: '科技金融产品', en: 'finance product' },
}

function variablesFrom({ listingKind, reasons, ...params }: NoticeParams): Variables {
  return {
    ...params,
    ...(listingKind && { listingKind: listingKindNames[listingKind] }),
    ...(reasons && { reasons: reasonTexts(reasons) }),
  }
}

/** The codes' titles; a code that the taxonomy no longer knows stands for itself. */
function reasonTexts(codes: readonly string[]): BilingualText {
  const terms = codes.map((code) => termOf('reason-codes', code) ?? { zh: code, en: code })
  return { zh: terms.map(({ zh }) => zh).join('、'), en: terms.map(({ en }) => en).join('; ') }
}
