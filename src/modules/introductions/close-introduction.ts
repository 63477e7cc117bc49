import type { Tx } from '../../db/tx.ts'
import { move } from '../../kernel/state-machine.ts'
import { appendEvents } from '../../outbox/append.ts'
import { endDisclosure } from '../listings/index.ts'
import { type Ender, introductionMachine, isMutual } from './domain/introduction.ts'
import { factOf, introductionClosed } from './events.ts'
import { type Introduction, updateIntroduction } from './introduction-repo.ts'

type End = { action: 'lapse' | 'withdraw' | 'end'; endedBy: Ender; reasonCode: string; note?: Buffer | null; now: Date }

/** Ends an introduction that the caller holds locked, with the rights to read that rested on it, and announces it. @throws TRANSITION_NOT_ALLOWED */
export async function closeIntroduction(tx: Tx, before: Introduction, end: End): Promise<Introduction> {
  const { action, endedBy, reasonCode, note = null, now } = end
  const state = move(introductionMachine, before.state, action)
  const after = await updateIntroduction(tx, before.id, {
    ...{ state, endedBy, endedAt: now, reasonCode, note, updatedAt: now },
  })
  if (isMutual(before)) await endDisclosure(tx, before.id, now)
  const fact = { ...factOf(after), endedBy, reasonCode, wasAccepted: isMutual(before) }
  await appendEvents(tx, [introductionClosed(fact, now)])
  return after
}
