import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const run = promisify(execFile)
const require = createRequire(import.meta.url)

type Rule = { name: string; comment: string }
type Violation = { from: string; to: string; rule: { name: string } }

const rules: Rule[] = require('../.dependency-cruiser.cjs').forbidden
const roots = ['src', 'workers', 'seeds'].filter((directory) => existsSync(directory))

describe('the dependencies between the files', () => {
  it('follow the rules of .dependency-cruiser.cjs', async () => {
    const violations = await cruise(process.cwd(), roots)
    expect(violations.map(describeViolation)).toEqual([])
  }, 60_000)
})

/** One forbidden import for every rule: file → what it imports. */
const violating: Record<string, Record<string, string[]>> = {
  'no-circular': { 'src/http/a.ts': ['./b.ts'], 'src/http/b.ts': ['./a.ts'] },
  'kernel-stands-alone': { 'src/kernel/word.ts': ['node:fs'] },
  'rules-stand-alone': { 'src/rules/evaluate.ts': ['../db/rows.ts'] },
  'text-stands-alone': { 'src/text/fold.ts': ['../db/rows.ts'] },
  'ports-know-only-kernel': { 'src/ports/mailer.ts': ['node:net'] },
  'domain-is-pure': { 'src/modules/demands/domain/rule.ts': ['../../../db/rows.ts'] },
  'modules-meet-at-index': { 'src/modules/demands/open.ts': ['../listings/inside.ts'] },
  'tables-and-views-may-join': { 'src/modules/demands/demand-view.ts': ['../listings/inside.ts'] },
  'modules-see-ports-not-adapters': { 'src/modules/demands/send.ts': ['../../adapters/mail.ts'] },
  'adapters-know-no-modules': { 'src/adapters/nosy.ts': ['../modules/listings/inside.ts'] },
  'vendor-clients-in-adapters': { 'src/http/queue.ts': ['bullmq'] },
  'telemetry-loads-lazily': { 'src/http/traced.ts': ['../adapters/telemetry/otlp.ts'] },
  'sql-in-repos': { 'src/modules/demands/close.ts': ['drizzle-orm'] },
  'http-in-routes': { 'src/modules/demands/answer.ts': ['fastify'] },
  'routes-only-from-app': { 'src/modules/demands/mount.ts': ['./routes.ts'] },
  'jobs-only-from-registry': { 'src/modules/demands/start.ts': ['./jobs.ts'] },
  'upstream-modules': { 'src/modules/demands/match.ts': ['../matching/index.ts'] },
  'nothing-imports-entry-points': { 'src/http/boot.ts': ['../server.ts'] },
  'no-orphans': { 'src/http/alone.ts': [] },
}
const innocent = [
  'src/db/rows.ts',
  'src/adapters/mail.ts',
  'src/adapters/telemetry/otlp.ts',
  'src/modules/listings/inside.ts',
  'src/modules/demands/routes.ts',
  'src/modules/demands/jobs.ts',
  'src/modules/matching/index.ts',
  'src/server.ts',
]

describe('every rule', () => {
  let directory: string
  let violations: Violation[]

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'queqiao-architecture-'))
    for (const file of ['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json'])
      await cp(file, join(directory, file))
    await symlink(resolve('node_modules'), join(directory, 'node_modules'))
    for (const file of innocent) await writeSource(directory, file, [])
    for (const files of Object.values(violating)) {
      for (const [file, imports] of Object.entries(files)) await writeSource(directory, file, imports)
    }
    violations = await cruise(directory, ['src'])
  }, 60_000)
  afterAll(() => rm(directory, { recursive: true }))

  it('is proven to fire below', () => {
    expect(Object.keys(violating).sort()).toEqual(rules.map(({ name }) => name).sort())
  })

  it.each(Object.keys(violating))('%s fires on a file that breaks it', (name) => {
    const offenders = violations.filter(({ rule }) => rule.name === name).map(({ from }) => from)
    expect(offenders).toEqual(expect.arrayContaining(Object.keys(violating[name] ?? {}).slice(0, 1)))
  })

  it('explains itself', () => {
    const silent = rules.filter(({ comment }) => (comment ?? '').length < 20)
    expect(silent.map(({ name }) => name)).toEqual([])
  })
})

describe('the source files', () => {
  it('have at most 400 lines of code each', async () => {
    const long = (await sources()).map(({ file, text }) => ({ file, lines: linesOfCode(text) }))
    expect(long.filter(({ file, lines }) => lines > 400 && !file.endsWith('table.ts'))).toEqual([])
  })

  it("never use drizzle's own transaction(), which returns dead clients to the pool", async () => {
    const offenders = (await sources()).filter(({ text }) => /\.transaction\(/.test(withoutComments(text)))
    expect(offenders.map(({ file }) => file)).toEqual([])
  })

  it('take the time from a clock', async () => {
    const offenders = (await sources()).filter(
      ({ file, text }) =>
        file !== 'src/kernel/clock.ts' && /\bDate\.now\(\)|\bnew Date\(\)/.test(withoutComments(text)),
    )
    expect(offenders.map(({ file }) => file)).toEqual([])
  })

  it('have no unfinished business', async () => {
    const offenders = (await sources()).filter(({ text }) => /\b(TODO|FIXME|XXX)\b/.test(text))
    expect(offenders.map(({ file }) => file)).toEqual([])
  })
})

async function writeSource(directory: string, file: string, imports: string[]): Promise<void> {
  const path = join(directory, file)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, [...imports.map((target) => `import '${target}'`), 'export {}', ''].join('\n'))
}

async function cruise(directory: string, targets: string[]): Promise<Violation[]> {
  const program = resolve('node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
  const options = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json']
  const { stdout } = await run(process.execPath, [program, ...targets, ...options], {
    cwd: directory,
    maxBuffer: 64 * 1024 * 1024,
  })
  const { summary } = JSON.parse(stdout)
  if (summary.totalCruised === 0) throw new Error(`dependency-cruiser found no files in ${targets.join(', ')}`)
  return summary.violations
}

function describeViolation({ from, to, rule }: Violation): string {
  const comment = rules.find(({ name }) => name === rule.name)?.comment ?? ''
  return `${rule.name}: ${from} → ${to}. ${comment}`
}

async function sources(): Promise<{ file: string; text: string }[]> {
  const found = await Promise.all(
    roots.map(async (root) => (await readdir(root, { recursive: true })).map((file) => join(root, file))),
  )
  const files = found.flat().filter((file) => file.endsWith('.ts'))
  return Promise.all(files.sort().map(async (file) => ({ file, text: await readFile(file, 'utf8') })))
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '')
}

function linesOfCode(text: string): number {
  return withoutComments(text)
    .split('\n')
    .filter((line) => line.trim() !== '').length
}
