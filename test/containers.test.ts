import { access, readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { workerNodeOptions } from '../src/boot/supervise-workers.ts'
import { chooseWork } from '../src/choose-work.ts'
import { environmentSchema, readConfig } from '../src/config.ts'
import { queueNames } from '../src/registry.ts'

type Service = {
  image?: string
  command?: string | string[]
  environment?: Record<string, string>
  volumes?: string[]
  depends_on?: Record<string, { condition: string }>
  healthcheck?: { test?: string[]; disable?: boolean }
  stop_grace_period?: string
}

let services: Record<string, Service>
let volumes: string[]
let dockerfile: string

beforeAll(async () => {
  const compose = parse(await readFile('docker-compose.yml', 'utf8'), { merge: true }) as {
    services: Record<string, Service>
    volumes: Record<string, null>
  }
  services = compose.services
  volumes = Object.keys(compose.volumes)
  dockerfile = await readFile('Dockerfile', 'utf8')
})

const ours = () => Object.entries(services).filter(([, { image }]) => image === 'queqiao:local')
const filled = (text: string) => text.replaceAll(/\$\{(\w+)(:[^}]*)?\}/g, 'a-value-of-32-characters-and-more')

describe('docker-compose.yml', () => {
  it('starts two API processes, workers and one migration that all of them wait for', () => {
    const names = ours().map(([name]) => name)
    expect(names.sort()).toEqual(['api-1', 'api-2', 'migrate', 'worker', 'worker-matching'])
    for (const [name, { depends_on }] of ours()) {
      const waitsFor = depends_on?.migrate?.condition
      expect([name, waitsFor]).toEqual([name, name === 'migrate' ? undefined : 'service_completed_successfully'])
    }
  })

  it('waits only for services that exist and can tell that they are well', () => {
    for (const { depends_on = {} } of Object.values(services)) {
      for (const [name, { condition }] of Object.entries(depends_on)) {
        expect(Object.keys(services)).toContain(name)
        if (condition === 'service_healthy') expect(services[name]?.healthcheck?.test).toBeDefined()
      }
    }
  })

  it('sets variables that the product reads, with values that it takes', () => {
    for (const [, { environment = {} }] of ours()) {
      expect(Object.keys(environmentSchema.shape)).toEqual(expect.arrayContaining(Object.keys(environment)))
      const values = Object.entries(environment).map(([name, value]) => [
        name,
        /^\$\{\w+:-/.test(value) ? '' : filled(value),
      ])
      expect(() => readConfig(Object.fromEntries(values))).not.toThrow()
    }
  })

  it('runs commands that the bundle has, and leaves no queue to nobody', async () => {
    const worked: string[] = []
    let relays = 0
    for (const [, { command }] of ours()) {
      if (!Array.isArray(command)) continue
      // Behind `node` and what node itself is told.
      const [script = '', ...args] = command.slice(command.findIndex((word, at) => at > 0 && !word.startsWith('--')))
      await access(script.replace(/^dist\//, '').replace(/\.js$/, '.ts'))
      if (!script.includes('workers/')) continue
      expect(command.slice(1, command.indexOf(script))).toEqual(workerNodeOptions)
      const work = chooseWork(args, queueNames)
      worked.push(...work.queues)
      relays += work.withRelay ? 1 : 0
    }
    expect(worked.sort()).toEqual([...queueNames].sort())
    expect(relays).toBe(1)
  })

  it('keeps jobs: Redis evicts nothing and writes its log', () => {
    expect(services.redis?.command).toMatch(/noeviction.*--appendonly yes/)
  })

  it('stores data in declared volumes and gives our processes the time that a stop takes', () => {
    for (const [name, { volumes: mounts = [], stop_grace_period }] of Object.entries(services)) {
      for (const mount of mounts) expect(volumes).toContain(mount.split(':')[0])
      if (ours().some(([our]) => our === name))
        expect(Number.parseInt(stop_grace_period ?? '0', 10)).toBeGreaterThan(30)
    }
  })

  it('holds no password', async () => {
    const text = await readFile('docker-compose.yml', 'utf8')
    for (const [, value] of text.matchAll(/(?:PASSWORD|KEY): (.+)/g)) expect(value).toMatch(/^\$\{\w+:\?/)
  })
})

describe('Dockerfile', () => {
  it('copies what exists and what .dockerignore lets through', async () => {
    const ignore = await readFile('.dockerignore', 'utf8')
    const sources = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, list = '']) => list.split(' '))
    expect(sources.length).toBeGreaterThan(8)
    for (const source of sources) {
      await access(source)
      expect(ignore.split('\n')).toContain(`!${source}`)
    }
  })

  it('ends as a user without rights, on a process that gets the signals itself', () => {
    expect(dockerfile).toMatch(/^USER node$/m)
    expect(dockerfile.lastIndexOf('USER node')).toBeGreaterThan(dockerfile.lastIndexOf('COPY'))
    expect(dockerfile).toMatch(/^CMD \["node",/m)
  })

  it('asks /livez, so that an absent database does not end healthy processes', () => {
    expect(dockerfile).toMatch(/HEALTHCHECK[\s\S]+\/livez/)
  })
})
