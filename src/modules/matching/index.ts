export { matchesProposed, matchesWithdrawn } from './events.ts'
export { findMatches, getMatch, type Match, markMatchDecided } from './match-repo.ts'
export { toMatchResponse } from './present.ts'
export { matchResponse } from './schemas.ts'
