import { describe, expect, it } from 'vitest'
import { checkChoices } from '../../../../src/modules/notifications/domain/check-choices.ts'

const choice = { kind: 'listing.returned', channel: 'email' as const, mode: 'off' as const }

describe('checkChoices', () => {
  it('takes kinds and the star, each once a channel', () => {
    const given = [choice, { ...choice, channel: 'inApp' as const }, { ...choice, kind: '*' }]
    expect(checkChoices(given)).toEqual({ choices: given, errors: [] })
  })

  it('names every wrong choice with its place, and what was probably meant', () => {
    const { errors } = checkChoices([
      { ...choice, kind: 'listing.retrned' },
      choice,
      choice,
      { ...choice, channel: 'inApp', mode: 'digest' },
      { ...choice, kind: 'auction.outbid', mode: 'digest' },
      { ...choice, kind: 'constructor' },
    ])
    expect(errors.map(({ pointer, code }) => [pointer, code])).toEqual([
      ['#/preferences/0/kind', 'unknown_kind'],
      ['#/preferences/2/kind', 'duplicate'],
      ['#/preferences/3/mode', 'no_digest'],
      ['#/preferences/4/mode', 'may_not_wait'],
      ['#/preferences/5/kind', 'unknown_kind'],
    ])
    expect(errors[0]?.message).toContain('"listing.returned"')
  })
})
