import { describe, expect, it } from 'vitest'
import type { Operator } from '../../../src/text/indicators/indicator.ts'
import { measureOf } from '../../../src/text/indicators/measure.ts'

function measured(value: number, unit: string, name = '指标') {
  return measureOf({ name, operator: '=', value, unit })
}

describe('measureOf', () => {
  it.each([
    [0.5, 'mm', 500, 'μm', 'length'],
    [3, '千克', 3000, 'g', 'mass'],
    [1, 'MPa', 10, 'bar', 'pressure'],
    [1, 'h', 60, '分钟', 'time'],
    [1, '％', 10, '‰', 'ratio'],
    [1000, 'ppm', 0.1, '%', 'ratio'],
    [1, 'kHz', 1000, '赫兹', 'frequency'],
    [1, '千瓦时', 3.6, 'MJ', 'energy'],
    [300, 'Wh/kg', 1080, 'kJ/kg', 'specific-energy'],
    [3.6, 'km/h', 1, 'm/s', 'speed'],
    [60, 'mL/min', 1, 'mL/s', 'flow'],
    [60, 'L/min', 1, '升/秒', 'flow'],
    [1.2, 'kV', 1200, '伏', 'voltage'],
    [50, '万元', 500_000, '元', 'money'],
    [1, '亿元', 10_000, '万元', 'money'],
    [60, 'rpm', 1, '转/秒', 'rotation'],
    [1, 'g/cm3', 1000, 'kg/m³', 'density'],
    [1, 't/d', 1000, '千克/天', 'mass-flow'],
    [1, 'rad', 57.29577951308232, '°', 'angle'],
    [100, 'Mbps', 0.1, 'Gbps', 'bit-rate'],
    [1, 'N·m', 1, 'J', 'energy'],
    [273.15, 'K', 0, '℃', 'temperature'],
    [212, '℉', 100, '摄氏度', 'temperature'],
    [10_000, '次', 1, '万次', 'n:次'],
  ])('takes %d %s and %d %s for the same %s', (a, unitA, b, unitB, quantity) => {
    const [one, other] = [measured(a, unitA), measured(b, unitB)]
    expect(one?.quantity).toBe(quantity)
    expect(other?.quantity).toBe(quantity)
    expect(one?.min).toBeCloseTo(other?.min ?? Number.NaN, 6)
  })

  it.each<[Operator, number | undefined, number | undefined]>([
    ['>=', 5, undefined],
    ['>', 5, undefined],
    ['<=', undefined, 5],
    ['<', undefined, 5],
    ['=', 5, 5],
  ])('leaves the other end of %s open', (operator, min, max) => {
    const measure = measureOf({ name: '厚度', operator, value: 5, unit: 'm' })
    expect([measure?.min, measure?.max]).toEqual([min, max])
  })

  it('gives both ends of a range', () => {
    const range = { name: '厚度', operator: 'range' as const, value: 3, valueMax: 5, unit: 'mm' }
    expect(measureOf(range)).toEqual({ quantity: 'length', min: 0.003, max: 0.005 })
  })

  it('reads 度 by what is measured', () => {
    expect(measured(90, '度', '耐温')?.quantity).toBe('temperature')
    expect(measured(90, '度', '弯折角度')?.quantity).toBe('angle')
    expect(measured(1, '度', '单件用电量')).toMatchObject({ quantity: 'energy', min: 3.6e6 })
  })

  it('takes a difference of 8 K for one of 8 ℃', () => {
    expect(measured(8, 'K', '温差')).toEqual(measured(8, '℃', '温差'))
  })

  it('does not tell careless letters apart', () => {
    expect(measured(8, 'mpa')).toEqual(measured(8, 'MPa'))
    expect(measured(8, 'KG')).toEqual(measured(8, 'kg'))
    expect(measured(8, 'mW')).not.toEqual(measured(8, 'MW'))
  })

  it('knows nothing of an unknown unit, and nothing infinite', () => {
    expect(measured(1, '堆')).toBeUndefined()
    expect(measured(1, 'MPa左右')).toBeUndefined()
    expect(measured(1e308, 'GPa')).toBeUndefined()
  })
})
