import { both, type Kind, urgent, usual } from './kind.ts'

/** Enquiries, quotes, finance applications and auctions. */
export const tradeKinds = {
  'enquiry.received': {
    ...usual,
    title: both('您收到一条询盘', 'You received an enquiry'),
    body: both('有人就“{listingTitle}”询盘。', 'Somebody enquires about “{listingTitle}”.'),
    subject: both('询盘：{listingTitle}', 'Enquiry: {listingTitle}'),
  },
  'enquiry.answered': {
    ...usual,
    title: both('询盘已有结果', 'An enquiry has come to a result'),
    body: both('就“{listingTitle}”的询盘：{answer}。', 'The enquiry about “{listingTitle}”: {answer}.'),
    subject: both('询盘答复：{listingTitle}', 'Enquiry answered: {listingTitle}'),
  },
  'quote.received': {
    ...usual,
    title: both('您收到一份报价', 'You received a quote'),
    body: both('就“{listingTitle}”有一份新的报价。', 'There is a new quote for “{listingTitle}”.'),
    subject: both('报价：{listingTitle}', 'Quote: {listingTitle}'),
  },
  'application.stage_changed': {
    ...usual,
    title: both('您的申请有新进展', 'Your application has moved on'),
    body: both('对“{productTitle}”的申请：{stage}。', 'Your application for “{productTitle}”: {stage}.'),
    subject: both('申请进展：{productTitle}', 'Application: {productTitle}'),
  },
  'auction.outbid': {
    ...urgent,
    title: both('您的出价已被超过', 'You have been outbid'),
    body: both(
      '“{lotTitle}”有了更高的出价；竞价于 {endsAt} 结束。',
      'There is a higher bid for “{lotTitle}”; bidding ends at {endsAt}.',
    ),
    subject: both('出价被超过：{lotTitle}', 'Outbid: {lotTitle}'),
  },
  'auction.extended': {
    ...urgent,
    title: both('竞价已延时', 'The auction was extended'),
    body: both('“{lotTitle}”的竞价延至 {endsAt}。', 'Bidding for “{lotTitle}” now ends at {endsAt}.'),
    subject: both('竞价延时：{lotTitle}', 'Extended: {lotTitle}'),
  },
  'auction.won': {
    ...urgent,
    title: both('您已竞得', 'You won the auction'),
    body: both('您竞得“{lotTitle}”。请在 {answerBy} 之前确认。', 'You won “{lotTitle}”. Please confirm by {answerBy}.'),
    subject: both('竞得：{lotTitle}', 'Won: {lotTitle}'),
  },
  'auction.closed': {
    ...usual,
    title: both('竞价已结束', 'The auction has closed'),
    body: both('“{lotTitle}”的竞价已结束。', 'Bidding for “{lotTitle}” has closed.'),
    subject: both('竞价结束：{lotTitle}', 'Closed: {lotTitle}'),
  },
} as const satisfies Record<string, Kind>
