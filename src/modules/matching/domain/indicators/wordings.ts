/** Each row is one property in its usual wordings; the first one stands for all. */
const SYNONYMS: readonly (readonly string[])[] = [
  ['耐温', '使用温度', '工作温度', '耐热温度', '耐受温度', '耐高温', '服役温度', '运行温度', '耐热'],
  ['精度', '误差', '偏差', '准确度'],
  ['寿命', '使用寿命', '工作寿命', '服役寿命', '循环寿命', '循环次数'],
  ['破损率', '损坏率', '破碎率'],
  ['良品率', '良率', '合格率', '成品率'],
  ['泄漏量', '泄漏率', '漏率', '泄露量'],
  ['响应时间', '响应延迟', '响应延时', '时延', '延时', '延迟'],
  ['能量密度', '比能量'],
  ['抗拉强度', '拉伸强度'],
  ['抗弯强度', '弯曲强度'],
  ['抗压强度', '压缩强度'],
  ['导热系数', '热导率', '导热率'],
  ['噪声', '噪音', '声压级'],
  ['识别率', '识别准确率', '识别精度'],
  ['检出率', '检测率'],
  ['去除率', '脱除率', '去除效率', '脱除效率'],
  ['转化率', '转换率', '转换效率', '转化效率'],
  ['粒径', '粒度', '颗粒尺寸'],
  ['重量', '质量', '自重'],
  ['价格', '成本', '单价', '造价'],
  ['能耗', '耗能', '耗电量', '电耗', '用电量'],
]

/** Short and still telling: 寿命 at the end of a longer name is the property itself, 强度 is not. */
export const KEYS: ReadonlySet<string> = new Set(SYNONYMS.map(([key = '']) => key))

/** The key of every wording, longest wording first so that 使用寿命 is not read as 寿命 with something before it. */
export const WORDINGS = SYNONYMS.flatMap((row) => row.map((wording) => ({ wording, key: row[0] ?? wording }))).sort(
  (a, b) => b.wording.length - a.wording.length,
)

/**
 * Names with different members of one group are written nearly alike and mean two things: 抗拉强度 and 抗压强度 share
 * three characters of four.
 */
export const OPPOSITES: readonly (readonly string[])[] = [
  ['拉', '压', '弯', '剪', '屈服', '冲击', '撕裂', '剥离', '疲劳'],
  ['长度', '宽度', '高度', '厚', '直径', '深度'],
  ['输入', '输出'],
  ['充电', '放电'],
  ['最高', '最低'],
  ['上限', '下限'],
  ['吸附', '脱附'],
  ['横向', '纵向'],
]
