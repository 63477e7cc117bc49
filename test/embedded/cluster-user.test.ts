import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findClusterUser } from '../../src/embedded/cluster-user.ts'
import { startEmbeddedPostgres } from '../../src/embedded/index.ts'
import { findBlockedPath } from '../../src/embedded/path-access.ts'
import { emptyDir } from './data-dir.ts'

const isRoot = process.getuid?.() === 0
const root = 'root:x:0:0:root:/root:/bin/bash'
const nobody = 'nobody:x:65534:65534::/nonexistent:/usr/sbin/nologin'
const postgres = 'postgres:x:101:104::/var/lib/postgresql:/bin/bash'

async function passwd(...lines: string[]): Promise<{ file: string; noCluster: string }> {
  const dir = await emptyDir()
  await writeFile(join(dir, 'passwd'), `${lines.join('\n')}\n`)
  return { file: join(dir, 'passwd'), noCluster: join(dir, 'postgres') }
}

describe.skipIf(!isRoot)('findClusterUser as root', () => {
  it.each([
    ['postgres', [root, nobody, postgres], { name: 'postgres', uid: 101, gid: 104 }],
    ['nobody', [root, nobody], { name: 'nobody', uid: 65_534, gid: 65_534 }],
  ])('takes %s from the system', async (_, lines, expected) => {
    const { file, noCluster } = await passwd(...lines)
    expect(await findClusterUser(noCluster, file)).toEqual(expected)
  })

  it('never takes root, and names the command that makes a user', async () => {
    const { file, noCluster } = await passwd(root, 'postgres:x:0:0::/:/bin/sh')
    await expect(findClusterUser(noCluster, file)).rejects.toMatchObject({
      code: 'NO_UNPRIVILEGED_USER',
      fix: expect.stringContaining('useradd'),
    })
  })
})

describe.skipIf(isRoot)('findClusterUser as a normal user', () => {
  it('changes no user', async () => {
    expect(await findClusterUser(await emptyDir())).toBeUndefined()
  })
})

describe('findBlockedPath', () => {
  it('names the first directory that a user may not enter, by owner, group and others', async () => {
    const closed = join(await emptyDir(), 'closed')
    await mkdir(join(closed, 'data'), { recursive: true })
    await chmod(closed, 0o710)
    const gid = process.getgid?.() ?? 0
    expect(await findBlockedPath(join(closed, 'data'), { uid: 54_321, gid: 54_321 }, 'directory')).toBe(closed)
    expect(await findBlockedPath(join(closed, 'data'), { uid: 54_321, gid }, 'directory')).toBeUndefined()
  })
})

describe.skipIf(!isRoot)('a DATA_DIR that the cluster user cannot reach', () => {
  it('is refused with the chmod that helps, and left empty', async () => {
    const closed = await emptyDir()
    await chmod(closed, 0o700)
    await expect(startEmbeddedPostgres({ dataDir: join(closed, 'data') })).rejects.toMatchObject({
      code: 'DATA_DIR_UNREACHABLE',
      fix: expect.stringContaining(`chmod o+x ${closed}`),
    })
  })
})
