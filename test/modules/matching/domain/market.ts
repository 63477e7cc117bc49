import { prepare } from '../../../../src/modules/matching/domain/prepare.ts'
import { trainTextModel } from '../../../../src/modules/matching/domain/text-model.ts'
import { silent } from '../../../../src/modules/matching/domain/titles/title-traits.ts'
import type { Facts } from '../../../../src/modules/matching/domain/types.ts'
import { tokenizeForIndex } from '../../../../src/text/tokenize.ts'

/** The words of a text as facts of a stored listing have them. */
export const wordsOf = (text: string) => [...new Set(tokenizeForIndex(text))]

/** A market of full titles as organisations write them, wide enough that most pairs are unrelated. */
export const TITLES = [
  '高镍三元锂离子电池正极材料制备技术',
  '一种磷酸铁锂正极材料及其制备方法',
  '硅碳负极材料的规模化制备',
  '动力电池热管理系统设计',
  '废旧锂电池有价金属回收工艺',
  '高强度铝合金压铸件成形技术',
  '铝合金搅拌摩擦焊接装备',
  '激光焊接过程在线质量监测系统',
  '镁合金表面微弧氧化处理技术',
  '耐高温锆刚玉耐火材料的制备',
  '印染废水深度处理与回用技术',
  '电镀废水重金属离子吸附材料',
  '生活污水一体化处理设备',
  '膜生物反应器处理高浓度有机废水',
  '烟气脱硫脱硝一体化技术',
  '基于机器视觉的钢板表面缺陷检测系统',
  '布匹瑕疵智能检测算法与装置',
  '工业机器人柔性打磨系统',
  '数控机床主轴热误差补偿方法',
  '精密滚珠丝杠加工工艺',
  '玉米秸秆制备生物质颗粒燃料',
  '水稻病虫害智能识别系统',
  '设施蔬菜水肥一体化灌溉技术',
  '大黄鱼深远海养殖网箱装备',
  '中药材有效成分超临界萃取工艺',
  '抗肿瘤靶向药物的合成方法',
  '新型疫苗佐剂及其应用',
  '心电信号可穿戴监测设备',
  '医用可降解镁合金骨钉',
  '橡胶密封件耐油老化性能提升',
  '聚乳酸可降解包装薄膜',
  '高阻隔食品包装材料制备技术',
  '光伏组件清洗机器人',
  '风力发电机叶片损伤监测',
  '永磁同步电机无传感器控制技术',
  '新能源汽车驱动电机控制器',
  '注塑模具随形冷却设计',
  '塑料注塑件翘曲变形控制技术',
  '港口集装箱自动导引车调度系统',
  '城市供水管网漏损监测方法',
] as const

export const textModel = trainTextModel(TITLES, { dimensions: 160, seed: 7 })

export function aListing(facts: Partial<Facts> & Pick<Facts, 'kind'>): Facts {
  return {
    ...silent,
    id: `${facts.kind}-1`,
    orgId: `org-${facts.kind}`,
    market: 'ningbo',
    words: wordsOf(`${facts.title ?? ''}\n${facts.body ?? ''}`),
    ...facts,
  }
}

export const aDemand = (facts: Partial<Facts> = {}) => aListing({ ...facts, kind: 'demand' })
export const aSupply = (facts: Partial<Facts> = {}) => aListing({ ...facts, kind: 'supply' })
export const preparedDemand = (facts: Partial<Facts>) => prepare(aDemand(facts), textModel)
export const preparedSupply = (facts: Partial<Facts>) => prepare(aSupply(facts), textModel)
