import { expect, it } from 'vitest'
import { faultsOf } from '../../../src/adapters/jobs/redis-server.ts'

const info = (version: string, policy: string) =>
  `# Server\r\nredis_version:${version}\r\n# Memory\r\nmaxmemory_policy:${policy}\r\n`

it.each([
  ['7.0.15', 'noeviction', []],
  ['6.2.0', 'noeviction', []],
  ['10.0.1', 'noeviction', []],
  ['6.0.16', 'noeviction', [expect.stringContaining('6.2 or newer')]],
  ['5.0.7', 'allkeys-lru', [expect.stringContaining('6.2'), expect.stringContaining('noeviction')]],
])('Redis %s with %s: %j', (version, policy, faults) => {
  expect(faultsOf(info(version, policy))).toEqual(faults)
})

it('knows nothing against a server that does not answer', () => {
  expect(faultsOf('')).toEqual([])
})
