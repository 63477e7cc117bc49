export { declareEvidence } from './declare-evidence.ts'
export { readFacts } from './facts-view.ts'
export { readSubject, type Subject } from './policy.ts'
export { verifyEvidence } from './verify-evidence.ts'
