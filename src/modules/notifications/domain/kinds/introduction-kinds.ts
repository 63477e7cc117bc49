import { type BilingualText, both, type Kind, usual } from './kind.ts'

const pairOf = both('“{demandTitle}”与“{supplyTitle}”', '“{demandTitle}” and “{supplyTitle}”')

/** What the two sides of a match are asked and answer. They show the titles of the match. */
export const introductionKinds = {
  'introduction.asked': {
    ...usual,
    title: both('请答复是否愿意对接', 'Do you want to be introduced?'),
    body: both(
      `${pairOf.zh}：请在 {answerBy} 之前答复是否愿意对接。双方都同意之后才互见联系方式。`,
      `${pairOf.en}: please say by {answerBy} whether you want to be introduced. Contact data is shown only after both sides have accepted.`,
    ),
    subject: both('请答复对接意向：{demandTitle}', 'Please answer: {demandTitle}'),
  },
  'introduction.answered': {
    ...usual,
    title: both('对接邀请已有答复', 'The introduction was answered'),
    body: both(`${pairOf.zh}的对接：{answer}。`, `The introduction of ${pairOf.en}: {answer}.`),
    subject: both('对接答复：{demandTitle}', 'Introduction answered: {demandTitle}'),
  },
  'introduction.chased': {
    ...usual,
    title: both('提醒：请答复是否愿意对接', 'Reminder: do you want to be introduced?'),
    body: both(
      `${pairOf.zh}的对接仍在等您答复；{answerBy} 之后视为未答复而结束。`,
      `The introduction of ${pairOf.en} still waits for your answer; after {answerBy} it ends unanswered.`,
    ),
    subject: both('提醒：请答复对接意向 {demandTitle}', 'Reminder: please answer {demandTitle}'),
  },
  'introduction.broker_replaced': {
    ...usual,
    title: both('对接的技术经纪人已更换', 'Another broker looks after the introduction'),
    body: both(
      `${pairOf.zh}的对接已交由另一位技术经纪人负责，请登录查看。`,
      `Another broker looks after the introduction of ${pairOf.en} now; sign in to see who.`,
    ),
    subject: both('更换技术经纪人：{demandTitle}', 'Another broker: {demandTitle}'),
  },
  'introduction.message': {
    ...usual,
    title: both('对接有新消息', 'New message in an introduction'),
    body: both(
      `${pairOf.zh}的对接有新消息，请登录查看。`,
      `There is a new message about ${pairOf.en}; sign in to read it.`,
    ),
    subject: both('对接新消息：{demandTitle}', 'New message: {demandTitle}'),
  },
  'introduction.meeting': {
    ...usual,
    title: both('对接会面有变化', 'A meeting was proposed or changed'),
    body: both(
      `${pairOf.zh}的对接会面有新的提议、确认或取消，请登录查看。`,
      `A meeting about ${pairOf.en} was proposed, agreed or cancelled; sign in to see it.`,
    ),
    subject: both('对接会面：{demandTitle}', 'Meeting: {demandTitle}'),
  },
} as const satisfies Record<string, Kind>

/** What their texts show. */
export type IntroductionParams = {
  answer?: BilingualText
}
