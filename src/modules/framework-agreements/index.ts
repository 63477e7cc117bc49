export { type AgreementId, findAgreement } from './agreement-repo.ts'
export { agreementStateNames } from './domain/agreement.ts'
export { agreementStateChanged } from './events.ts'
export { drawUnderAgreement, repayUnderAgreement } from './move-under-agreement.ts'
