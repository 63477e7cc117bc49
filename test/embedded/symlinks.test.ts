import { execFile } from 'node:child_process'
import { cp, lstat, mkdir, readFile, readlink, rm, symlink, unlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { beforeEach, describe, expect, it } from 'vitest'
import { locateBinaries } from '../../src/embedded/platform-binaries.ts'
import { ensureSymlinks, findMissingSymlinks } from '../../src/embedded/symlinks.ts'
import { emptyDir } from './data-dir.ts'

const run = promisify(execFile)
let nativeDir: string

/** A copy of what an installation with --ignore-scripts has: the libraries, none of the links. */
beforeEach(async () => {
  const source = (await locateBinaries()).nativeDir
  nativeDir = join(await emptyDir(tmpdir()), 'native')
  for (const part of ['pg-symlinks.json', 'bin', 'lib']) {
    const filter = async (path: string) => !(await lstat(path)).isSymbolicLink() && !path.endsWith('/postgresql')
    await cp(join(source, part), join(nativeDir, part), { recursive: true, filter })
  }
})

describe('ensureSymlinks', () => {
  it('makes the links without which the server cannot be loaded, once', async () => {
    const postgres = join(nativeDir, 'bin', 'postgres')
    await expect(run(postgres, ['--version'])).rejects.toThrow(/shared object|image not found|Library not loaded/)
    expect((await ensureSymlinks(nativeDir)).created).toBeGreaterThan(0)
    expect((await run(postgres, ['--version'])).stdout).toContain('PostgreSQL')
    expect(await ensureSymlinks(nativeDir)).toEqual({ created: 0 })
  })

  it('repairs a link that points nowhere and leaves a plain copy of a library alone', async () => {
    await ensureSymlinks(nativeDir)
    const list: { source: string; target: string }[] = JSON.parse(
      await readFile(join(nativeDir, 'pg-symlinks.json'), 'utf8'),
    )
    const [dangling, copied] = list.map(({ target }) => join(nativeDir, '..', target))
    if (!dangling || !copied) throw new Error('the package lists fewer than two links')
    const right = await readlink(dangling)
    await unlink(dangling)
    await symlink('nowhere.so', dangling)
    const library = await readFile(copied)
    await unlink(copied)
    await cp(join(nativeDir, '..', list[1]?.source ?? ''), copied)

    expect(await ensureSymlinks(nativeDir)).toEqual({ created: 1 })
    expect(await readlink(dangling)).toBe(right)
    expect((await lstat(copied)).isSymbolicLink()).toBe(false)
    expect(await readFile(copied)).toEqual(library)
  })

  it('two boots at once both succeed', async () => {
    await Promise.all([ensureSymlinks(nativeDir), ensureSymlinks(nativeDir)])
    expect(await findMissingSymlinks(nativeDir)).toEqual([])
  })

  it('says what to run when the links cannot be made', async () => {
    // A name too long for the file system is an obstacle that stops root, too.
    const list = [{ source: 'native/lib/real.so', target: `native/lib/${'x'.repeat(300)}.so` }]
    await writeFile(join(nativeDir, 'pg-symlinks.json'), JSON.stringify(list))
    await writeFile(join(nativeDir, 'lib', 'real.so'), '')
    await expect(ensureSymlinks(nativeDir)).rejects.toMatchObject({
      code: 'BINARIES_INCOMPLETE',
      fix: expect.stringContaining('hydrate-symlinks.js'),
    })
  })

  it('says to install again when the library itself is gone', async () => {
    await rm(join(nativeDir, 'lib'), { recursive: true })
    await mkdir(join(nativeDir, 'lib'))
    await expect(ensureSymlinks(nativeDir)).rejects.toMatchObject({
      code: 'BINARIES_INCOMPLETE',
      fix: expect.stringContaining('npm ci'),
    })
  })
})
