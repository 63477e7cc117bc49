import type { ClarityElement } from './element.ts'

/** Region is no element, since "anywhere" is an answer; asking for it tells candidates apart all the same. */
export type ClarityTopic = ClarityElement | 'region'

/** What to ask the enterprise next, in words it can answer. */
export const clarityQuestions: Readonly<Record<ClarityTopic, { zh: string; en: string }>> = {
  problem: {
    zh: '目前遇到的具体问题是什么？在什么条件下出现，造成多大损失？',
    en: 'What exactly goes wrong today, under which conditions, and what does it cost you?',
  },
  object: {
    zh: '需要改进或制造的是什么产品或部件？',
    en: 'Which product or part is to be improved or made?',
  },
  material: {
    zh: '涉及哪些材料？有没有不能更换的材料？',
    en: 'Which materials are involved, and which of them cannot be replaced?',
  },
  method: {
    zh: '现在采用什么工艺或方法？希望或排除哪些技术路线？',
    en: 'Which process do you use now, and which technical routes do you want or rule out?',
  },
  efficacy: {
    zh: '希望达到什么效果？相比现状改善多少？',
    en: 'Which effect do you want, and how much better than today?',
  },
  application: {
    zh: '用在什么场景或哪条生产线？',
    en: 'Where will it be used: in which setting or production line?',
  },
  indicators: {
    zh: '验收时看哪些指标？请给出数值和单位，例如“抗拉强度 ≥ 280 MPa”。',
    en: 'Which figures decide acceptance? Give numbers and units, such as tensile strength ≥ 280 MPa.',
  },
  budget: { zh: '预算上限是多少？', en: 'What is the most you would pay?' },
  deadline: { zh: '最晚什么时候需要解决？', en: 'By which day do you need the solution?' },
  maturity: {
    zh: '需要多成熟的技术：实验室成果、中试，还是可以直接量产（TRL 1–9）？',
    en: 'How mature must the technology be, from the laboratory to mass production (TRL 1–9)?',
  },
  cooperation_modes: {
    zh: '希望以什么方式合作：委托开发、合作开发、许可、转让还是技术服务？',
    en: 'How would you cooperate: commissioned or joint development, licence, assignment, or service?',
  },
  region: {
    zh: '对技术来源地有没有要求，例如限本市或本省？',
    en: 'Must the technology come from a certain city or province?',
  },
}
