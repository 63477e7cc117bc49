import { armFaultPoints, type FaultPoint } from '../../src/kernel/fault-points.ts'

/** To a process that may be killed: die at the so many-th passing of a point from now on, live, or tell what was passed. */
export type FaultOrder = { dieAt: FaultPoint; pass: number } | 'live' | 'tell'
/** How often each point was passed since the process began. */
export type Passes = Partial<Record<FaultPoint, number>>

/** Makes a process kill itself with SIGKILL when its parent orders so. */
export function obeyFaultOrders(): void {
  const passed: Passes = {}
  let wanted: { dieAt: FaultPoint; left: number } | undefined
  armFaultPoints((point) => {
    passed[point] = (passed[point] ?? 0) + 1
    if (wanted?.dieAt !== point) return
    wanted.left -= 1
    if (wanted.left === 0) process.kill(process.pid, 'SIGKILL')
  })
  process.on('message', (order: FaultOrder) => {
    if (order === 'tell') process.send?.({ passed })
    else wanted = order === 'live' ? undefined : { dieAt: order.dieAt, left: order.pass }
  })
  process.on('disconnect', () => process.exit(0))
}
