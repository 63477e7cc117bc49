export const feeForms = ['free', 'one_off', 'running', 'entry_and_running'] as const
export type FeeForm = (typeof feeForms)[number]

export const royaltyBases = ['net_sales', 'profit'] as const

/** What everybody pays. `royaltyPercent` is of the base. */
export type LicenceFee = {
  form: FeeForm
  amountFen?: number | undefined
  royaltyPercent?: number | undefined
  royaltyBase?: (typeof royaltyBases)[number] | undefined
}

/** What is due at the acceptance; royalties follow from what the licensee sells. */
export function dueAtOnceFen({ form, amountFen = 0 }: LicenceFee): number {
  return form === 'one_off' || form === 'entry_and_running' ? amountFen : 0
}

/** What a fee lacks or has too much; undefined when it is whole. */
export function feeFault({ form, amountFen, royaltyPercent, royaltyBase }: LicenceFee): string | undefined {
  const needsAmount = form === 'one_off' || form === 'entry_and_running'
  const needsRoyalty = form === 'running' || form === 'entry_and_running'
  if (needsAmount !== (amountFen !== undefined)) return `${form} ${needsAmount ? 'needs' : 'has no'} amountFen`
  const hasRoyalty = royaltyPercent !== undefined && royaltyBase !== undefined
  const hasHalf = (royaltyPercent === undefined) !== (royaltyBase === undefined)
  if (hasHalf || needsRoyalty !== hasRoyalty) {
    return `${form} ${needsRoyalty ? 'needs' : 'has no'} royaltyPercent and royaltyBase`
  }
  return undefined
}
