import { ConfigError, readConfig } from '../config.ts'
import { diagnose, type Finding } from '../embedded/index.ts'
import { environment } from '../environment.ts'
import { systemClock } from '../kernel/clock.ts'

/** Prints one line per check, and below each problem the line that solves it. Exit code 1 when there is one. */
async function doctor(): Promise<number> {
  const { dataDir, databaseUrl, http } = readConfig(environment())
  const findings = await diagnose({ dataDir, databaseUrl, http, clock: systemClock })
  for (const finding of findings) console.log(toLines(finding))
  const problems = findings.filter((finding) => !finding.isOk).length
  console.log(problems === 0 ? 'Everything is in order.' : `${problems} problem(s) found.`)
  return problems === 0 ? 0 : 1
}

function toLines(finding: Finding): string {
  const line = `${finding.isOk ? 'ok     ' : 'PROBLEM'}  ${finding.check.padEnd(14)}  ${finding.detail}`
  return finding.isOk ? line : `${line}\n         fix: ${finding.fix}`
}

try {
  process.exitCode = await doctor()
} catch (error) {
  if (!(error instanceof ConfigError)) throw error
  console.error(error.message)
  process.exitCode = 78
}
