import { access, constants } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { locateBinaries } from '../../src/embedded/platform-binaries.ts'

describe('locateBinaries', () => {
  it('finds programs that may be executed, and their major version', async () => {
    const { postgres, initdb, pgCtl, majorVersion } = await locateBinaries()
    for (const program of [postgres, initdb, pgCtl]) await access(program, constants.X_OK)
    expect(Number(majorVersion)).toBeGreaterThanOrEqual(18)
  })

  it('points to a Debian image or DATABASE_URL where no package exists', async () => {
    await expect(locateBinaries('linux-riscv64')).rejects.toMatchObject({
      code: 'PLATFORM_UNSUPPORTED',
      fix: expect.stringMatching(/Debian image.*DATABASE_URL/),
    })
  })

  it.skipIf(process.platform !== 'linux')('says that glibc is missing instead of failing in the middle', async () => {
    const otherArch = process.arch === 'x64' ? 'linux-arm64' : 'linux-x64'
    await expect(locateBinaries(otherArch)).rejects.toMatchObject({
      code: 'PLATFORM_UNSUPPORTED',
      message: expect.stringContaining('glibc'),
    })
  })
})
