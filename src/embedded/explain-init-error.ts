import type { Cluster } from './cluster.ts'
import { EmbeddedPostgresError, errorCode, explainFileError, isDiskFullText, noSpace } from './errors.ts'

/** What initdb wrote, as one sentence with its remedy. */
export function explainInitError(error: unknown, cluster: Cluster): unknown {
  const text = error instanceof Error && 'stderr' in error ? String(error.stderr) : ''
  if (isDiskFullText(text)) return noSpace(cluster.dataDir, error)
  if (text === '') return explainFileSystem(error, cluster)
  if (/could not look up effective user/.test(text)) return namelessUser(error)
  const reason = text.split('\n').find((line) => /error|fatal|cannot|could not/i.test(line)) ?? text.slice(0, 200)
  return new EmbeddedPostgresError(
    'INIT_FAILED',
    {
      message: `The database could not be created in ${cluster.dir}: ${reason.trim()}`,
      fix: 'npm run doctor   (it checks binaries, permissions and disk one by one)',
    },
    { cause: error },
  )
}

function explainFileSystem(error: unknown, cluster: Cluster): unknown {
  if (errorCode(error) !== 'EBUSY' && errorCode(error) !== 'ENOTEMPTY') return explainFileError(error, cluster.dataDir)
  return new EmbeddedPostgresError(
    'INIT_FAILED',
    { message: `${cluster.dir} is a mount point or in use.`, fix: `mount the volume at ${cluster.dataDir} instead` },
    { cause: error },
  )
}

/** `docker run --user 1234` and OpenShift give a number that /etc/passwd does not know; initdb insists on a name. */
function namelessUser(cause: unknown): EmbeddedPostgresError {
  const uid = process.getuid?.()
  return new EmbeddedPostgresError(
    'INIT_FAILED',
    {
      message: `PostgreSQL needs an OS user with a name, and number ${uid} has none in /etc/passwd.`,
      fix: `run as a user that exists (docker run --user node), or: echo 'queqiao:x:${uid}:0::/:/usr/sbin/nologin' >> /etc/passwd, or set DATABASE_URL`,
    },
    { cause },
  )
}
