import { type BilingualText, both, type Kind, usual } from './kind.ts'

/** Applications for finance products, and claims under policies. */
export const financeKinds = {
  'application.stage_changed': {
    ...usual,
    title: both('您的申请有新进展', 'Your application has moved on'),
    body: both('对“{productTitle}”的申请：{stage}。', 'Your application for “{productTitle}”: {stage}.'),
    subject: both('申请进展：{productTitle}', 'Application: {productTitle}'),
  },
  'application.step_late': {
    ...usual,
    title: both('有申请超过办理时限', 'An application is late'),
    body: both(
      '“{productTitle}”的一笔申请已超过办理时限，请尽快处理。',
      'An application for “{productTitle}” waits for your step longer than promised.',
    ),
    subject: both('超时申请：{productTitle}', 'Late application: {productTitle}'),
  },
  'agreement.state_changed': {
    ...usual,
    title: both('框架协议有新进展', 'A framework agreement has moved on'),
    body: both(
      '与{organisationName}的框架协议：{agreementState}。',
      'The framework agreement with {organisationName}: {agreementState}.',
    ),
    subject: both('框架协议：{agreementState}', 'Framework agreement: {agreementState}'),
  },
  'redemption.claimed': {
    ...usual,
    title: both('有政策兑现申报待审核', 'A claim under a policy waits'),
    body: both('“{policyTitle}”收到一项兑现申报，请审核。', 'A claim under “{policyTitle}” waits for your decision.'),
    subject: both('待审核的兑现申报：{policyTitle}', 'Claim: {policyTitle}'),
  },
  'redemption.decided': {
    ...usual,
    title: both('您的政策兑现有新进展', 'Your claim under a policy has moved on'),
    body: both(
      '“{policyTitle}”的兑现申报：{redemptionState}。',
      'Your claim under “{policyTitle}”: {redemptionState}.',
    ),
    subject: both('兑现进展：{policyTitle}', 'Claim: {policyTitle}'),
  },
} as const satisfies Record<string, Kind>

/** What their texts show. */
export type FinanceParams = {
  productTitle?: string
  policyTitle?: string
  redemptionState?: BilingualText
  agreementState?: BilingualText
  stage?: BilingualText
}
