import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { diagnoseNode, diagnosePlatform } from '../../src/embedded/diagnose-platform.ts'
import { type DiagnoseInput, diagnose, type Finding, startEmbeddedPostgres } from '../../src/embedded/index.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { freePort } from '../support/product.ts'
import { emptyDir } from './data-dir.ts'

async function listenSomewhere(): Promise<number> {
  const server = createServer()
  onTestFinished(() => void server.close())
  return new Promise((resolve, reject) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      if (typeof address === 'object' && address) resolve(address.port)
      else reject(new Error('no address'))
    })
  })
}

function input(dataDir: string, more: Partial<DiagnoseInput> = {}): DiagnoseInput {
  return { dataDir, http: { host: '127.0.0.1', port: 0 }, clock: systemClock, ...more }
}

function problems(findings: Finding[]): Finding[] {
  return findings.filter((finding) => !finding.isOk)
}

describe('diagnose', () => {
  it('finds nothing wrong before the first start, and writes nothing', async () => {
    const dir = await emptyDir()
    const port = await freePort()
    const findings = await diagnose(input(join(dir, 'data'), { http: { host: '127.0.0.1', port } }))
    expect(problems(findings)).toEqual([])
    expect(await readdir(dir)).toEqual([])
  })

  it('looks into the running cluster: encoding, durability and clock', async () => {
    const dataDir = await emptyDir()
    const cluster = await startEmbeddedPostgres({ dataDir })
    onTestFinished(() => cluster.stop())
    const port = await listenSomewhere()
    const findings = await diagnose(input(dataDir, { http: { host: '127.0.0.1', port } }))
    expect(problems(findings)).toEqual([])
    expect(findings.map((finding) => finding.check)).toEqual(
      expect.arrayContaining(['encoding', 'durability', 'clock']),
    )

    const slow = { now: () => new Date(systemClock.now().getTime() - 60_000) }
    const drifted = await diagnose(
      input(dataDir, { clock: slow, databaseUrl: cluster.url, http: { host: '127.0.0.1', port } }),
    )
    expect(problems(drifted)).toMatchObject([{ check: 'clock', fix: expect.stringContaining('timedatectl') }])
  })

  it('names a taken port, a password file open to others and data of another version, each with its fix', async () => {
    const dataDir = await emptyDir()
    await mkdir(join(dataDir, 'postgres'))
    await writeFile(join(dataDir, 'postgres', 'PG_VERSION'), '18\n')
    await mkdir(join(dataDir, 'secrets'))
    const password = 'x'.repeat(32)
    const path = join(dataDir, 'secrets', 'postgres.json')
    await writeFile(path, JSON.stringify({ superuserPassword: password, applicationPassword: password }))
    await chmod(path, 0o644)
    const http = { host: '127.0.0.1', port: await listenSomewhere() }
    expect(problems(await diagnose(input(dataDir, { http })))).toMatchObject([
      { check: 'http port', fix: expect.stringContaining('PORT') },
      { check: 'password file', fix: `chmod 600 ${path}` },
    ])
    await writeFile(join(dataDir, 'postgres', 'PG_VERSION'), '16\n')
    const [, version] = problems(await diagnose(input(dataDir, { http })))
    expect(version).toMatchObject({ check: 'data directory', fix: expect.stringContaining('pg_dump') })
  })

  it('says how to go on when DATABASE_URL leads nowhere', async () => {
    const databaseUrl = 'postgres://nobody:secret-word@127.0.0.1:1/none'
    const found = (await diagnose(input(await emptyDir(), { databaseUrl }))).filter(({ check }) => check === 'database')
    expect(found).toMatchObject([{ isOk: false, fix: expect.stringContaining('DATABASE_URL') }])
    expect(JSON.stringify(found)).not.toContain('secret-word')
  })

  it.each([
    ['20.18.3', false],
    ['20.19.0', true],
    ['22.1.0', true],
    ['18.20.0', false],
  ])('judges Node %s', (version, isOk) => {
    expect(diagnoseNode(version)[0]?.isOk).toBe(isOk)
  })

  it.skipIf(process.platform !== 'linux')('sends musl and old glibc to a Debian image', () => {
    for (const glibc of [undefined, '2.17']) {
      expect(diagnosePlatform(glibc)).toMatchObject(
        glibc ? [{ isOk: false, fix: expect.stringContaining('Debian') }] : [{}],
      )
    }
  })
})
