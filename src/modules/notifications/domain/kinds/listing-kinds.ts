import { both, casual, type Kind, usual } from './kind.ts'

/** What becomes of a listing. */
export const listingKinds = {
  'listing.published': {
    ...casual,
    title: both('您的{listingKind}已发布', 'Your {listingKind} is published'),
    body: both(
      '“{listingTitle}”已在平台发布，并开始自动匹配。请至少每 90 天确认一次信息仍然有效。',
      '“{listingTitle}” is on the market and is being matched. Please confirm at least every 90 days that it still holds.',
    ),
    subject: both('已发布：{listingTitle}', 'Published: {listingTitle}'),
  },
  'listing.returned': {
    ...usual,
    title: both('您的{listingKind}被退回', 'Your {listingKind} was returned'),
    body: both(
      '“{listingTitle}”被退回，原因：{reasons}。修改后可重新提交。',
      '“{listingTitle}” was returned: {reasons}. Change it and submit it again.',
    ),
    subject: both('被退回：{listingTitle}', 'Returned: {listingTitle}'),
  },
  'listing.expiring': {
    ...usual,
    title: both('您的{listingKind}即将到期', 'Your {listingKind} is about to expire'),
    body: both(
      '“{listingTitle}”将于 {expiresOn} 到期并下架。仍然有效的话，请确认并延长。',
      '“{listingTitle}” expires on {expiresOn} and then leaves the market. If it still holds, confirm and extend it.',
    ),
    subject: both('即将到期：{listingTitle}', 'Expires soon: {listingTitle}'),
  },
  'listing.unconfirmed': {
    ...usual,
    title: both('请确认您的{listingKind}是否仍然有效', 'Does your {listingKind} still hold?'),
    body: both(
      '“{listingTitle}”自 {confirmedOn} 起未再确认，现为黄码，排序靠后。一次确认即可恢复并延长有效期。',
      '“{listingTitle}” was last confirmed on {confirmedOn}; it is marked yellow and ranked lower. One call confirms and extends it.',
    ),
    subject: both('请确认：{listingTitle}', 'Please confirm: {listingTitle}'),
  },
  'listing.expired': {
    ...usual,
    title: both('您的{listingKind}已到期下架', 'Your {listingKind} has expired'),
    body: both(
      '“{listingTitle}”已过有效期，不再展示和匹配。',
      '“{listingTitle}” is past its validity and is no longer shown or matched.',
    ),
    subject: both('已到期：{listingTitle}', 'Expired: {listingTitle}'),
  },
  'listing.trust_red': {
    ...usual,
    title: both('您的{listingKind}被标为红码', 'Your {listingKind} is marked red'),
    body: both(
      '“{listingTitle}”的信用码变为红码，原因：{trustReasons}。改正之前不再展示。',
      '“{listingTitle}” has turned red: {trustReasons}. It is not shown until that is put right.',
    ),
    subject: both('红码：{listingTitle}', 'Marked red: {listingTitle}'),
  },
} as const satisfies Record<string, Kind>

/** What their texts show. */
export type ListingParams = {
  listingTitle?: string
  listingKind?: 'supply' | 'demand' | 'finance_product'
  /** Codes of /v1/taxonomies/reason-codes. */
  reasons?: string[]
  /** Why the trust code is red. */
  trustReasons?: readonly string[]
  /** Calendar days in China, YYYY-MM-DD. */
  expiresOn?: string
  confirmedOn?: string
}
