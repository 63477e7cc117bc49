import { amountCell, choiceCell, dayCell, flagCell, jsonCell, listCell, numberCell } from '../cells/cell.ts'
import { codeCell } from '../cells/code-cells.ts'
import { advantagesCell, ipRightsCell, priceCell } from '../cells/structure-cells.ts'
import { columns } from './column.ts'

const pilotStates = {
  none: ['未中试', '无'],
  proof_of_concept: ['概念验证'],
  pilot_scale: ['中试'],
  mass_production: ['量产', '批量生产', '已产业化'],
}

export const supplyColumns = columns([
  ['coreClaim', '核心技术', '核心创新点 创新点'],
  ['problemSolved', '解决的问题', '解决问题'],
  ['advantages', '技术优势', '优势 优势对比', advantagesCell],
  ['applications', '应用场景', '应用领域 应用方向', listCell('words')],
  ['trl', '技术成熟度', '成熟度 技术就绪度 trl', numberCell],
  ['trlEvidence', '成熟度证明', '证明材料', listCell('sentences')],
  ['trlAssessedBy', '成熟度评价机构', '评价机构'],
  ['trlAssessedOn', '成熟度评价日期', '评价日期', dayCell],
  ['pilotStatus', '中试情况', '中试状态', choiceCell(pilotStates)],
  ['ipRights', '知识产权', '专利号 专利 知识产权情况 patent', ipRightsCell],
  ['isServiceInvention', '是否职务成果', '职务成果', flagCell],
  ['inventors', '完成人', '发明人 成果完成人 inventor', listCell('words')],
  ['fundingSource', '资助来源', '经费来源'],
  [
    '...price',
    '价格',
    '报价 意向价格 转让价格 price',
    priceCell((price) =>
      price.isNegotiable
        ? { priceMode: 'negotiable' }
        : price.minFen === price.maxFen
          ? { priceMode: 'fixed', priceMinFen: price.minFen, priceMaxFen: price.maxFen }
          : { priceMode: 'range', priceMinFen: price.minFen, priceMaxFen: price.maxFen },
    ),
  ],
  ['priceMode', '价格方式', '定价方式', codeCell('price-modes')],
  ['priceMinFen', '最低价', '价格下限', amountCell],
  ['priceMaxFen', '最高价', '价格上限', amountCell],
  ['royaltyTerms', '许可费条款', '提成条款'],
  ['territory', '许可地域', '地域'],
  ['sampleAvailability', '样品情况', '样品'],
  ['equipmentNeeded', '所需设备', '设备要求'],
  ['teamSupport', '团队支持', '技术支持'],
  ['attachments', '附件', '', jsonCell],
])
