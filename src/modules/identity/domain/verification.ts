import { move, type StateMachine } from '../../../kernel/state-machine.ts'

export const verifications = ['unverified', 'pending', 'verified', 'rejected', 'suspended'] as const
export type Verification = (typeof verifications)[number]

export const verificationDecisions = ['verify', 'reject', 'suspend', 'reinstate'] as const
export type VerificationDecision = (typeof verificationDecisions)[number]

const machine: StateMachine<Verification, VerificationDecision> = {
  unverified: { verify: 'verified', reject: 'rejected', suspend: 'suspended' },
  pending: { verify: 'verified', reject: 'rejected', suspend: 'suspended' },
  verified: { suspend: 'suspended' },
  rejected: { verify: 'verified', suspend: 'suspended' },
  suspended: { reinstate: 'pending' },
}

type Verified = { verification: Verification; verifiedAt: Date | null }

/**
 * The state after an operator's decision. Reinstating gives back what the suspension took: an organisation that had been
 * verified is so again, any other waits for its verification. @throws TRANSITION_NOT_ALLOWED (409).
 */
export function decideVerification(from: Verified, decision: VerificationDecision, now: Date): Verified {
  const verification = move(machine, from.verification, decision)
  if (decision === 'verify') return { verification, verifiedAt: now }
  if (decision === 'reject') return { verification, verifiedAt: null }
  if (decision === 'reinstate' && from.verifiedAt !== null) return { ...from, verification: 'verified' }
  return { ...from, verification }
}

/**
 * The state after the organisation changed its own entry: what was verified was the name, so a new name waits again, and
 * any change by a rejected organisation asks for another look.
 */
export function verificationAfterEdit(from: Verified, hasNewName: boolean): Verified {
  const waitsAgain = from.verification === 'rejected' || (from.verification === 'verified' && hasNewName)
  return waitsAgain ? { verification: 'pending', verifiedAt: null } : from
}
