export { destroyDataKey, ensureDataKey, findDataKey } from './data-keys.ts'
export { rewrapDataKeys } from './rewrap-data-keys.ts'
export { openPieces, sealPieces } from './sealed-pieces.ts'
export { secretKeyVault } from './secret-key-vault.ts'
