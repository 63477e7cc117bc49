import type { Stage } from './lifecycle.ts'

/** For people. */
export const stageNames: Record<Stage, { zh: string; en: string }> = {
  pre_checked: { zh: '已预审', en: 'pre-checked' },
  submitted: { zh: '已申报', en: 'submitted' },
  accepted: { zh: '已受理', en: 'accepted' },
  due_diligence: { zh: '尽职调查中', en: 'in due diligence' },
  approved: { zh: '已获批授信', en: 'approved' },
  declined: { zh: '未通过', en: 'declined' },
  withdrawn: { zh: '已撤回', en: 'withdrawn' },
  guaranteed: { zh: '已落实担保', en: 'guaranteed' },
  drawn: { zh: '已提款', en: 'drawn' },
  repaying: { zh: '还款中', en: 'repaying' },
  settled: { zh: '已结清', en: 'settled' },
  overdue: { zh: '逾期', en: 'overdue' },
  compensated: { zh: '已代偿', en: 'compensated' },
}
