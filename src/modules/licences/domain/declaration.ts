import type { LicenceFee } from './fee.ts'

/** A right as its owner declares it with the supply. */
export type DeclaredRight = {
  type: string
  number?: string | undefined
  legalState: string
  expiresOn?: string | undefined
  coOwners?: string[] | undefined
  encumbrances?: string[] | undefined
}

export type Declaration = {
  fee: LicenceFee
  validTo: string
  /** Names of co-owners who agreed. */
  coOwnerConsents: readonly string[]
  hasPledgeeConsent: boolean
  /** Day until which the annual fees are paid. */
  annuityPaidUntil: string | undefined
  /** Of the patent evaluation report (专利权评价报告). */
  evaluation: { isPositive: boolean } | undefined
}

export type Issue = { code: string; message: string }

const patents = ['invention', 'utility_model', 'design']

/**
 * Why a patent may not be licensed openly (Patent Law, articles 50–52; Implementing Regulations of 2024-01-20, rules 85–88);
 * none when it may.
 */
export function declarationFaults(right: DeclaredRight, declaration: Declaration, today: string): Issue[] {
  const { coOwners = [], encumbrances = [], expiresOn } = right
  const { coOwnerConsents, evaluation, hasPledgeeConsent, annuityPaidUntil } = declaration
  const missing = coOwners.filter((name) => !coOwnerConsents.includes(name))
  const needsReport = right.type === 'utility_model' || right.type === 'design'
  const checks: [boolean, Issue][] = [
    [patents.includes(right.type), issue('not_a_patent', 'only a patent can be licensed openly')],
    [right.legalState === 'granted', issue('not_granted', 'the patent must be granted')],
    [expiresOn === undefined || expiresOn > today, issue('expired', 'the patent has ended')],
    [
      annuityPaidUntil === undefined || annuityPaidUntil >= today,
      issue('annuity_unpaid', 'the annual fee is not paid'),
    ],
    [missing.length === 0, issue('consent_missing', `co-owners who have not consented: ${missing.join('、')}`)],
    [
      !needsReport || evaluation?.isPositive === true,
      issue('evaluation_missing', 'a utility model or design needs an evaluation report with a positive conclusion'),
    ],
    [
      !encumbrances.includes('exclusive_licence'),
      issue('exclusive_licence', 'an exclusive or sole licence is in force'),
    ],
    [!encumbrances.includes('dispute'), issue('dispute', 'its ownership is in dispute or under preservation')],
    [
      !encumbrances.includes('pledge') || hasPledgeeConsent,
      issue('pledge', 'it is pledged, and the pledgee must consent'),
    ],
  ]
  return checks.flatMap(([isMet, fault]) => (isMet ? [] : [fault]))
}

/** 20 million yuan, of the CNIPA's guide to fees of open licences. */
const usualFixedFen = 2_000_000_000
const usualPercent = { net_sales: 20, profit: 40 }

/** What is unusual, by the CNIPA's guide: told, not refused. */
export function declarationWarnings(right: DeclaredRight, declaration: Declaration): Issue[] {
  const { fee, validTo, annuityPaidUntil } = declaration
  const { amountFen = 0, royaltyPercent = 0, royaltyBase } = fee
  const cap = royaltyBase === undefined ? 100 : usualPercent[royaltyBase]
  return [
    ...(annuityPaidUntil === undefined ? [issue('annuity_not_stated', '未说明年费缴纳情况')] : []),
    ...(amountFen > usualFixedFen ? [issue('fixed_fee_high', '一次性许可费一般不超过 2000 万元')] : []),
    ...(royaltyPercent > cap ? [issue('royalty_high', `提成比例一般不超过${cap}%`)] : []),
    ...(right.expiresOn !== undefined && validTo > right.expiresOn
      ? [issue('beyond_term', `许可期限超过专利权期限（${right.expiresOn}）`)]
      : []),
  ]
}

function issue(code: string, message: string): Issue {
  return { code, message }
}
