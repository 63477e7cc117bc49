export { demandKind } from './kind.ts'
export { type DemandDetails, demandDetails } from './schemas.ts'
