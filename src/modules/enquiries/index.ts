export { type EnquirySide, type EnquiryState, enquiryStates } from './domain/enquiry.ts'
export { type Enquiry, getEnquiry, listQuotesOf, type Quote } from './enquiry-repo.ts'
export { enquiryAccepted, enquiryEnded, enquiryOpened, quoteGiven } from './events.ts'
