export { type Decision, decisions, type ReviewState, reviewStates } from './domain/review-item.ts'
export { matchApproved, matchRejected, reviewItemOpened } from './events.ts'
