import { join, resolve } from 'node:path'
import { applicationAddress, connectionUrl } from './connect.ts'
import { readPostmasterState } from './postmaster-pid.ts'
import { readSecrets } from './secrets-file.ts'

/** Address of the database that `npm start` keeps running in this directory; undefined when it is not running. */
export async function findRunningUrl(dataDir: string): Promise<string | undefined> {
  const directory = resolve(dataDir)
  const state = await readPostmasterState(join(directory, 'postgres'))
  const secrets = await readSecrets(directory)
  if (state.kind !== 'running' || state.port === undefined || secrets === undefined) return undefined
  return connectionUrl(applicationAddress(state.port, secrets.applicationPassword))
}
