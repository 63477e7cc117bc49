/** Whether a dependency is asked at all. Times are milliseconds of the clock that the caller holds. */
export type Circuit =
  | { state: 'closed'; failures: number }
  | { state: 'open'; retryAt: number }
  /** One caller is trying whether the dependency is back; `giveUpAt` frees the place when it never reports. */
  | { state: 'half_open'; giveUpAt: number }

export type CircuitLimits = {
  /** Failures in a row that open the circuit. */
  failuresToOpen: number
  /** How long nobody asks; also how long a probe may take. */
  coolDownMs: number
}

export const closedCircuit: Circuit = { state: 'closed', failures: 0 }

/** Takes a permission to ask, and the circuit as it is from then on; no permission while it rests or a probe is out. */
export function askCircuit(
  circuit: Circuit,
  now: number,
  { coolDownMs }: CircuitLimits,
): { mayAsk: boolean; circuit: Circuit } {
  if (circuit.state === 'closed') return { mayAsk: true, circuit }
  const freeAt = circuit.state === 'open' ? circuit.retryAt : circuit.giveUpAt
  if (now < freeAt) return { mayAsk: false, circuit }
  return { mayAsk: true, circuit: { state: 'half_open', giveUpAt: now + coolDownMs } }
}

export function afterSuccess(): Circuit {
  return closedCircuit
}

/** A failed probe opens the circuit again at once; late failures of calls from before do not make the rest longer. */
export function afterFailure(circuit: Circuit, now: number, { failuresToOpen, coolDownMs }: CircuitLimits): Circuit {
  if (circuit.state === 'open') return circuit
  if (circuit.state === 'half_open') return { state: 'open', retryAt: now + coolDownMs }
  const failures = circuit.failures + 1
  return failures < failuresToOpen ? { state: 'closed', failures } : { state: 'open', retryAt: now + coolDownMs }
}
