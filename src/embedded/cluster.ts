import { chmod, mkdir, realpath } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { type ClusterUser, findClusterUser } from './cluster-user.ts'
import { explainFileError } from './errors.ts'
import { assertReachable } from './path-access.ts'
import { type Binaries, locateBinaries } from './platform-binaries.ts'
import { ensureSymlinks } from './symlinks.ts'

/** Everything the steps of a start need to know about one cluster; decided once, before anything is written. */
export type Cluster = {
  dataDir: string
  dir: string
  logFile: string
  binaries: Binaries
  user: ClusterUser | undefined
  settings: Record<string, string>
  spawnOptions: { cwd: string; env: Record<string, string>; uid?: number; gid?: number }
  log: (message: string) => void
}

export type StartOptions = {
  dataDir: string
  log?: (message: string) => void
  /** Extra `-c name=value` settings, such as fsync=off for tests. They may override our own. */
  settings?: Record<string, string>
}

export async function describeCluster(options: StartOptions): Promise<Cluster> {
  const log = options.log ?? (() => undefined)
  const binaries = await locateBinaries()
  const { created } = await ensureSymlinks(binaries.nativeDir)
  if (created > 0) log(`restored ${created} library links of the PostgreSQL binaries`)
  const dataDir = await makeDataDir(options.dataDir)
  const dir = join(dataDir, 'postgres')
  const user = await findClusterUser(dir)
  if (user) await assertReachable(dataDir, binaries, user)
  return {
    dataDir,
    dir,
    logFile: join(dataDir, 'postgres.log'),
    binaries,
    user,
    settings: options.settings ?? {},
    spawnOptions: { cwd: dataDir, env: childEnvironment, ...(user && { uid: user.uid, gid: user.gid }) },
    log,
  }
}

/** A fixed environment: PGPORT, PGOPTIONS, LANG or TZ of the operator's shell must not reach the server. */
const childEnvironment = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }

/**
 * 0711 whatever the umask: the cluster's user must pass through, nobody else may list what is there.
 * A directory that existed keeps its mode: whoever made it had a reason.
 */
async function makeDataDir(path: string): Promise<string> {
  try {
    const firstCreated = await mkdir(path, { recursive: true })
    for (let step = resolve(path); firstCreated && step.startsWith(firstCreated); step = dirname(step)) {
      await chmod(step, 0o711)
    }
    return await realpath(path)
  } catch (error) {
    throw explainFileError(error, path)
  }
}
