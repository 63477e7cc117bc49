import type { StateMachine } from '../../../kernel/state-machine.ts'

export const redemptionStates = ['claimed', 'confirmed', 'paid', 'refused'] as const
export type RedemptionState = (typeof redemptionStates)[number]
export const redemptionActions = ['confirm', 'pay', 'refuse'] as const
export type RedemptionAction = (typeof redemptionActions)[number]

/** 申报 → 审核 → 兑付, or refused on the way; every step is the desk's. */
export const redemptionLifecycle: StateMachine<RedemptionState, RedemptionAction> = {
  claimed: { confirm: 'confirmed', refuse: 'refused' },
  confirmed: { pay: 'paid', refuse: 'refused' },
  paid: {},
  refused: {},
}

/** For people. */
export const redemptionStateNames: Record<RedemptionState, { zh: string; en: string }> = {
  claimed: { zh: '已申报', en: 'claimed' },
  confirmed: { zh: '审核通过', en: 'confirmed' },
  paid: { zh: '已兑付', en: 'paid' },
  refused: { zh: '未通过', en: 'refused' },
}
