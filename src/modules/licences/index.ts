export { declareLicence } from './declare-licence.ts'
export { licenceDeclared, licenceTaken, licenceWithdrawn } from './events.ts'
export { listLicences } from './licence-repo.ts'
