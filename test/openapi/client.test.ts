import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Document, operationsOf } from './document.ts'

const run = promisify(execFile)
let directory: string

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'queqiao-client-'))
  await symlink(resolve('node_modules'), join(directory, 'node_modules'))
  await writeFile(join(directory, 'package.json'), '{"type":"module"}')
  await cp('openapi/examples/client.ts', join(directory, 'client.ts'))
  const generator = resolve('node_modules/openapi-typescript/bin/cli.js')
  await run(process.execPath, [generator, 'openapi/openapi.json', '-o', join(directory, 'schema.d.ts')])
}, 60_000)
afterAll(() => rm(directory, { recursive: true }))

it('the example client compiles against types generated from the document (OAS-4)', async () => {
  expect(await compile('client.ts')).toBe('')
}, 60_000)

it('no body of any operation is `any` or `unknown` (OAS-4)', async () => {
  const document = JSON.parse(await readFile('openapi/openapi.json', 'utf8')) as Document
  const bodies = operationsOf(document).flatMap(({ operation }) => {
    const own = `operations['${operation.operationId}']`
    const request = operation.requestBody?.content['application/json'] ? [`NonNullable<${own}['requestBody']>`] : []
    const answers = Object.entries(operation.responses).filter(([, { content }]) => content?.['application/json'])
    const places = [...request, ...answers.map(([status]) => `${own}['responses'][${status}]`)]
    return places.map((place) => `${place}['content']['application/json']`)
  })
  expect(bodies.length).toBeGreaterThan(50)
  await writeFile(join(directory, 'bodies.ts'), assertions(bodies))
  expect(await compile('bodies.ts')).toBe('')
}, 60_000)

it('a body that is unknown would be found', async () => {
  await writeFile(join(directory, 'vague.ts'), assertions(['unknown', 'any', 'string']))
  expect(await compile('vague.ts')).toMatch(/vague\.ts\(\d+.+\n.*vague\.ts\(\d+/)
}, 60_000)

function assertions(types: string[]): string {
  const lines = types.map((type, index) => `export const body${index}: IsKnown<${type}> = true`)
  return [
    `import type { operations } from './schema.d.ts'`,
    'export type Operations = operations',
    'type IsKnown<T> = unknown extends T ? false : true',
    ...lines,
  ].join('\n')
}

/** What tsc complains about, as strict as it can be. */
async function compile(file: string): Promise<string> {
  const options = {
    ...{ target: 'ES2023', module: 'NodeNext', moduleResolution: 'NodeNext', lib: ['ES2023', 'DOM'], types: [] },
    ...{ strict: true, noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true, noImplicitOverride: true },
    ...{ noEmit: true, skipLibCheck: true, allowImportingTsExtensions: true, verbatimModuleSyntax: true },
  }
  const config = join(directory, `${file}.json`)
  await writeFile(config, JSON.stringify({ compilerOptions: options, files: [file] }))
  const compiler = resolve('node_modules/typescript/bin/tsc')
  const result = await run(process.execPath, [compiler, '-p', config], { cwd: directory }).catch((error) => error)
  return result.stdout
}
