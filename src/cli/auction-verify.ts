import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { auditResponse } from '../modules/auctions/bid-schemas.ts'
import type { Audit } from '../modules/auctions/domain/audit.ts'
import { verifyAudit } from '../modules/auctions/domain/verify-audit.ts'

/**
 * `npm run auction:verify -- file.json`: judges the record of a closed lot, as `/v1/auctions/{id}/audit` gives it, by the
 * announced rules alone; no database and no server are asked. Exit code 0 when it verifies, 1 with what it breaks, 2 when the
 * file is no such record.
 */
async function run(): Promise<number> {
  const path = process.argv[2]
  if (path === undefined) return fail('usage: npm run auction:verify -- file.json')
  const parsed = auditResponse.safeParse(JSON.parse(await readFile(path, 'utf8')))
  if (!parsed.success) return fail(`${path} is no record of an auction: ${parsed.error.issues[0]?.message}`)
  const audit = parsed.data as Audit
  const findings = verifyAudit(audit, (text) => createHash('sha256').update(text).digest('hex'))
  if (findings.length === 0) {
    console.log(`${audit.terms.lotId}: ${audit.bids.length} bids verified, ${audit.outcome}`)
    return 0
  }
  for (const { rule, seq, message } of findings) {
    console.log(`${rule}${seq === undefined ? '' : ` at bid ${seq}`}: ${message}`)
  }
  return 1
}

function fail(message: string): number {
  console.error(message)
  return 2
}

try {
  process.exitCode = await run()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 2
}
