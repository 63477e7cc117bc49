import { readFile, stat } from 'node:fs/promises'
import { EmbeddedPostgresError } from './errors.ts'

/** The OS user that owns the cluster; undefined means "as ourselves" (not root, or Windows). */
export type ClusterUser = { uid: number; gid: number; name: string }

const preferredNames = ['postgres', '_postgres', 'nobody', 'daemon']

/**
 * PostgreSQL refuses to run as root. An existing cluster keeps its owner, so that a volume survives an
 * image in which the user `postgres` has another number.
 */
export async function findClusterUser(
  clusterDir: string,
  passwdFile = '/etc/passwd',
): Promise<ClusterUser | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const users = await readUsers(passwdFile)
  const owner = await stat(clusterDir).catch(() => undefined)
  if (owner && owner.uid !== 0) {
    const known = users.find((user) => user.uid === owner.uid)
    return known ?? { uid: owner.uid, gid: owner.gid || owner.uid, name: `user ${owner.uid}` }
  }
  const chosen = preferredNames.map((name) => users.find((user) => user.name === name && user.uid > 0)).find(Boolean)
  if (chosen) return chosen
  throw new EmbeddedPostgresError('NO_UNPRIVILEGED_USER', {
    message: `PostgreSQL does not run as root, and ${passwdFile} has no user ${preferredNames.join(', ')}.`,
    fix: 'useradd --system --no-create-home postgres   (or start Queqiao as a normal user)',
  })
}

async function readUsers(passwdFile: string): Promise<ClusterUser[]> {
  const text = await readFile(passwdFile, 'utf8').catch(() => '')
  return text.split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':')
    return name && uid && gid ? [{ name, uid: Number(uid), gid: Number(gid) }] : []
  })
}
