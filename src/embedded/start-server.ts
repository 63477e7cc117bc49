import { setTimeout as wait } from 'node:timers/promises'
import type { Cluster } from './cluster.ts'
import { errorCode } from './errors.ts'
import { choosePort, isPortFree } from './free-port.ts'
import { explainExit, type Postmaster, startPostmaster } from './postmaster.ts'
import { resetSuperuserPassword } from './reset-password.ts'
import { PostmasterExited } from './wait-until-ready.ts'

/** Backends of a postmaster killed with -9 end by themselves, within seconds; until then the start is refused. */
const leftoversMs = 10_000

type Attempts = { starts: number; passwordReset: boolean; leftoversDeadline: AbortSignal }

/** Starts the server, with a second way for each obstacle that time, a password or another port removes. */
export async function startServer(cluster: Cluster, password: string, fixedPort?: number): Promise<Postmaster> {
  const attempts: Attempts = { starts: 0, passwordReset: false, leftoversDeadline: AbortSignal.timeout(leftoversMs) }
  for (;;) {
    const port = fixedPort ?? (await choosePort(cluster.dataDir))
    attempts.starts++
    try {
      return await startPostmaster(cluster, port, password)
    } catch (error) {
      if (errorCode(error) === '28P01' && !attempts.passwordReset) {
        attempts.passwordReset = true
        await resetSuperuserPassword(cluster, password)
      } else if (!(error instanceof PostmasterExited)) {
        throw error
      } else if (!(await isWorthRepeating(error, port, attempts))) {
        throw explainExit(cluster, error)
      }
    }
  }
}

async function isWorthRepeating(error: PostmasterExited, port: number, attempts: Attempts): Promise<boolean> {
  if (isLeftover(error)) {
    await wait(200)
    return !attempts.leftoversDeadline.aborted
  }
  // Somebody else took the port between our look and PostgreSQL's bind: the next round may choose another one.
  return attempts.starts < 3 && !(await isPortFree(port, '127.0.0.1'))
}

function isLeftover(error: PostmasterExited): boolean {
  return /pre-existing shared memory block/.test(error.logTail)
}
