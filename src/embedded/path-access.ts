import type { Stats } from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { ClusterUser } from './cluster-user.ts'
import { EmbeddedPostgresError } from './errors.ts'
import type { Binaries } from './platform-binaries.ts'

/** Started by root, the cluster runs as another user: who must be able to walk to the data and to the programs. */
export async function assertReachable(dataDir: string, binaries: Binaries, user: ClusterUser): Promise<void> {
  const data = await findBlockedPath(dataDir, user, 'directory')
  if (data) {
    throw new EmbeddedPostgresError('DATA_DIR_UNREACHABLE', {
      message: `The OS user ${user.name}, who runs PostgreSQL, may not enter ${data}, so the data in ${dataDir} is out of reach.`,
      fix: `chmod o+x ${data}   (or set DATA_DIR=/var/lib/queqiao, or start Queqiao as a normal user)`,
    })
  }
  const program = await findBlockedPath(binaries.postgres, user, 'program')
  if (program) {
    throw new EmbeddedPostgresError('BINARIES_UNREADABLE', {
      message: `The OS user ${user.name}, who runs PostgreSQL, may not enter ${program}, so ${binaries.postgres} is out of reach.`,
      fix: `chmod o+rx ${program}   (or move the installation to /opt/queqiao, or start Queqiao as a normal user)`,
    })
  }
}

/** The first ancestor, or the path itself, that the user may not pass; undefined when the way is free. */
export async function findBlockedPath(
  path: string,
  user: { uid: number; gid: number },
  kind: 'directory' | 'program',
): Promise<string | undefined> {
  const real = await realpath(path)
  for (const step of pathSteps(real)) {
    const isProgram = kind === 'program' && step === real
    if (!allows(await stat(step), user, isProgram ? 0o5 : 0o1)) return step
  }
  return undefined
}

function pathSteps(path: string): string[] {
  const parent = dirname(path)
  return parent === path ? [path] : [...pathSteps(parent), path]
}

/** Reads the mode bits only: supplementary groups are dropped when Node changes the user of a child. */
function allows(stats: Stats, user: { uid: number; gid: number }, wanted: number): boolean {
  const shift = stats.uid === user.uid ? 6 : stats.gid === user.gid ? 3 : 0
  return ((stats.mode >> shift) & wanted) === wanted
}
