import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type SmallDisk = { path: string; isMounted: boolean; remove(): void }

/** A disk of 220 MB for a cluster of 70; where nobody may mount one, the test cannot run. */
export function mountSmallDisk(): SmallDisk {
  const path = mkdtempSync(join(tmpdir(), 'queqiao-full-'))
  const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=220m', 'tmpfs', path]).status === 0
  if (isMounted) chmodSync(path, 0o711)
  else process.stderr.write('skipped: the test of a full disk needs the right to mount a tmpfs (root)\n')
  const remove = () => {
    if (isMounted) spawnSync('umount', ['--lazy', path])
    rmSync(path, { recursive: true, force: true })
  }
  return { path, isMounted, remove }
}

/** Leaves not one free byte. @returns the file to delete. */
export async function fill(path: string): Promise<string> {
  const ballast = join(path, 'ballast')
  const file = await open(ballast, 'w')
  try {
    for (const size of [1_048_576, 4_096]) {
      const zeros = Buffer.alloc(size)
      while (
        await file.write(zeros).then(
          ({ bytesWritten }) => bytesWritten === size,
          () => false,
        )
      );
    }
  } finally {
    await file.close()
  }
  const left = execFileSync('df', ['--output=avail', path]).toString()
  if (!/\n\s*0\s*$/.test(left)) throw new Error(`the disk is not full: ${left}`)
  return ballast
}
