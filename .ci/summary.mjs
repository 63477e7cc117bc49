// Prints the last line of .ci/run and decides its exit code: the tests' own, and 1 when nothing ran.
import { readFileSync } from 'node:fs'

const [reportPath, status] = process.argv.slice(2)
const { passed, failed } = countTests(readReport())
// A run can fail outside of any test: in the global set-up, or by an error that nobody caught.
const lost = Number(status) !== 0 && failed === 0 ? 1 : 0
if (lost > 0) process.stdout.write(`The test run ended with exit code ${status} although no test failed.\n`)
if (passed + failed === 0) process.stdout.write('No test ran.\n')
process.stdout.write(`${passed} passed, ${failed + lost} failed\n`)
process.exitCode = Number(status) || (failed > 0 || passed === 0 ? 1 : 0)

function readReport() {
  try {
    return JSON.parse(readFileSync(reportPath, 'utf8'))
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, testResults: [] }
  }
}

/** A file that could not be loaded has no tests to count; it counts as one failure. */
function countTests(report) {
  const broken = report.testResults.filter((file) => file.status === 'failed' && !file.assertionResults.some(isFailed))
  return { passed: report.numPassedTests, failed: report.numFailedTests + broken.length }
}

function isFailed(test) {
  return test.status === 'failed'
}
