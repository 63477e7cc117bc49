import { secretKeyVault } from '../../src/vault/index.ts'

/** One key for all tests, so that whatever one part of a test seals another opens. */
export const testVault = secretKeyVault('a secret key for tests, 32+ characters')
