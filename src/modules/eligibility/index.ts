export { checkEligibility } from './check-eligibility.ts'
