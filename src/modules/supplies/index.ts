export { ipBlockedModes } from './domain/ip-availability.ts'
export { supplyKind } from './kind.ts'
export { type SupplyDetails, supplyDetails } from './schemas.ts'
