import { both, type Kind, urgent, usual } from './kind.ts'

/** What bidders have to know of a lot. */
export const auctionKinds = {
  'auction.outbid': {
    ...urgent,
    title: both('您的出价已被超过', 'You have been outbid'),
    body: both(
      '“{lotTitle}”有了更高的出价；竞价于 {endsAt} 结束。',
      'There is a higher bid for “{lotTitle}”; bidding ends at {endsAt} (China time).',
    ),
    subject: both('出价被超过：{lotTitle}', 'Outbid: {lotTitle}'),
  },
  'auction.extended': {
    ...urgent,
    title: both('竞价已延时', 'The auction was extended'),
    body: both('“{lotTitle}”的竞价延至 {endsAt}。', 'Bidding for “{lotTitle}” now ends at {endsAt} (China time).'),
    subject: both('竞价延时：{lotTitle}', 'Extended: {lotTitle}'),
  },
  'auction.won': {
    ...urgent,
    title: both('您已竞得', 'You won the auction'),
    body: both('您竞得“{lotTitle}”。请在 {answerBy} 之前确认。', 'You won “{lotTitle}”. Please confirm by {answerBy}.'),
    subject: both('竞得：{lotTitle}', 'Won: {lotTitle}'),
  },
  'auction.offered': {
    ...urgent,
    title: both('竞得人违约，标的可由您受让', 'The winner defaulted; the lot is offered to you'),
    body: both(
      '“{lotTitle}”的竞得人未履约，您可按自己的最高出价受让。请在 {answerBy} 之前答复。',
      'The winner of “{lotTitle}” defaulted. You may take it at your own highest bid; please answer by {answerBy}.',
    ),
    subject: both('标的可受让：{lotTitle}', 'Offered to you: {lotTitle}'),
  },
  'auction.closed': {
    ...usual,
    title: both('竞价已结束', 'The auction has closed'),
    body: both('“{lotTitle}”的竞价已结束。', 'Bidding for “{lotTitle}” has closed.'),
    subject: both('竞价结束：{lotTitle}', 'Closed: {lotTitle}'),
  },
} as const satisfies Record<string, Kind>

/** What their texts show. */
export type AuctionParams = {
  lotTitle?: string
  /** ISO 8601; shown in China's time. */
  endsAt?: string
}
