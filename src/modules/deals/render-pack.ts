import { packStyles } from './pack-styles.ts'
import type { RegistrationPack } from './response-schemas.ts'

/** The registration pack as a page of A4 sheets. Every value is escaped: texts of the parties are no markup. */
export function renderPack(pack: RegistrationPack): string {
  const parts = [parties(pack), contract(pack), amounts(pack), rights(pack), ...schedule(pack)]
  const sections = parts.filter((part) => part !== undefined).map(numbered)
  return `<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><title>${markup(`技术合同登记材料 ${pack.title}`)}</title><style>${packStyles}</style></head>
<body>
<header><p class="kind">技术合同认定登记材料</p><h1>${markup(pack.title)}</h1>
<p class="meta">合同编号 ${markup(pack.contractNo ?? '—')}　签订日期 ${markup(pack.signedOn ?? '尚未签订')}　交易编号 ${markup(pack.dealId)}</p></header>
${[...sections, open(pack)].join('\n')}
<section class="signatures"><div>卖方（盖章）<span></span>年　　月　　日</div><div>买方（盖章）<span></span>年　　月　　日</div></section>
<footer>由鹊桥平台于 ${markup(pack.generatedAt.slice(0, 10))} 根据双方确认的条款生成；以双方签署的合同文本为准。</footer>
</body>
</html>
`
}

type Part = { title: string; content: string }
const numerals = ['一', '二', '三', '四', '五', '六']

/** A part that has nothing to say leaves no gap in the numbers. */
function numbered({ title, content }: Part, index: number): string {
  return `<section><h2>${numerals[index]}、${markup(title)}</h2>${content}</section>`
}

const parties = ({ parties }: RegistrationPack): Part => ({
  title: '合同当事人',
  content: table(
    ['', '名称', '统一社会信用代码'],
    parties.map(({ roleZh, name, uscc }) =>
      [roleZh, name, `<code>${markup(uscc)}</code>`].map((cell, i) => (i === 2 ? cell : markup(cell))),
    ),
  ),
})

function contract({ subject, contractType, classification, pricing, publicity }: RegistrationPack): Part {
  const grounds =
    classification?.grounds.map(({ zh, words }) => (words.length > 0 ? `${zh}（${words.join('、')}）` : zh)) ?? []
  return {
    title: '合同标的、类型与认定依据',
    content: pairs([
      ['标的技术', subject],
      ['合同类型', contractType?.zh],
      ['认定规则', classification && `${classification.source}（版本 ${classification.ruleVersion}）`],
      ['登记机关', classification?.authority],
      ['依据的特征', grounds.join('；') || undefined],
      ['定价方式', pricing && pricingZh[pricing]],
      ['价格公示', publicity && `${publicity.from} 起，${publicity.place}`],
    ]),
  }
}

const pricingZh = { agreement: '协议定价', listing: '挂牌交易', auction: '拍卖', fixed: '公开标价' } as const

const amounts = ({ amounts }: RegistrationPack): Part => ({
  title: '合同金额',
  content: table(
    ['项目', '金额（元）', '说明'],
    [
      ['合同成交额', yuan(amounts.contractAmountFen), '合同约定的全部价款'],
      ['其中：设备、仪器、零部件、原材料等', yuan(amounts.goodsFen), '成交额与技术交易额之差'],
      ['技术交易额', yuan(amounts.technologyAmountFen), '成交额扣除非技术性商品的价款'],
      ['技术性收入', yuan(amounts.technologyIncomeFen), '技术交易额扣除履行合同消耗的设备与材料'],
    ].map((row) => row.map(markup)),
  ),
})

function rights({ ip }: RegistrationPack): Part | undefined {
  const rows = ip.map(({ typeZh, title, number }) => [typeZh, title, number ?? '—'].map(markup))
  return rows.length === 0 ? undefined : { title: '涉及的知识产权', content: table(['类型', '名称', '编号'], rows) }
}

function schedule({ milestones, payments }: RegistrationPack): (Part | undefined)[] {
  const steps = milestones.map(({ title, dueOn, reachedOn }) => [title, dueOn, reachedOn ?? '—'].map(markup))
  const rates = payments.map(({ title, amountFen, dueOn, paidOn }) =>
    [title, yuan(amountFen), dueOn, paidOn ?? '—'].map(markup),
  )
  return [
    steps.length === 0 ? undefined : { title: '履行进度', content: table(['阶段', '计划日期', '完成日期'], steps) },
    rates.length === 0
      ? undefined
      : { title: '价款支付', content: table(['款项', '金额（元）', '应付日期', '实付日期'], rates) },
  ]
}

function open({ missing }: RegistrationPack): string {
  if (missing.length === 0) return ''
  const items = missing.map(({ zh }) => `<li>${markup(zh)}</li>`).join('')
  return `<section class="missing"><h2>尚缺材料</h2><ul>${items}</ul></section>`
}

/** Amounts stand to the right, so that their digits are one below the other. @param rows cells of markup. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const kinds = head.map((name) => (name.startsWith('金额') ? ' class="amount"' : ''))
  const cells = (tag: 'th' | 'td', row: readonly string[]) =>
    row.map((cell, column) => `<${tag}${kinds[column]}>${cell}</${tag}>`).join('')
  const body = rows.map((row) => `<tr>${cells('td', row)}</tr>`).join('')
  return `<table><thead><tr>${cells('th', head.map(markup))}</tr></thead><tbody>${body}</tbody></table>`
}

function pairs(rows: readonly (readonly [string, string | undefined])[]): string {
  const items = rows.map(([name, value]) => `<dt>${markup(name)}</dt><dd>${markup(value ?? '—')}</dd>`).join('')
  return `<dl>${items}</dl>`
}

/** Yuan with two decimals and groups of three. */
function yuan(fen: number | undefined): string {
  if (fen === undefined) return '—'
  const whole = String(Math.floor(fen / 100)).replace(/\B(?=(\d{3})+$)/g, ',')
  return `${whole}.${String(fen % 100).padStart(2, '0')}`
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function markup(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign)
}
