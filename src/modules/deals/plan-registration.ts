import { impossible } from '../../kernel/assert.ts'
import { AppError } from '../../kernel/errors.ts'
import { assertAmounts } from './assert-amounts.ts'
import { classifyDeal } from './classify-deal.ts'
import type { Deal, DealChange } from './deal-repo.ts'
import type { Registration } from './domain/steps.ts'

/**
 * What the office certified. Its amounts keep the order and stay within the signed ones; what the rules of the day of signing
 * exclude cannot have been registered. @throws CONTRACT_NOT_REGISTRABLE, AMOUNTS_OUT_OF_ORDER
 */
export function planRegistration(deal: Deal, certified: Registration): DealChange {
  const classification = classifyDeal(deal, deal.signing?.signedOn ?? impossible('a signed deal has its signing'))
  if (classification?.outcome === 'excluded') {
    const { ruleVersion, grounds } = classification
    throw new AppError('CONTRACT_NOT_REGISTRABLE', 'The rules exclude contracts of this kind from registration.', {
      details: { ruleVersion, grounds: grounds.map(({ trait, zh }) => ({ trait, zh })) },
    })
  }
  const { certificateNo, registrar, registeredOn } = certified
  const { contractAmountFen, technologyAmountFen, technologyIncomeFen } = certified
  const amounts = { contractAmountFen, technologyAmountFen, technologyIncomeFen }
  assertAmounts({ ...amounts, payments: [] })
  assertWithin(deal, contractAmountFen)
  return { registration: { certificateNo, registrar, registeredOn, ...amounts } }
}

function assertWithin({ contractAmountFen }: Deal, registeredFen: number): void {
  if (contractAmountFen === null || registeredFen <= contractAmountFen) return
  const message = `must not be greater than the signed amount, ${contractAmountFen}`
  const error = { location: 'body' as const, pointer: '#/contractAmountFen', code: 'amount_out_of_order', message }
  throw new AppError('AMOUNTS_OUT_OF_ORDER', 'No more is registered than was signed.', { errors: [error] })
}
