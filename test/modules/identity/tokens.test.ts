import { describe, expect, it } from 'vitest'
import { newId } from '../../../src/kernel/ids.ts'
import { apiKeyText, newSecret, newToken, parseApiKey } from '../../../src/modules/identity/tokens.ts'

describe('tokens', () => {
  it('carry 256 bits and never repeat', () => {
    const tokens = Array.from({ length: 1_000 }, () => newToken('access'))
    expect(new Set(tokens).size).toBe(1_000)
    for (const token of tokens) expect(Buffer.from(token.slice('ttm_access_'.length), 'base64url')).toHaveLength(32)
  })

  it('turn into id and secret again when they are API keys', () => {
    for (let round = 0; round < 200; round += 1) {
      const parts = { id: newId('apiKey'), secret: newSecret() }
      expect(parseApiKey(apiKeyText(parts.id, parts.secret))).toEqual(parts)
    }
  })

  it('are no API keys otherwise', () => {
    const text = apiKeyText(newId('apiKey'), newSecret())
    for (const other of [newToken('access'), `${text}x`, text.slice(0, -1), text.toUpperCase(), '']) {
      expect(parseApiKey(other)).toBeUndefined()
    }
  })
})
