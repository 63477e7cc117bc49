import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  afterFailure,
  afterSuccess,
  askCircuit,
  type Circuit,
  closedCircuit,
} from '../../../src/adapters/search/circuit-breaker.ts'
import { testClock } from '../../support/clock.ts'

const limits = { failuresToOpen: 3, coolDownMs: 5_000 }
const clock = testClock()
const now = () => clock.now().getTime()

function failTimes(count: number): Circuit {
  let circuit = closedCircuit
  for (let index = 0; index < count; index += 1) circuit = afterFailure(circuit, now(), limits)
  return circuit
}

describe('the circuit', () => {
  it('stays closed while failures in a row are fewer than the limit', () => {
    expect(failTimes(2)).toEqual({ state: 'closed', failures: 2 })
    expect(askCircuit(failTimes(2), now(), limits).mayAsk).toBe(true)
    expect(afterFailure(afterSuccess(), now(), limits)).toEqual({ state: 'closed', failures: 1 })
  })

  it('opens at the limit and lets nobody ask until it has rested', () => {
    const open = failTimes(3)
    expect(open.state).toBe('open')
    expect(askCircuit(open, now(), limits).mayAsk).toBe(false)
    expect(askCircuit(open, now() + 4_999, limits).mayAsk).toBe(false)
    expect(askCircuit(open, now() + 5_000, limits).mayAsk).toBe(true)
  })

  it('sends one probe at a time after the rest', () => {
    const first = askCircuit(failTimes(3), now() + 5_000, limits)
    expect(first).toMatchObject({ mayAsk: true, circuit: { state: 'half_open' } })
    expect(askCircuit(first.circuit, now() + 5_001, limits).mayAsk).toBe(false)
    expect(askCircuit(first.circuit, now() + 10_000, limits).mayAsk).toBe(true)
  })

  it('closes after a probe that succeeds and rests again after one that fails', () => {
    const { circuit } = askCircuit(failTimes(3), now() + 5_000, limits)
    expect(afterSuccess()).toEqual(closedCircuit)
    expect(afterFailure(circuit, now() + 5_100, limits)).toEqual({ state: 'open', retryAt: now() + 10_100 })
  })

  it('does not rest longer for calls that fail late', () => {
    const open = failTimes(3)
    expect(afterFailure(open, now() + 4_000, limits)).toEqual(open)
  })

  it('never keeps everybody out for longer than one rest after the last failure', () => {
    const step = fc.record({ waitMs: fc.nat(6_000), isFailure: fc.boolean() })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let circuit = closedCircuit
        let time = 0
        for (const { waitMs, isFailure } of steps) {
          time += waitMs
          const asked = askCircuit(circuit, time, limits)
          circuit = asked.circuit
          if (asked.mayAsk) circuit = isFailure ? afterFailure(circuit, time, limits) : afterSuccess()
        }
        expect(askCircuit(circuit, time + limits.coolDownMs, limits).mayAsk).toBe(true)
      }),
    )
  })
})
