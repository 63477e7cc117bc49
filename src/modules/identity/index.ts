export { addUser } from './add-user.ts'
export { authenticate } from './authenticate.ts'
export { bootstrapOperator } from './bootstrap-operator.ts'
export { changeVerification } from './change-verification.ts'
export { type Verification, verifications } from './domain/verification.ts'
export {
  apiKeyCreated,
  organisationQualificationsChanged,
  organisationRenamed,
  organisationVerificationChanged,
  passwordChanged,
  sessionOpenedOnNewDevice,
  sessionReuseDetected,
} from './events.ts'
export { findActor } from './find-actor.ts'
export {
  countOrganisations,
  findOrganisations,
  getOrganisation,
  type Organisation,
  type OrganisationSummary,
} from './organisation-repo.ts'
export { principalOf } from './principal-of.ts'
export { registerOrganisation } from './register-organisation.ts'
export type { RegisterOrganisation } from './schemas.ts'
export { streamAccess } from './stream-access.ts'
export {
  type Account,
  findAccountByEmail,
  listBrokersOfMarkets,
  listOperatorsOfMarkets,
  listUserIdsOfOrganisation,
} from './user-repo.ts'
