import { choiceCell, dayCell, listCell } from '../cells/cell.ts'
import { codeCell, codeListCell } from '../cells/code-cells.ts'
import { indicatorsCell } from '../cells/structure-cells.ts'
import { columns } from './column.ts'

/** Columns of every kind of listing. */
export const sharedColumns = columns([
  ['externalId', '外部编号', '编号 序号 成果编号 项目编号 需求编号 产品编号 id external_id'],
  ['title', '*名称', '标题 成果名称 项目名称 需求名称 技术名称 产品名称 name'],
  ['summary', '摘要', '简介 一句话简介 abstract'],
  ['description', '详细描述', '描述 详细介绍 技术描述 内容 详情'],
  ['fields', '*技术领域', '领域 高新领域 所属领域 field', codeListCell('fields')],
  ['industries', '行业', '所属行业 国民经济行业 应用行业 industry', codeListCell('industries')],
  ['strategicIndustries', '战略性新兴产业', '新兴产业', codeListCell('strategic-industries')],
  ['ipc', 'IPC分类号', 'ipc 分类号 专利分类号', listCell('words')],
  ['keywords', '关键词', '关键字 标签 keyword', listCell('words')],
  ['region', '地区', '所在地 所在地区 行政区划 区域', codeCell('regions')],
  ['cooperationModes', '合作方式', '转化方式 合作模式 交易方式 mode', codeListCell('cooperation-modes')],
  ['indicators', '技术指标', '指标 主要指标 关键指标', indicatorsCell],
  ['language', '语言', '', choiceCell({ zh: ['中文'], en: ['英文'] })],
  ['validUntil', '有效期至', '有效期 截止有效期 valid_to', dayCell],
  ['market', '市场', '所属市场 分市场'],
  ['provenance.source', '来源', '数据来源 来源平台 source'],
  ['provenance.url', '来源链接', '链接 url'],
  ['provenance.note', '来源说明', ''],
  ['confidentialDetail', '保密信息', '保密内容 内部说明'],
  ['contact.name', '联系人', '联系人姓名'],
  ['contact.phone', '联系电话', '电话 手机 联系方式 phone'],
  ['contact.email', '电子邮箱', '邮箱 联系邮箱 email'],
])
