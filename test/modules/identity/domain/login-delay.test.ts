import { expect, it } from 'vitest'
import { loginDelayMs } from '../../../../src/modules/identity/domain/login-delay.ts'

it('lets four mistakes pass, then doubles from 2 s to 15 min and no further', () => {
  expect([0, 1, 4].map(loginDelayMs)).toEqual([0, 0, 0])
  expect([5, 6, 7, 8].map(loginDelayMs)).toEqual([2_000, 4_000, 8_000, 16_000])
  expect([14, 100, 1_000_000].map(loginDelayMs)).toEqual([900_000, 900_000, 900_000])
})
