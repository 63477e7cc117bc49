import { type BilingualText, both, type Kind, usual } from './kind.ts'

/** Applications for finance products. */
export const financeKinds = {
  'application.stage_changed': {
    ...usual,
    title: both('您的申请有新进展', 'Your application has moved on'),
    body: both('对“{productTitle}”的申请：{stage}。', 'Your application for “{productTitle}”: {stage}.'),
    subject: both('申请进展：{productTitle}', 'Application: {productTitle}'),
  },
} as const satisfies Record<string, Kind>

/** What their texts show. */
export type FinanceParams = {
  productTitle?: string
  stage?: BilingualText
}
