import { both, type Kind, usual } from './kind.ts'

/** A match that a broker approved. */
export const matchKinds = {
  'match.approved.demand': {
    ...usual,
    title: both('技术经纪人为您的需求确认了一项匹配', 'A broker approved a match for your demand'),
    body: both(
      '需求“{demandTitle}”与供给“{supplyTitle}”经技术经纪人确认匹配。接下来会询问双方是否愿意对接；双方都同意之后才互见联系方式。',
      'A broker finds that the supply “{supplyTitle}” fits your demand “{demandTitle}”. Next, both sides are asked whether they want to meet; contact data is shown only after both have accepted.',
    ),
    subject: both('新的匹配：{demandTitle}', 'New match: {demandTitle}'),
  },
  'match.approved.supply': {
    ...usual,
    title: both('技术经纪人为您的成果确认了一项匹配', 'A broker approved a match for your supply'),
    body: both(
      '供给“{supplyTitle}”与需求“{demandTitle}”经技术经纪人确认匹配。接下来会询问双方是否愿意对接；双方都同意之后才互见联系方式。',
      'A broker finds that your supply “{supplyTitle}” fits the demand “{demandTitle}”. Next, both sides are asked whether they want to meet; contact data is shown only after both have accepted.',
    ),
    subject: both('新的匹配：{supplyTitle}', 'New match: {supplyTitle}'),
  },
} as const satisfies Record<string, Kind>

/** What their texts show. */
export type MatchParams = {
  demandTitle?: string
  supplyTitle?: string
}
