import { Redis } from 'ioredis'

const patienceMs = 2_000

/**
 * Refuses a Redis that would lose jobs or that BullMQ cannot use; one that cannot be reached is no reason to refuse, because it
 * may come back. @throws Error that says what to change.
 */
export async function assertUsableRedis(url: string): Promise<void> {
  const client = new Redis(url, {
    connectionName: 'queqiao-check',
    lazyConnect: true,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
    connectTimeout: patienceMs,
    commandTimeout: patienceMs,
  })
  client.on('error', () => undefined)
  const info = await client
    .connect()
    .then(() => client.info())
    .catch(() => '')
  client.disconnect()
  const [fault] = faultsOf(info)
  if (fault !== undefined) throw new Error(`The Redis at REDIS_URL cannot keep jobs: ${fault}.`)
}

/** What the answer to INFO says against a server: a version before 6.2, or a policy that may evict jobs silently. */
export function faultsOf(info: string): string[] {
  const field = (name: string) => new RegExp(`^${name}:(.*)$`, 'm').exec(info)?.[1]?.trim()
  const version = field('redis_version')
  const policy = field('maxmemory_policy')
  const [major = 0, minor = 0] = (version ?? '').split('.').map(Number)
  const faults: string[] = []
  if (version && (major < 6 || (major === 6 && minor < 2))) {
    faults.push(`it is ${version}, and the job queue needs 6.2 or newer`)
  }
  if (policy && policy !== 'noeviction') {
    faults.push(`it may evict jobs (maxmemory-policy ${policy}); set maxmemory-policy to noeviction`)
  }
  return faults
}
