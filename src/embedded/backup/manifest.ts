import { z } from 'zod'
import { damaged } from './damaged.ts'

/** The last entry of a backup: what it is, and the checksum of each file. */
export const manifestPath = 'manifest.json'

const manifest = z.object({
  format: z.literal(1),
  madeAt: z.iso.datetime(),
  /** Major version of the PostgreSQL that wrote the cluster. */
  postgresVersion: z.string(),
  files: z.array(z.object({ path: z.string(), size: z.number().int(), sha256: z.string().length(64) })),
})
export type Manifest = z.infer<typeof manifest>
export type FileSum = Manifest['files'][number]

export function parseManifest(text: string): Manifest {
  try {
    return manifest.parse(JSON.parse(text))
  } catch (error) {
    throw damaged(`its ${manifestPath} cannot be read`, error)
  }
}

/** @throws BACKUP_DAMAGED when a file is missing, too many, or not what it was when the backup was made. */
export function assertComplete({ files }: Manifest, found: readonly FileSum[]): void {
  const sums = new Map(found.map((file) => [file.path, file]))
  for (const { path, size, sha256 } of files) {
    const file = sums.get(path)
    if (file === undefined) throw damaged(`${path} is missing`)
    if (file.size !== size || file.sha256 !== sha256) throw damaged(`${path} does not match its checksum`)
  }
  if (sums.size !== files.length) throw damaged('it holds files that its manifest does not name')
}
