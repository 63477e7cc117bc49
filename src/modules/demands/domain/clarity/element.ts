/** What a demand has to say so that a stranger can tell whether a technology fits (DOMAIN §4.2 and the commercial terms). */
export const clarityElements = [
  'problem',
  'object',
  'material',
  'method',
  'efficacy',
  'application',
  'indicators',
  'budget',
  'deadline',
  'maturity',
  'cooperation_modes',
] as const
export type ClarityElement = (typeof clarityElements)[number]

/**
 * Points of 100. A problem in numbers decides most talks, so problem and indicators weigh most; method and material may
 * well be the supplier's to propose, so they weigh little. Set by hand.
 */
export const elementWeights: Readonly<Record<ClarityElement, number>> = {
  problem: 20,
  object: 10,
  material: 6,
  method: 6,
  efficacy: 8,
  application: 8,
  indicators: 16,
  budget: 10,
  deadline: 5,
  maturity: 6,
  cooperation_modes: 5,
}

/** Where the owner answers, as a JSON pointer into the listing without its leading `#/`. */
export const elementFields: Readonly<Record<ClarityElement, string>> = {
  problem: 'problem',
  object: 'elements/product',
  material: 'elements/material',
  method: 'elements/method',
  efficacy: 'elements/efficacy',
  application: 'elements/application',
  indicators: 'indicators',
  budget: 'budgetMaxFen',
  deadline: 'deadline',
  maturity: 'trlMin',
  cooperation_modes: 'cooperationModes',
}
