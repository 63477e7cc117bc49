import type { Clock } from '../kernel/clock.ts'
import { diagnoseDataDir, diagnoseDisk } from './diagnose-data-dir.ts'
import { diagnoseEmbeddedDatabase, diagnoseExternalDatabase } from './diagnose-database.ts'
import { diagnoseBinaries, diagnoseNode, diagnosePlatform } from './diagnose-platform.ts'
import { EmbeddedPostgresError } from './errors.ts'
import { type Finding, ok, problem } from './finding.ts'
import { isPortFree } from './free-port.ts'
import { findLockHolder } from './supervisor-lock.ts'

export type DiagnoseInput = {
  dataDir: string
  /** Set: PostgreSQL is somebody else's, and the embedded checks do not apply. */
  databaseUrl?: string | undefined
  http: { host: string; port: number }
  clock: Clock
}

/** Looks at everything a start needs and changes nothing. Every check gives at least one finding. */
export async function diagnose(input: DiagnoseInput): Promise<Finding[]> {
  const shared = [diagnoseNode(), await guard('disk', () => diagnoseDisk(input.dataDir)), await diagnosePort(input)]
  if (input.databaseUrl) {
    const url = input.databaseUrl
    return [...shared.flat(), ...(await guard('database', () => diagnoseExternalDatabase(url, input.clock)))]
  }
  const embedded = [
    diagnosePlatform(),
    await guard('binaries', diagnoseBinaries),
    await guard('data directory', () => diagnoseDataDir(input.dataDir)),
    await guard('database', () => diagnoseEmbeddedDatabase(input.dataDir, input.clock)),
  ]
  return [...shared, ...embedded].flat()
}

/** A check that cannot even look is a finding, too, not the end of the others. */
async function guard(check: string, look: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await look()
  } catch (error) {
    if (error instanceof EmbeddedPostgresError) return [problem(check, error.message, error.fix)]
    const reason = error instanceof Error ? error.message : String(error)
    return [problem(check, `could not be checked: ${reason}`, 'solve the reason named here, then run doctor again')]
  }
}

async function diagnosePort({ http, dataDir }: DiagnoseInput): Promise<Finding[]> {
  const address = `${http.host}:${http.port}`
  if (await isPortFree(http.port, http.host)) return [ok('http port', `${address} is free`)]
  const holder = await findLockHolder(dataDir)
  if (holder) return [ok('http port', `${address} is in use; Queqiao itself is running (process ${holder.pid})`)]
  const fix = `set PORT (and HOST) to a free address, or see who listens: ss -ltnp 'sport = :${http.port}'`
  return [problem('http port', `${address} cannot be opened: in use, not allowed, or no address of this machine`, fix)]
}
