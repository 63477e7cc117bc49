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
    title: both('您的询盘已有答复', 'Your enquiry was answered'),
    body: both('您就“{listingTitle}”的询盘已有答复。', 'Your enquiry about “{listingTitle}” was answered.'),
    subject: both('询盘答复：{listingTitle}', 'Enquiry answered: {listingTitle}'),
  },
  'quote.received': {
    ...usual,
    title: both('您收到一份报价', 'You received a quote'),
    body: both('就“{listingTitle}”有一份新的报价。', 'There is a new quote for “{listingTitle}”.'),
    subject: both('报价：{listingTitle}', 'Quote: {listingTitle}'),
  },
} as const satisfies Record<string, Kind>
