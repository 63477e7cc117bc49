import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { organisationKinds } from '../src/kernel/principal.ts'
import type { DemoOrganisation } from './demo-data.ts'

const demoUser = z.object({
  email: z.string(),
  password: z.string(),
  role: z.string(),
  organisation: z.string(),
  organisationKind: z.enum(organisationKinds),
  market: z.string(),
})
export type DemoUser = z.output<typeof demoUser>

const fileName = 'demo-credentials.json'

/** The accounts in DATA_DIR/demo-credentials.json; none when there is no such file. */
export async function readCredentials(dataDir: string): Promise<DemoUser[]> {
  const text = await readFile(join(dataDir, fileName), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  return text === undefined ? [] : z.object({ users: z.array(demoUser) }).parse(JSON.parse(text)).users
}

/**
 * Passwords for all demo users, written (0600) before the first user is stored: a start that is killed in between goes on
 * with the same passwords. Users that the file knows keep theirs.
 */
export async function ensureCredentials(
  dataDir: string,
  organisations: readonly DemoOrganisation[],
): Promise<Map<string, string>> {
  const known = new Map((await readCredentials(dataDir)).map((user) => [user.email, user.password]))
  const users: DemoUser[] = organisations.flatMap((organisation) =>
    organisation.users.map(({ email, role }) => ({
      email,
      password: known.get(email) ?? randomBytes(12).toString('base64url'),
      role,
      organisation: organisation.name,
      organisationKind: organisation.kind,
      market: organisation.market,
    })),
  )
  await mkdir(dataDir, { recursive: true })
  const path = join(dataDir, fileName)
  await writeFile(`${path}.new`, `${JSON.stringify({ users }, null, 2)}\n`, { mode: 0o600 })
  await rename(`${path}.new`, path)
  return new Map(users.map((user) => [user.email, user.password]))
}
