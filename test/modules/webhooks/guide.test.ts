import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { announcements } from '../../../src/modules/webhooks/announcements/announcements.ts'
import { publicEventTypes } from '../../../src/modules/webhooks/domain/event-types.ts'

it('every type that can be asked for is announced, and is in the guide for receivers', async () => {
  const guide = await readFile('docs/webhooks.md', 'utf8')
  const told = new Set(announcements.map(({ type }) => type))
  for (const type of publicEventTypes) {
    expect([type, told.has(type)]).toEqual([type, true])
    expect(guide).toContain(`\`${type}\``)
  }
})
