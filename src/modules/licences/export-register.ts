import { Readable } from 'node:stream'
import { stringify } from 'csv-stringify/sync'
import type { Db } from '../../db/client.ts'
import type { FileAnswer } from '../../http/files.ts'
import { type Clock, chinaDay } from '../../kernel/clock.ts'
import { findOrganisations } from '../identity/index.ts'
import { csvType, toCellText } from '../imports/index.ts'
import type { FeeForm, LicenceFee } from './domain/fee.ts'
import { type LicenceFilter, listLicences, type OpenLicence } from './licence-repo.ts'

type Deps = { db: Db; clock: Clock }

const pageSize = 500
/** Excel takes a CSV for UTF-8 only with it. */
const byteOrderMark = '\uFEFF'

/** The register as a spreadsheet, produced page by page while it is sent, so that its length costs no memory. */
export function exportRegister({ db, clock }: Deps, filter: LicenceFilter): FileAnswer {
  return {
    fileName: `开放许可登记簿-${chinaDay(clock.now())}.csv`,
    mediaType: `${csvType}; charset=utf-8`,
    content: Readable.from(linesOf(db, filter)),
  }
}

async function* linesOf(db: Db, filter: LicenceFilter): AsyncGenerator<string> {
  yield byteOrderMark + stringify([columns.map(([header]) => header)])
  let after: readonly string[] | undefined = []
  while (after !== undefined) {
    const page = { limit: pageSize, ...(after.length > 0 && { after }) }
    const { items, next } = await listLicences(db, filter, page)
    const owners = await findOrganisations(
      db,
      items.map(({ orgId }) => orgId),
    )
    yield stringify(items.map((one) => cellsOf(one, owners.get(one.orgId)?.name ?? '')))
    after = next
  }
}

type Line = { licence: OpenLicence; owner: string }

const columns: readonly [header: string, cell: (line: Line) => string][] = [
  ['编号', ({ licence }) => licence.id],
  ['专利号', ({ licence }) => licence.patentNumber],
  ['专利类型', ({ licence }) => patentTypes[licence.patentType] ?? licence.patentType],
  ['名称', ({ licence }) => licence.title],
  ['专利权人', ({ owner }) => owner],
  ['市场', ({ licence }) => licence.market],
  ['付费方式', ({ licence }) => feeForms[licence.fee.form]],
  ['许可费（元）', ({ licence }) => yuanOf(licence.fee)],
  ['提成比例（%）', ({ licence }) => licence.fee.royaltyPercent?.toString() ?? ''],
  ['提成基数', ({ licence }) => (licence.fee.royaltyBase ? royaltyBases[licence.fee.royaltyBase] : '')],
  ['付费说明', ({ licence }) => licence.paymentTerms],
  ['许可期限自', ({ licence }) => licence.validFrom],
  ['许可期限至', ({ licence }) => licence.validTo],
  ['状态', ({ licence }) => (licence.state === 'declared' ? '许可中' : '已撤回')],
  ['声明日期', ({ licence }) => chinaDay(licence.createdAt)],
  ['撤回日期', ({ licence }) => (licence.withdrawnAt ? chinaDay(licence.withdrawnAt) : '')],
]

const patentTypes: Record<string, string> = { invention: '发明', utility_model: '实用新型', design: '外观设计' }
const feeForms: Record<FeeForm, string> = {
  ...{ free: '免费', one_off: '一次总付', running: '提成支付', entry_and_running: '入门费加提成' },
}
const royaltyBases = { net_sales: '净销售额', profit: '利润' }

/** No cell is taken for a formula: titles and terms come from anybody. */
function cellsOf(licence: OpenLicence, owner: string): string[] {
  return columns.map(([, cell]) => toCellText(cell({ licence, owner })))
}

function yuanOf({ amountFen }: LicenceFee): string {
  return amountFen === undefined ? '' : (amountFen / 100).toFixed(2)
}
