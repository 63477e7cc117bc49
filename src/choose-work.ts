import { ConfigError } from './config.ts'
import { nearest } from './kernel/nearest.ts'

/** What one worker process does: which queues it works, and whether it relays events and keeps the schedules. */
export type Work = { queues: readonly string[]; withRelay: boolean }

const usage = 'npm run worker -- [all | relay | <queue>… | --except <queue>…]'

/**
 * Reads the arguments of a worker process. `all`, or nothing: every queue, and the relay. `relay`: the relay alone. Names: these
 * queues and no relay. `--except` and names: every other queue, and the relay, so that a queue that a release adds is not
 * forgotten. One process of an installation has to relay; several may.
 * @throws ConfigError for a name that is no queue, with the nearest one.
 */
export function chooseWork(args: readonly string[], known: readonly string[]): Work {
  const [first, ...rest] = args
  if (first === undefined || (first === 'all' && rest.length === 0)) return { queues: known, withRelay: true }
  if (first === 'relay' && rest.length === 0) return { queues: [], withRelay: true }
  if (first !== '--except') return { queues: checked(args, known), withRelay: false }
  const left = checked(rest, known)
  return { queues: known.filter((queue) => !left.includes(queue)), withRelay: true }
}

function checked(names: readonly string[], known: readonly string[]): readonly string[] {
  if (names.length === 0) throw new ConfigError(`Name at least one queue: ${usage}. Queues: ${known.join(', ')}`)
  for (const name of names) {
    if (known.includes(name)) continue
    const near = nearest(name, known)
    const hint = near === undefined ? '' : ` Did you mean "${near}"?`
    throw new ConfigError(`There is no queue "${name}".${hint} ${usage}. Queues: ${known.join(', ')}`)
  }
  return names
}
