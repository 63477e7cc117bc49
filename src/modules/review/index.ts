export { type Decision, decisions, type ReviewState, reviewStates } from './domain/review-item.ts'
export { matchApproved, matchRejected, reviewItemOpened, reviewItemRead, reviewItemsOverdue } from './events.ts'
export { readOverdue } from './overdue-repo.ts'
