import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { diskFileStore } from '../../src/adapters/files/disk.ts'

const directory = mkdtempSync(join(tmpdir(), 'queqiao-test-files-'))
process.once('exit', () => rmSync(directory, { recursive: true, force: true }))

/** Files of the tests of one process; they go when it ends. */
export const testFiles = diskFileStore(directory)
