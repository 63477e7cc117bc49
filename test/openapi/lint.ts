import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const program = resolve('node_modules/@redocly/cli/bin/cli.js')
const config = resolve('redocly.yaml')
const environment = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' }

/** Rules that the document breaks, by redocly.yaml: `rule: message`. */
export async function lint(document: unknown): Promise<string[]> {
  const directory = await mkdtemp(join(tmpdir(), 'queqiao-lint-'))
  try {
    const file = join(directory, 'openapi.json')
    await writeFile(file, JSON.stringify(document))
    const report = JSON.parse(await run(['lint', file, '--config', config, '--format', 'json'])) as Report
    return report.problems.map(({ ruleId, message }) => `${ruleId}: ${message}`)
  } finally {
    await rm(directory, { recursive: true })
  }
}

type Report = { problems: { ruleId: string; message: string }[] }

/** Redocly ends with 1 when it finds something; what it found is on stdout either way. */
function run(args: string[]): Promise<string> {
  return new Promise((done, fail) => {
    const options = { env: environment, maxBuffer: 64 * 1024 * 1024 }
    execFile(process.execPath, [program, ...args], options, (error, stdout, stderr) => {
      if (stdout.trimStart().startsWith('{')) done(stdout)
      else fail(error ?? new Error(stderr))
    })
  })
}
