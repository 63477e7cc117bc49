/** Powers of base dimensions: `{ m: 1, s: -1 }` is a speed. A word of count (次) is a dimension of its own. */
export type Dimensions = Readonly<Record<string, number>>

export type Unit = {
  /** Times this, it is in base units. */
  factor: number
  /** Added after the factor; of temperature scales, when the unit stands alone. */
  offset?: number
  dimensions: Dimensions
  /** Only as part of a unit (转/分): alone it is a point in time or a mark. */
  isPartOnly?: boolean
}

const FORCE = { kg: 1, m: 1, s: -2 }
const PRESSURE = { kg: 1, m: -1, s: -2 }
const ENERGY = { kg: 1, m: 2, s: -2 }
const POWER = { kg: 1, m: 2, s: -3 }
const VOLTAGE = { kg: 1, m: 2, s: -3, A: -1 }
const RESISTANCE = { kg: 1, m: 2, s: -3, A: -2 }
const VOLUME = { m: 3 }

const PREFIXES: Readonly<Record<string, number>> = {
  ...{ p: 1e-12, n: 1e-9, μ: 1e-6, u: 1e-6, m: 1e-3, c: 1e-2, k: 1e3, K: 1e3, M: 1e6, G: 1e9, T: 1e12 },
  '': 1,
}

/** Symbol, the prefixes it takes (blank = itself), factor to base units, dimensions. */
const SYMBOLS: readonly (readonly [string, readonly string[], number, Dimensions])[] = [
  ['m', ['', 'n', 'μ', 'u', 'm', 'c', 'k'], 1, { m: 1 }],
  ['g', ['', 'n', 'μ', 'u', 'm', 'k'], 1e-3, { kg: 1 }],
  ['s', ['', 'n', 'μ', 'u', 'm'], 1, { s: 1 }],
  ['A', ['', 'n', 'μ', 'u', 'm', 'k'], 1, { A: 1 }],
  ['V', ['', 'μ', 'u', 'm', 'k', 'M'], 1, VOLTAGE],
  ['W', ['', 'μ', 'u', 'm', 'k', 'M', 'G'], 1, POWER],
  ['J', ['', 'm', 'k', 'M', 'G'], 1, ENERGY],
  ['Wh', ['', 'k', 'M', 'G'], 3600, ENERGY],
  ['Ah', ['', 'm', 'k'], 3600, { A: 1, s: 1 }],
  ['eV', ['', 'k', 'M'], 1.602176634e-19, ENERGY],
  ['cal', ['', 'k'], 4.184, ENERGY],
  ['Ω', ['', 'm', 'k', 'M', 'G'], 1, RESISTANCE],
  ['F', ['p', 'n', 'μ', 'u', 'm'], 1, { kg: -1, m: -2, s: 4, A: 2 }],
  ['H', ['n', 'μ', 'u', 'm'], 1, { kg: 1, m: 2, s: -2, A: -2 }],
  ['S', ['', 'μ', 'u', 'm'], 1, { kg: -1, m: -2, s: 3, A: 2 }],
  ['Hz', ['', 'm', 'k', 'M', 'G', 'T'], 1, { s: -1 }],
  ['N', ['', 'm', 'k', 'M'], 1, FORCE],
  ['Nm', ['', 'm', 'k'], 1, ENERGY],
  ['Pa', ['', 'm', 'k', 'M', 'G'], 1, PRESSURE],
  ['bar', ['', 'm'], 1e5, PRESSURE],
  ['L', ['', 'n', 'μ', 'u', 'm'], 1e-3, VOLUME],
  ['l', ['', 'μ', 'u', 'm'], 1e-3, VOLUME],
  ['mol', ['', 'n', 'μ', 'u', 'm', 'k'], 1, { mol: 1 }],
  ['B', ['k', 'K', 'M', 'G', 'T'], 8, { bit: 1 }],
  ['bps', ['', 'k', 'K', 'M', 'G', 'T'], 1, { bit: 1, s: -1 }],
  ['bit', ['', 'k', 'M', 'G'], 1, { bit: 1 }],
  ['lm', ['', 'k'], 1, { lm: 1 }],
  ['lx', ['', 'k'], 1, { lx: 1 }],
  ['cd', ['', 'm'], 1, { cd: 1 }],
  ['Bq', ['', 'k', 'M', 'G'], 1, { Bq: 1 }],
  ['Gy', ['', 'm', 'k'], 1, { Gy: 1 }],
  ['cP', [''], 1e-3, { kg: 1, m: -1, s: -1 }],
]

/** `name name=factor …` of one dimension. */
const NAMED: readonly (readonly [string, Dimensions])[] = [
  [
    '米=1 千米=1e3 公里=1e3 分米=0.1 厘米=0.01 毫米=1e-3 微米=1e-6 纳米=1e-9 ㎜=1e-3 ㎝=0.01 ㎞=1e3 ㎛=1e-6 ㎚=1e-9 dm=0.1 英寸=0.0254 inch=0.0254 Å=1e-10 海里=1852',
    { m: 1 },
  ],
  ['㎡=1 平方米=1 平米=1 平方厘米=1e-4 平方毫米=1e-6 平方公里=1e6 亩=666.6666666667 公顷=1e4', { m: 2 }],
  ['㎥=1 立方米=1 立方=1 立方厘米=1e-6 立方毫米=1e-9 升=1e-3 毫升=1e-6 微升=1e-9 cc=1e-6 Nm3=1 Nm³=1 标方=1', VOLUME],
  ['克=1e-3 千克=1 公斤=1 毫克=1e-6 微克=1e-9 吨=1e3 公吨=1e3 t=1e3 T=1e3 斤=0.5 ㎏=1 ㎎=1e-6', { kg: 1 }],
  [
    '秒=1 毫秒=1e-3 微秒=1e-6 纳秒=1e-9 min=60 分钟=60 h=3600 hr=3600 小时=3600 天=86400 d=86400 昼夜=86400 周=604800 星期=604800 个月=2592000 年=31536000 个小时=3600 ㎳=1e-3',
    { s: 1 },
  ],
  ['℃=1 °C=1 摄氏度=1 ºC=1', { '℃': 1 }],
  ['安=1 安培=1 毫安=1e-3 微安=1e-6 千安=1e3', { A: 1 }],
  ['伏=1 伏特=1 毫伏=1e-3 千伏=1e3', VOLTAGE],
  ['瓦=1 毫瓦=1e-3 千瓦=1e3 兆瓦=1e6 马力=735.49875 ㎾=1e3', POWER],
  ['千瓦时=3.6e6 度电=3.6e6 焦=1 焦耳=1 千焦=1e3 兆焦=1e6 卡=4.184 千卡=4184 大卡=4184', ENERGY],
  ['毫安时=3.6 安时=3600', { A: 1, s: 1 }],
  ['欧=1 欧姆=1 千欧=1e3 兆欧=1e6 毫欧=1e-3', RESISTANCE],
  ['赫兹=1 赫=1 千赫=1e3 兆赫=1e6 ㎑=1e3 ㎒=1e6', { s: -1 }],
  ['牛=1 牛顿=1 千牛=1e3 kgf=9.80665 公斤力=9.80665', FORCE],
  ['牛米=1 牛·米=1', ENERGY],
  [
    '帕=1 千帕=1e3 兆帕=1e6 吉帕=1e9 atm=101325 大气压=101325 psi=6894.757 mmHg=133.322387 ㎩=1 ㎪=1e3 ㎫=1e6 公斤压力=98066.5',
    PRESSURE,
  ],
  ['%=1 ％=1 ‰=0.1 ppm=1e-4 ppb=1e-7 个百分点=1 百分点=1 wt%=1 vol%=1 mol%=1 at%=1 %RH=1 RH=1', { pct: 1 }],
  ['倍=1', { fold: 1 }],
  ['dB=1 dBm=1 dBA=1 dB(A)=1 分贝=1', { dB: 1 }],
  ['°=1 rad=57.29577951308232 mrad=0.05729577951308232 弧度=57.29577951308232', { '°': 1 }],
  ['元=1 人民币=1', { CNY: 1 }],
  ['美元=1 USD=1', { USD: 1 }],
  ['欧元=1', { EUR: 1 }],
  ['转=1 r=1', { turn: 1 }],
  ['HRC=1', { HRC: 1 }],
  ['HV=1', { HV: 1 }],
  ['HB=1 HBW=1', { HB: 1 }],
  ['CFU=1 cfu=1', { CFU: 1 }],
  ['IU=1', { IU: 1 }],
  ['目=1', { mesh: 1 }],
  ['nit=1 nits=1', { nit: 1 }],
  ['Gs=1e-4 高斯=1e-4', { tesla: 1 }],
]

const COUNTS =
  '次 个 件 台 套 只 条 根 片 块 页 份 例 株 种 项 人 人次 辆 头 羽 尾 颗 粒 批 轮 张 帧 路 层 孔 户 家 车次 像素 点 通道'

/** Parts of a composed unit that alone would be a clock or a calendar: 转/分, 千瓦·时, 吨/日. */
const PARTS = { 分: 60, 时: 3600, 日: 86400, 月: 2592000 }

function buildTable(): Map<string, Unit> {
  const table = new Map<string, Unit>()
  for (const [symbol, prefixes, factor, dimensions] of SYMBOLS) {
    for (const prefix of prefixes) table.set(prefix + symbol, { factor: factor * (PREFIXES[prefix] ?? 1), dimensions })
  }
  for (const [list, dimensions] of NAMED) {
    for (const entry of list.split(' ')) {
      const at = entry.lastIndexOf('=')
      table.set(entry.slice(0, at), { factor: Number(entry.slice(at + 1)), dimensions })
    }
  }
  for (const word of COUNTS.split(' ')) table.set(word, { factor: 1, dimensions: { [`n:${word}`]: 1 } })
  for (const [word, factor] of Object.entries(PARTS))
    table.set(word, { factor, dimensions: { s: 1 }, isPartOnly: true })
  table.set('K', { factor: 1, offset: -273.15, dimensions: { '℃': 1 } })
  table.set('℉', { factor: 5 / 9, offset: -160 / 9, dimensions: { '℃': 1 } })
  table.set('度', { factor: 1, dimensions: { '℃': 1 } })
  table.set('rpm', { factor: 1 / 60, dimensions: { turn: 1, s: -1 } })
  table.set('fps', { factor: 1, dimensions: { 'n:帧': 1, s: -1 } })
  return table
}

export const UNITS: ReadonlyMap<string, Unit> = buildTable()

/** What people mean who do not mind the case of letters: a strength in `mpa` is never in millipascal. */
const CARELESS = 'MPa mm km kg kW MW kHz MHz GHz mL kPa kV mV mA mAh kWh Hz dB GPa ms rpm kN min mg Wh Ah wt% HRC'

function buildCareless(): Map<string, Unit> {
  const table = new Map<string, Unit>()
  for (const [name, unit] of UNITS) {
    const lower = name.toLowerCase()
    if (name.length > 1 && !UNITS.has(lower) && !table.has(lower)) table.set(lower, unit)
  }
  for (const name of CARELESS.split(' ')) {
    const unit = UNITS.get(name)
    if (unit) table.set(name.toLowerCase(), unit)
  }
  return table
}

const CARELESS_UNITS: ReadonlyMap<string, Unit> = buildCareless()

export function unitNamed(name: string): Unit | undefined {
  return UNITS.get(name) ?? CARELESS_UNITS.get(name.toLowerCase())
}

export const MAX_UNIT_NAME = 6
