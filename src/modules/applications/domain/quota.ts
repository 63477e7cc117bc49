import type { Stage } from './lifecycle.ts'

type Claim = { stage: Stage; amountFen: number; lineFen: number | null; drawnFen: number }

const asked: readonly Stage[] = ['accepted', 'due_diligence']
const granted: readonly Stage[] = ['approved', 'guaranteed', 'drawn', 'repaying', 'overdue']
const over: readonly Stage[] = ['settled', 'compensated']

/**
 * What an application holds of its product's quota, in fen: what it asks for once the bank has taken it up, its line from
 * the approval on, and in the end what was drawn. Before, and after a refusal or withdrawal, nothing.
 */
export function quotaOf({ stage, amountFen, lineFen, drawnFen }: Claim): number {
  if (asked.includes(stage)) return amountFen
  if (granted.includes(stage)) return lineFen ?? 0
  return over.includes(stage) ? drawnFen : 0
}
