export { financeProductKind } from './kind.ts'
export { type FinanceProductDetails, financeProductDetails } from './schemas.ts'
