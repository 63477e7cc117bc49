import { TITLES } from './domain/market.ts'

/** Supplies far from any demand of the tests. */
export const NOISE = TITLES.filter((title) => !/电池|正极|负极/.test(title))

export const BATTERY_DEMAND = {
  title: '提高磷酸铁锂电池低温性能的正极材料技术',
  description: '我公司生产储能用磷酸铁锂电池，零下二十度时容量保持率不足百分之六十，希望改进正极材料的包覆和掺杂工艺。',
  problem: '低温容量保持率低，内阻大。',
  summary: null,
  keywords: ['磷酸铁锂', '低温'],
  fields: ['new-energy'],
  industries: ['C38'],
  cooperationModes: ['ordinary_licence'],
  preferredRegions: null,
}

export const BATTERY_SUPPLY = {
  title: '一种磷酸铁锂正极材料及其制备方法',
  description: '包覆和掺杂改性的磷酸铁锂正极材料，低温容量保持率高。',
  summary: null,
  keywords: [],
  fields: ['new-energy'],
  industries: ['C38'],
  ipc: ['H01M4/58'],
  cooperationModes: ['ordinary_licence'],
}

export const noiseSupply = (title: string) => ({
  title,
  description: title,
  summary: null,
  keywords: [],
  fields: ['high-tech-services'],
  industries: [],
  ipc: [],
  cooperationModes: ['ordinary_licence'],
})
