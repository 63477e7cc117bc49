import { AppError } from './errors.ts'

/** Strong ETag of a row version; views that show less carry their name, because they are other representations. */
export function etagOf(version: number, view: 'full' | 'member' | 'teaser' = 'full'): string {
  return view === 'full' ? `"v${version}"` : `"v${version}.${view}"`
}

/** A refusal because the row moved on (412); carries the current ETag. */
export function versionConflict(currentVersion: number): AppError {
  return new AppError('PRECONDITION_FAILED', 'Somebody changed it since you read it. Read it again and repeat.', {
    headers: { etag: etagOf(currentVersion) },
  })
}
