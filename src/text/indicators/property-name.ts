import { jieba } from '../jieba.ts'

/** A name is looked for among so many characters before the figure. */
const MAX_LEFT = 30
const MAX_NAME = 16

/** Words at which a name ends, seen from the figure. As whole words only: 可 is one, the 可 of 可靠性 is not. */
const BREAKS = new Set(
  (
    '产生 会 会产生 一直 各 只 仅 共 共有 做 做到 找到 必 的 地 得 将 把 使 令 让 使得 并 并且 且 而且 及 以及 和 与 或 同时 还 也 又 其 该 此 本 可 可以 能 能够 应 应当 应能 须 必须 需 需要 要 要求 希望 期望 预期 预计 计划 力争 确保 保证 满足 实现 达到 达 具有 具备 拥有 采用 利用 通过 ' +
    '使用后 在 于 由 从 对 对于 比 较 相比 相对 为 是 有 到 至 时 时候 中 里 内 外 后 前 上 下 之后 以后 以前 之前 其中 情况 条件 前提 环境 工况 基础 基础上 目前 现有 当前 已 已经 均 都 最终 我们 我司 公司 企业 单位 如 例如 即 则 若 当 因此 从而 进而 不 未 无 ' +
    '提供 支持 完成 包括 包含 主要 技术指标 指标 目标 参数 性能指标 主要指标 约 约为 大约 每'
  ).split(' '),
)

/** Figures of a company or a project, not of a technology. */
const NOT_TECHNICAL =
  /占地|建筑面积|厂房|注册|投资|投入|销售|产值|营收|收入|利税|利润|税收|职工|员工|人员|人数|团队|专家|专利|论文|著作权|软著|标准|资产|资金|经费|预算|费用|资助|补助|奖|成立|成果|博士|硕士|本科|教授|工程师|学历|市场|份额|电话|邮编|签约|付款|首付|尾款|订单|客户|用户数|费$|差旅|实施周期|服务年|^我国|^全国|^全球|^全省|国内|难题|问题|方面|方法$|内容$|占比|占全|签订/

/** Marks of a list before the name: "1)", "(2)", "①", "3.", "-". */
const LIST_MARK = /^[\s\-—·*•]*(?:[(（]?\d{1,2}[)）.、．:]|[①-⑳]|[a-zA-Z][)）.])\s*/

/** Latin names that stand without Chinese words: roughness, acidity, loads of water. */
const LATIN_NAME = /^[A-Za-z][A-Za-z0-9.+\-/]{1,15}$/

/** A verb, a measure word or an adverb alone names nothing. */
const NO_NOUN =
  /^(?:提高|提升|增加|增长|降低|下降|减少|缩短|减小|延长|改善|平均|总量|产品|本体|设计|拟?开发|处理|转变|制成|人工|保存|存储|结合|有机|时间|批量|左右|大约|整体|面向|批次|规模|单套|单台|单件|每套|每台)+$/

/** The property that a figure belongs to, from the text before its operator; undefined when there is none worth a name. */
export function propertyName(left: string): { name: string; start: number } | undefined {
  const end = left.replace(/[\s([{"“‘【]+$/, '').length
  const from = Math.max(0, end - MAX_LEFT)
  const piece = withoutBrackets(left.slice(from, end))
  const { name, start } = comparedName(piece) ?? namedAtEnd(piece)
  return isName(name) ? { name, start: from + start } : undefined
}

/** "不超过 5 mL/min 的泄漏量": the property stands behind the figure. */
export function propertyNameAfter(right: string): { name: string; end: number } | undefined {
  const match = /^\s?的\s?(\p{Script=Han}{2,12})/u.exec(right)
  if (match === null) return undefined
  const tokens = jieba().cut(match[1] ?? '', true)
  const stop = tokens.findIndex((token) => BREAKS.has(token))
  const name = (stop < 0 ? tokens : tokens.slice(0, stop)).join('')
  return isName(name) ? { name, end: match[0].length - (match[1] ?? '').length + name.length } : undefined
}

/** "生产成本较现有菌株降低" is about 生产成本降低. */
const COMPARED =
  /^(.{2,20}?)(?:较|比|相比于?|相对于?)(?!表面|容量|热容|能量|强度|重|功率).{1,14}?(提高|提升|增加|增长|降低|下降|减少|缩短|减小|延长)$/

function comparedName(piece: string): { name: string; start: number } | undefined {
  const match = COMPARED.exec(piece)
  if (match === null) return undefined
  const { name, start } = namedAtEnd(match[1] ?? '')
  return name.length >= 2 ? { name: `${name}${match[2]}`, start } : undefined
}

/** "抗拉强度（室温）" is about 抗拉强度; of equal length, so that places stay. */
function withoutBrackets(text: string): string {
  const match = /[(][^()]{0,20}[)]\s*$/.exec(text)
  return match ? text.slice(0, match.index).trimEnd() : text
}

/** The last words without a break among them. */
function namedAtEnd(piece: string): { name: string; start: number } {
  const cut = Math.max(...[...'()[]{}"“”‘’\'《》<>|:=≥≤~±'].map((sign) => piece.lastIndexOf(sign))) + 1
  const plain = piece.slice(cut).replace(LIST_MARK, '')
  const written = plain.slice(0, plain.length - trailingBreaks(plain))
  const name = lastWords(written).replace(/^[\s\d.,、\-·—/]+(?=\p{Script=Han})/u, '')
  return { name: name.trimEnd(), start: piece.length - plain.length + written.length - name.length }
}

function trailingBreaks(text: string): number {
  let length = 0
  for (const token of jieba().cut(text, true).reverse()) {
    const isBreak = BREAKS.has(token) && !isPartOfWord(token, text, text.length - length)
    if (!isBreak && !/^[\s\-—·:,/]+$/.test(token)) break
    length += token.length
  }
  return length
}

function lastWords(text: string): string {
  let length = 0
  for (const token of jieba().cut(text, true).reverse()) {
    const isBreak = BREAKS.has(token) && !isPartOfWord(token, text, text.length - length)
    if (
      isBreak ||
      (/^\s+$/.test(token) && !isSymbol(text.slice(text.length - length))) ||
      length + token.length > MAX_NAME
    )
      break
    length += token.length
  }
  return text.slice(text.length - length)
}

/** "粗糙度 Ra": a symbol belongs to the word before it. */
function isSymbol(text: string): boolean {
  return /^[A-Za-z]{1,3}$/.test(text)
}

/** 比表面积 and 隔热性能 are cut by the dictionary as if 比 and 能 were words of grammar. `end` is where the token ends. */
function isPartOfWord(token: string, text: string, end: number): boolean {
  if (token === '比') return end === text.length || /^(?:表面|容量|热|能量|强度|重|功率|电容)/.test(text.slice(end))
  return token === '能' && text.slice(0, end - 1).endsWith('性')
}

function isName(name: string): boolean {
  if (NOT_TECHNICAL.test(name) || NO_NOUN.test(name)) return false
  return /\p{Script=Han}{2}/u.test(name) || LATIN_NAME.test(name) || /^ph值$/i.test(name)
}
