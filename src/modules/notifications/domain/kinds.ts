export type BilingualText = { zh: string; en: string }
type Template = { title: BilingualText; body: BilingualText }

/**
 * What users are told, as data: `{name}` stands for a variable that the fan-out provides. Titles of listings are their
 * public teasers; contact data and confidential text have no variable here, so that no text can carry them.
 */
export const kinds = {
  'match.approved.demand': {
    title: { zh: '技术经纪人为您的需求确认了一项匹配', en: 'A broker approved a match for your demand' },
    body: {
      zh: '需求“{demandTitle}”与供给“{supplyTitle}”经技术经纪人确认匹配。接下来会询问双方是否愿意对接；双方都同意之后才互见联系方式。',
      en: 'A broker finds that the supply “{supplyTitle}” fits your demand “{demandTitle}”. Next, both sides are asked whether they want to meet; contact data is shown only after both have accepted.',
    },
  },
  'match.approved.supply': {
    title: { zh: '技术经纪人为您的成果确认了一项匹配', en: 'A broker approved a match for your supply' },
    body: {
      zh: '供给“{supplyTitle}”与需求“{demandTitle}”经技术经纪人确认匹配。接下来会询问双方是否愿意对接；双方都同意之后才互见联系方式。',
      en: 'A broker finds that your supply “{supplyTitle}” fits the demand “{demandTitle}”. Next, both sides are asked whether they want to meet; contact data is shown only after both have accepted.',
    },
  },
  'listing.published': {
    title: { zh: '您的{listingKind}已发布', en: 'Your {listingKind} is published' },
    body: {
      zh: '“{listingTitle}”已在平台发布，并开始自动匹配。请至少每 90 天确认一次信息仍然有效。',
      en: '“{listingTitle}” is on the market and is being matched. Please confirm at least every 90 days that it still holds.',
    },
  },
  'listing.returned': {
    title: { zh: '您的{listingKind}被退回', en: 'Your {listingKind} was returned' },
    body: {
      zh: '“{listingTitle}”被退回，原因：{reasons}。修改后可重新提交。',
      en: '“{listingTitle}” was returned: {reasons}. Change it and submit it again.',
    },
  },
  'organisation.verified': {
    title: { zh: '机构认证已通过', en: 'Your organisation is verified' },
    body: {
      zh: '“{organisationName}”已通过认证，今后提交的信息将按所在市场的规则发布。',
      en: '“{organisationName}” is verified; what you submit is published by the rules of your market.',
    },
  },
} as const satisfies Record<string, Template>

export type NotificationKind = keyof typeof kinds
export const notificationKinds = Object.keys(kinds) as NotificationKind[]
