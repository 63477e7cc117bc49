import { execFile } from 'node:child_process'
import type { Cluster } from './cluster.ts'

/**
 * Sets the superuser's password without knowing the old one, through PostgreSQL's single-user mode:
 * whoever owns the files may do so. It saves the data when the password file was lost.
 */
export async function resetSuperuserPassword(cluster: Cluster, password: string): Promise<void> {
  const args = ['--single', '-D', cluster.dir, '-c', 'log_min_error_statement=panic', 'postgres']
  await new Promise<void>((resolve, reject) => {
    const child = execFile(cluster.binaries.postgres, args, cluster.spawnOptions, (error) =>
      error ? reject(error) : resolve(),
    )
    child.stdin?.on('error', () => undefined)
    // The password is base64url (secrets-file.ts): nothing in it needs quoting.
    child.stdin?.end(`alter role postgres password '${password}'\n`)
  })
  cluster.log('the password file was new: the database passwords were set again')
}
