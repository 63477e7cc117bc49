import { both, type Kind, usual } from './kind.ts'

/** Demands that are joined; they show the title of the oldest and how many there are. */
export const jointDemandKinds = {
  'joint_demand.invited': {
    ...usual,
    title: both('邀请您参加联合攻关', 'You are invited to a joint demand'),
    body: both(
      '与“{listingTitle}”相近的需求共 {demandCount} 项，建议联合揭榜、分担费用。请在 {answerBy} 前答复。',
      '{demandCount} demands are close to “{listingTitle}”; a joint challenge would share the cost. Please answer by {answerBy}.',
    ),
    subject: both('联合攻关邀请：{listingTitle}', 'Joint demand: {listingTitle}'),
  },
  'joint_demand.opened': {
    ...usual,
    title: both('联合攻关已成立', 'The joint demand is open'),
    body: both(
      '“{listingTitle}”的联合攻关已有足够单位同意，草稿由牵头单位提交。',
      'Enough members have agreed to “{listingTitle}”; the leading member has the draft and submits it.',
    ),
    subject: both('联合攻关成立：{listingTitle}', 'Joint demand open: {listingTitle}'),
  },
  'joint_demand.dropped': {
    ...usual,
    title: both('联合攻关未成立', 'The joint demand was dropped'),
    body: both(
      '“{listingTitle}”的联合攻关同意的单位不足，您自己的需求不受影响。',
      'Too few have agreed to “{listingTitle}”; your own demand stays as it is.',
    ),
    subject: both('联合攻关未成立：{listingTitle}', 'Joint demand dropped: {listingTitle}'),
  },
} as const satisfies Record<string, Kind>

/** What their texts show. */
export type JointDemandParams = { demandCount?: number }
