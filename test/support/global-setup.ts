import { tmpdir } from 'node:os'
import type { TestProject } from 'vitest/node'
import { type RunningCluster, startTestCluster, temporaryDir } from './cluster.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Superuser, database `postgres`. */
    adminUrl: string
    templateName: string
  }
}

type Shared = { users: number; cluster: Promise<RunningCluster> }

/** Every project loads its own copy of this file, so the one cluster of the run is kept on globalThis. */
const registry = globalThis as typeof globalThis & { queqiaoTestCluster?: Shared }

/** Starts the cluster for the first project that needs it; the last one to finish stops it. */
export async function setup(project: TestProject): Promise<void> {
  registry.queqiaoTestCluster ??= { users: 0, cluster: startTestCluster(temporaryDir(tmpdir())) }
  const shared = registry.queqiaoTestCluster
  shared.users += 1
  const { adminUrl, templateName } = await shared.cluster
  project.provide('adminUrl', adminUrl)
  project.provide('templateName', templateName)
}

export async function teardown(): Promise<void> {
  const shared = registry.queqiaoTestCluster
  if (shared === undefined) return
  shared.users -= 1
  if (shared.users > 0) return
  registry.queqiaoTestCluster = undefined
  const cluster = await shared.cluster.catch(() => undefined)
  await cluster?.stop()
}
