import { describe, expect, it } from 'vitest'
import {
  decideVerification,
  type Verification,
  verificationAfterEdit,
  verificationDecisions,
  verifications,
} from '../../../../src/modules/identity/domain/verification.ts'

const before = new Date('2026-01-01T00:00:00Z')
const now = new Date('2026-03-02T00:00:00Z')

function outcome(verification: Verification, decision: (typeof verificationDecisions)[number]) {
  try {
    return decideVerification({ verification, verifiedAt: null }, decision, now).verification
  } catch (error) {
    return (error as { code: string }).code
  }
}

describe('decideVerification', () => {
  it('allows exactly these steps', () => {
    const table = verifications.map((from) => verificationDecisions.map((decision) => outcome(from, decision)))
    const no = 'TRANSITION_NOT_ALLOWED'
    expect(table).toEqual([
      ['verified', 'rejected', 'suspended', no],
      ['verified', 'rejected', 'suspended', no],
      [no, no, 'suspended', no],
      ['verified', no, 'suspended', no],
      [no, no, no, 'pending'],
    ])
  })

  it('gives a suspended organisation back what it had', () => {
    const suspended = decideVerification({ verification: 'verified', verifiedAt: before }, 'suspend', now)
    expect(suspended).toEqual({ verification: 'suspended', verifiedAt: before })
    expect(decideVerification(suspended, 'reinstate', now)).toEqual({ verification: 'verified', verifiedAt: before })
  })

  it('never makes a pending organisation verified by suspending and reinstating it', () => {
    const suspended = decideVerification({ verification: 'pending', verifiedAt: null }, 'suspend', now)
    expect(decideVerification(suspended, 'reinstate', now).verification).toBe('pending')
  })
})

describe('verificationAfterEdit', () => {
  it('takes the verification away with a new name only', () => {
    const verified = { verification: 'verified', verifiedAt: before } as const
    expect(verificationAfterEdit(verified, false)).toEqual(verified)
    expect(verificationAfterEdit(verified, true)).toEqual({ verification: 'pending', verifiedAt: null })
  })

  it('lets a rejected organisation ask again with any change', () => {
    const rejected = { verification: 'rejected', verifiedAt: null } as const
    expect(verificationAfterEdit(rejected, false).verification).toBe('pending')
  })
})
