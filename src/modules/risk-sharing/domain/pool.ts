import type { StateMachine } from '../../../kernel/state-machine.ts'
import { type Share, split } from './split.ts'

/** A fund covers enrolled enterprises one by one (风险补偿资金池); a batch, what a bank hands in together (总对总批量担保). */
export const poolKinds = ['fund', 'batch'] as const
export type PoolKind = (typeof poolKinds)[number]
export const poolStates = ['open', 'suspended', 'closed'] as const
export type PoolState = (typeof poolStates)[number]
export const poolActions = ['suspend', 'resume', 'close'] as const
export type PoolAction = (typeof poolActions)[number]

/** A suspended pool guarantees nothing new and still pays for what it guaranteed; a closed one is never opened again. */
export const poolLifecycle: StateMachine<PoolState, PoolAction> = {
  open: { suspend: 'suspended', close: 'closed' },
  suspended: { resume: 'open', close: 'closed' },
  closed: {},
}

/** The lender bears its share itself; all others pay theirs out of the pool. */
export const lender = 'bank'

export type PoolSums = {
  guaranteedFen: number
  cashFen: number
  compensatedFen: number
  recoveredFen: number
  /** The most that is ever paid, net of what came back, of all that was guaranteed (代偿上限). */
  capBasisPoints: number
}
export type Payable = { fen: number; boundBy: 'shares' | 'cap' | 'cash' }

/** What is left under the cap on compensations, in fen. At 0 the pool has stopped (熔断). */
export function roomUnderCap({ guaranteedFen, compensatedFen, recoveredFen, capBasisPoints }: PoolSums): number {
  const cap = Number((BigInt(guaranteedFen) * BigInt(capBasisPoints)) / 10_000n)
  return Math.max(0, cap - (compensatedFen - recoveredFen))
}

/** Whether net compensations have reached the cap: nothing new is guaranteed then. */
export function hasStopped(sums: PoolSums): boolean {
  return sums.compensatedFen > sums.recoveredFen && roomUnderCap(sums) === 0
}

/** The most that a pool pays of a loss: the shares of all but the lender, within the cap and its cash; and which bound it. */
export function payableOf(lossFen: number, shares: readonly Share[], sums: PoolSums): Payable {
  const own = split(lossFen, shares).find(({ party }) => party === lender)?.fen ?? 0
  const limits: Payable[] = [
    { fen: lossFen - own, boundBy: 'shares' },
    { fen: roomUnderCap(sums), boundBy: 'cap' },
    { fen: sums.cashFen, boundBy: 'cash' },
  ]
  return limits.reduce((least, limit) => (limit.fen < least.fen ? limit : least))
}
