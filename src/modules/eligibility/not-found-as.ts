import { AppError, notFound } from '../../kernel/errors.ts'

/** Who may not see an organisation's finances learns nothing of it: what was asked for does not exist for them. */
export async function notFoundAs<T>(what: string, reading: Promise<T>): Promise<T> {
  return reading.catch((error: unknown) => {
    throw error instanceof AppError && error.code === 'NOT_FOUND' ? notFound(what) : error
  })
}
