import type { ClarityElement } from './element.ts'

/**
 * How free text gives an element away. A `plain` cue says it outright ("材料为铝合金") and counts in full; a `faint` one touches
 * on it ("合金") and counts half. A field of the listing always counts more than a reading of the text, because gates read
 * fields only: terms of trade have faint cues at best.
 */
export type Cues = { plain?: RegExp; faint?: RegExp }

const CLAUSE = '[^，。；！？,.;!?\\n]'
const UNITS =
  '%|‰|℃|°C|K|[μuµnmck]?m(?:[²³23])?(?:/[sh]|in)?|[kMGT]?Pa|[kmμµ]?g|t|[kMG]?W(?:h)?|[kmμµ]?[VA]h?|[kMG]?Hz|mL|L|dB|N|J|h|min|s|rpm|ppm|倍|小时|分钟|秒|毫米|微米|厘米|米|千克|公斤|克|吨|次|度'
/** Bounded, so that a text of 20,000 digits is read in linear time. */
const NUMBER = '\\d{1,12}(?:\\.\\d{1,12})?'
const AT_LEAST =
  '≥|≤|>=|<=|>|<|不低于|不高于|不超过|不少于|不小于|不大于|大于|小于|高于|低于|超过|达到|提高到|降低到|降至|控制在'

export const CUES: Readonly<Record<ClarityElement, Cues>> = {
  problem: {
    plain: pattern(`(?:问题|难题|痛点|瓶颈)(?:是|在于|为|:)${CLAUSE}{4,60}`),
    faint:
      /问题|难题|瓶颈|痛点|不足|缺陷|偏[高低大小]|过[高低大小慢快]|不稳定|不均|无法|难以|开裂|气孔|失效|亟需|急需/u,
  },
  object: { plain: pattern(`(?:产品|对象|部件|设备)(?:是|为|:)${CLAUSE}{2,40}`) },
  material: {
    plain: pattern(`(?:材料|材质|基材|原料|母材)(?:是|为|采用|选用|:)${CLAUSE}{1,40}`),
    faint:
      /[铝镁钛铜铁镍锌钢]合金|铸铁|不锈钢|钢板|陶瓷|树脂|塑料|橡胶|纤维|玻璃|石墨|硅片|薄膜|涂层|复合材料|正极材料|负极材料|电解液|稀土|聚[\p{Script=Han}]{1,3}[烯酯胺酸]/u,
  },
  method: {
    plain: pattern(`(?:采用|通过|利用|基于)${CLAUSE}{1,40}(?:工艺|方法|技术|算法|手段|路线|方案)`),
    faint:
      /压铸|焊接|热处理|注塑|冲压|锻造|切削|打磨|喷涂|电镀|催化|发酵|萃取|烧结|包覆|掺杂|仿真|视觉|传感|工艺|算法|路线/u,
  },
  efficacy: {
    plain: pattern(`(?:提高|提升|增强|延长|降低|减少|减轻|减重|缩短|节约|节省)${CLAUSE}{0,30}${NUMBER}`),
    faint: /提高|提升|增强|改善|改进|延长|降低|减少|减轻|减重|缩短|节约|节能|轻量化|国产化/u,
  },
  application: {
    plain: pattern(`(?:应用于|适用于|用于|面向|应用场景(?:是|为|:))${CLAUSE}{2,40}`),
    faint: /生产线|产线|车间|汽车|船舶|航空|医院|农田|养殖|储能|电站|矿山|港口|建筑|家电|机器人|半导体/u,
  },
  indicators: {
    plain: pattern(`(?:${AT_LEAST})\\s*${NUMBER}\\s*(?:${UNITS})|${NUMBER}\\s*(?:${UNITS})\\s*(?:以上|以下|以内)`),
    faint: pattern(`${NUMBER}\\s*(?:${UNITS})`),
  },
  budget: { faint: pattern(`(?:预算|投入|经费|资金|费用)${CLAUSE}{0,12}${NUMBER}\\s*[万亿]?元`) },
  deadline: { faint: /20\d\d\s*年(?:\s*\d{1,2}\s*月|底|前)?|\d{1,3}\s*个月[以之]?内|年底前|季度内/u },
  maturity: { faint: /TRL\s*\d|小试|中试|量产|样机|产业化|成熟技术|可直接应用/u },
  cooperation_modes: {
    faint: /合作开发|联合(?:研发|开发|攻关)|委托(?:开发|研发)|技术转让|专利转让|许可|作价入股|技术服务/u,
  },
}

/** Words of the domain that a text names for an element, in order and each once: what tells one listing from another. */
export function cueWords(element: ClarityElement, text: string): string[] {
  const { faint, plain } = CUES[element]
  const source = (faint ?? plain)?.source
  if (source === undefined) return []
  return [...new Set(text.normalize('NFKC').match(new RegExp(source, 'gu')) ?? [])]
}

function pattern(source: string): RegExp {
  return new RegExp(source, 'u')
}
