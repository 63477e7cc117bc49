import { randomBytes } from 'node:crypto'
import { chmod, mkdir, open, readFile, rename, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { EmbeddedPostgresError, errorCode, explainFileError } from './errors.ts'

const secretsContent = z.object({
  superuserPassword: z.string().min(24),
  applicationPassword: z.string().min(24),
})
export type Secrets = z.infer<typeof secretsContent>

export function secretsPath(dataDir: string): string {
  return join(dataDir, 'secrets', 'postgres.json')
}

/** Passwords are generated once and never have a default. A file that others can read is closed again. */
export async function loadOrCreateSecrets(dataDir: string): Promise<Secrets> {
  const existing = await readSecrets(dataDir)
  if (existing) {
    await closeToOthers(secretsPath(dataDir))
    return existing
  }
  const secrets = { superuserPassword: newPassword(), applicationPassword: newPassword() }
  await writeSecrets(secretsPath(dataDir), secrets)
  return secrets
}

/** Undefined when there is no file yet. */
export async function readSecrets(dataDir: string): Promise<Secrets | undefined> {
  const path = secretsPath(dataDir)
  try {
    return secretsContent.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw invalid(path, error)
  }
}

async function closeToOthers(path: string): Promise<void> {
  if (((await stat(path)).mode & 0o077) === 0) return
  await chmod(path, 0o600).catch((error: unknown) => {
    throw explainFileError(error, path)
  })
}

/** 192 bits, and only characters that need no escaping in a URL or in SQL. */
function newPassword(): string {
  return randomBytes(24).toString('base64url')
}

/** Written beside, flushed and renamed: after a power cut there is the whole file or none. */
async function writeSecrets(path: string, secrets: Secrets): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    const file = await open(`${path}.tmp`, 'w', 0o600)
    try {
      await file.writeFile(`${JSON.stringify(secrets, null, 2)}\n`)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(`${path}.tmp`, path)
  } catch (error) {
    throw explainFileError(error, dirname(path))
  }
}

function invalid(path: string, cause: unknown): EmbeddedPostgresError {
  const denied = errorCode(cause) === 'EACCES' || errorCode(cause) === 'EPERM'
  return new EmbeddedPostgresError(
    'SECRETS_INVALID',
    denied
      ? {
          message: `The password file ${path} belongs to another user and cannot be read.`,
          fix: `sudo chown -R "$(id -u)" ${dirname(path)}   (or start Queqiao as the user who started it first)`,
        }
      : {
          message: `The password file ${path} is damaged.`,
          fix: `restore it from a backup, or move it away (mv ${path} ${path}.bad): new passwords are then set at the next start, no data is lost`,
        },
    { cause: denied ? cause : undefined },
  )
}
