import { constants } from 'node:fs'
import { access, stat, statfs } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { findClusterUser } from './cluster-user.ts'
import { type Finding, ok, problem } from './finding.ts'
import { assertVersion, readDataVersion } from './initialise.ts'
import { assertReachable } from './path-access.ts'
import { locateBinaries } from './platform-binaries.ts'
import { readSecrets, secretsPath } from './secrets-file.ts'

const minimumFreeBytes = 1_000_000_000

export async function diagnoseDisk(dataDir: string): Promise<Finding[]> {
  const place = await nearestExisting(dataDir)
  const { bavail, bsize } = await statfs(place)
  const free = `${(Number(bavail * bsize) / 1e9).toFixed(1)} GB free at ${place}`
  if (bavail * bsize >= minimumFreeBytes) return [ok('disk', free)]
  return [
    problem(
      'disk',
      `only ${free}, 1 GB is needed`,
      `free space there (df -h ${place}), or set DATA_DIR to a larger disk`,
    ),
  ]
}

export async function diagnoseDataDir(dataDir: string): Promise<Finding[]> {
  const path = resolve(dataDir)
  const place = await nearestExisting(path)
  if (!(await mayWrite(place))) {
    return [
      problem(
        'data directory',
        `${place} cannot be written by this user`,
        `sudo chown "$(id -u)" ${place}, or set DATA_DIR`,
      ),
    ]
  }
  const clusterDir = join(path, 'postgres')
  const user = await findClusterUser(clusterDir)
  const binaries = await locateBinaries()
  if (user) await assertReachable(place, binaries, user)
  const who = user ? `PostgreSQL runs as ${user.name}` : 'PostgreSQL runs as this user'
  const reachable = ok('data directory', place === path ? `${path}; ${who}` : `${path} will be created; ${who}`)
  const version = await readDataVersion(clusterDir)
  if (version === undefined) return [reachable, ok('data version', 'no database yet; the first start creates one')]
  assertVersion({ dir: clusterDir, binaries }, version)
  return [reachable, ok('data version', `PostgreSQL ${version}`), await diagnoseSecrets(path)]
}

async function diagnoseSecrets(dataDir: string): Promise<Finding> {
  const path = secretsPath(dataDir)
  if (!(await readSecrets(dataDir))) return ok('password file', `${path} is missing; the next start sets new passwords`)
  const mode = (await stat(path)).mode & 0o777
  if ((mode & 0o077) === 0 || process.platform === 'win32') return ok('password file', `${path}, closed to others`)
  return problem('password file', `${path} can be read by others (mode ${mode.toString(8)})`, `chmod 600 ${path}`)
}

async function nearestExisting(path: string): Promise<string> {
  const full = resolve(path)
  const exists = await stat(full).then(
    () => true,
    () => false,
  )
  return exists || dirname(full) === full ? full : nearestExisting(dirname(full))
}

async function mayWrite(dir: string): Promise<boolean> {
  return access(dir, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  )
}
