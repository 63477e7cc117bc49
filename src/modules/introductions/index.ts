export { type IntroductionState, introductionStates, isMutual, type Side } from './domain/introduction.ts'
export {
  introductionAccepted,
  introductionAnswered,
  introductionBrokerReplaced,
  introductionChased,
  introductionClosed,
  introductionDeclined,
  introductionMeetingChanged,
  introductionMessagePosted,
  introductionNdaSigned,
  introductionOpened,
} from './events.ts'
export { findMutualOfPair, getIntroduction, type Introduction, lockIntroduction } from './introduction-repo.ts'
export { type Relation, relationTo } from './policy.ts'
