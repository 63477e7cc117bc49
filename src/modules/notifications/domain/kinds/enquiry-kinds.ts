import { both, type Kind, usual } from './kind.ts'

/** Enquiries and quotes; they show the title of the listing. */
export const enquiryKinds = {
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
} as const satisfies Record<string, Kind>
