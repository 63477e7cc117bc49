import type { Clock } from '../../kernel/clock.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Log } from '../../kernel/log.ts'
import type { SearchEngine } from '../../ports/search-engine.ts'
import { afterFailure, afterSuccess, askCircuit, type CircuitLimits, closedCircuit } from './circuit-breaker.ts'

export type FallbackOptions = {
  primary: SearchEngine
  secondary: SearchEngine
  /** When the primary has not answered a search by then, the secondary does. */
  timeoutMs: number
  clock: Clock
  log: Log
  limits?: CircuitLimits
}

/** Thrown to a writer, whose job tries again later. */
export class PrimaryOutOfReach extends Error {
  override readonly name = 'PrimaryOutOfReach'
}

const usualLimits: CircuitLimits = { failuresToOpen: 3, coolDownMs: 5_000 }

/**
 * Both engines are written, the secondary first; the primary answers, and when it cannot, the secondary does and says so. A
 * write that reached the secondary alone is an error, so that the index job repeats it until both have it.
 */
export function searchWithFallback(options: FallbackOptions): SearchEngine {
  const { primary, secondary, timeoutMs } = options
  const guarded = guard(options)
  const inTime = <T>(ask: () => Promise<T>) => guarded(() => withDeadline(ask(), timeoutMs))
  const both = async (write: (engine: SearchEngine) => Promise<void>) => {
    await write(secondary)
    await guarded(() => write(primary))
  }
  return {
    upsert: (documents) => both((engine) => engine.upsert(documents)),
    remove: (ids) => both((engine) => engine.remove(ids)),
    search: async (query) => {
      const degraded = async () => ({ ...(await secondary.search(query)), degraded: true })
      // The second page of an answer that the secondary gave; the primary would not know its position.
      if (query.after?.[0] === 'postgres') return degraded()
      return orElse(
        inTime(() => primary.search(query)),
        degraded,
      )
    },
    suggest: (prefix, limit) =>
      orElse(
        inTime(() => primary.suggest(prefix, limit)),
        () => secondary.suggest(prefix, limit),
      ),
    listVersions: (page) => primary.listVersions(page),
  }
}

/** What a caller did wrong is not the engine's failure and is not answered by another engine either. */
async function orElse<T>(answer: Promise<T>, instead: () => Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof AppError) throw error
    return instead()
  }
}

/** Asks through the circuit; what changes its state is logged once. */
function guard({ clock, log, limits = usualLimits }: FallbackOptions) {
  let circuit = closedCircuit
  const now = () => clock.now().getTime()
  const succeeded = () => {
    if (circuit.state !== 'closed') log.info({}, 'the search server answers again')
    circuit = afterSuccess()
  }
  const failed = (error: unknown) => {
    const before = circuit.state
    circuit = afterFailure(circuit, now(), limits)
    if (circuit.state === 'open' && before === 'closed') log.warn({ err: error }, 'the search server is out of reach')
  }
  return async <T>(ask: () => Promise<T>): Promise<T> => {
    const permission = askCircuit(circuit, now(), limits)
    circuit = permission.circuit
    if (!permission.mayAsk) throw new PrimaryOutOfReach('the search server is given a rest after failures')
    try {
      const answer = await ask()
      succeeded()
      return answer
    } catch (error) {
      if (error instanceof AppError) succeeded()
      else failed(error)
      throw error
    }
  }
}

async function withDeadline<T>(answer: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new PrimaryOutOfReach(`no answer within ${timeoutMs} ms`)), timeoutMs)
  })
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
  }
}
