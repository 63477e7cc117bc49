import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * The key behind cursors and stored answers: SECRET_KEY, or one generated on the first start and kept in
 * DATA_DIR/secrets/secret-key (0600). Several API processes must share it.
 */
export async function loadSecretKey(config: { secretKey: string | undefined; dataDir: string }): Promise<string> {
  if (config.secretKey !== undefined) return config.secretKey
  const directory = join(config.dataDir, 'secrets')
  const path = join(directory, 'secret-key')
  await mkdir(directory, { recursive: true, mode: 0o700 })
  try {
    // "wx" lets exactly one of several starting processes write it; the others read what it wrote.
    await writeFile(path, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const key = (await readFile(path, 'utf8')).trim()
  if (key.length < 32)
    throw new Error(`${path} does not hold a key; remove it to have a new one made, or set SECRET_KEY`)
  return key
}
