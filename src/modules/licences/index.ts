export { licenceDeclared, licenceTaken, licenceWithdrawn } from './events.ts'
