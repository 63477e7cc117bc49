/**
 * Name, message and stack of the end of the cause chain, for the log. Never drizzle's own message: it holds the SQL text
 * and its parameters (LOG-1).
 */
export function safeError(error: unknown): object {
  if (!(error instanceof Error)) return { name: typeof error }
  let root = error
  while (root.cause instanceof Error && root.cause !== root) root = root.cause
  const isStatement = 'query' in root && 'params' in root
  const message = isStatement ? 'a statement failed' : root.message.slice(0, 500)
  // A message of several lines stands in the stack, too; only the frames are kept.
  const frames = root.stack?.split('\n').filter((line) => /^\s+at /.test(line))
  return { name: root.name, message, stack: frames?.slice(0, 8).join('\n') }
}
