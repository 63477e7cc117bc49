import type { z } from 'zod'
import type { clarityResponse } from './clarity-schemas.ts'

const maturity = {
  element: 'maturity' as const,
  zh: '需要多成熟的技术：实验室成果、中试，还是可以直接量产（TRL 1–9）？',
  en: 'How mature must the technology be, from the laboratory to mass production (TRL 1–9)?',
}

export const clarityExample: z.input<typeof clarityResponse> = {
  score: 66,
  minClarity: 40,
  elements: [
    { element: 'problem', weight: 20, state: 'present', evidence: '双电机壳体压铸件气孔率高、冷却流道换热不足。' },
    { element: 'object', weight: 10, state: 'partial', evidence: '混合动力系统轻量化高气密壳体' },
    { element: 'material', weight: 6, state: 'missing' },
    { element: 'method', weight: 6, state: 'partial', evidence: '压铸' },
    { element: 'efficacy', weight: 8, state: 'present', evidence: '减重 15' },
    { element: 'application', weight: 8, state: 'missing' },
    { element: 'indicators', weight: 16, state: 'present', evidence: '减重' },
    { element: 'budget', weight: 10, state: 'present', evidence: '2000000 元' },
    { element: 'deadline', weight: 5, state: 'missing' },
    { element: 'maturity', weight: 6, state: 'missing' },
    { element: 'cooperation_modes', weight: 5, state: 'missing' },
  ],
  candidates: 42,
  nextQuestion: maturity,
  questions: [
    { ...maturity, separates: 27 },
    { element: 'deadline', zh: '最晚什么时候需要解决？', en: 'By which day do you need the solution?', separates: 0 },
  ],
}
