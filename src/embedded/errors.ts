export type EmbeddedPostgresErrorCode =
  | 'PLATFORM_UNSUPPORTED'
  | 'BINARIES_MISSING'
  | 'BINARIES_INCOMPLETE'
  | 'BINARIES_UNREADABLE'
  | 'NO_UNPRIVILEGED_USER'
  | 'DATA_DIR_UNREACHABLE'
  | 'DATA_DIR_NOT_WRITABLE'
  | 'DATA_DIR_IN_USE'
  | 'DATA_FOREIGN'
  | 'DATA_VERSION'
  | 'SECRETS_INVALID'
  | 'NO_SPACE'
  | 'INIT_FAILED'
  | 'START_FAILED'
  | 'START_TIMEOUT'
  | 'UNSAFE_SETTINGS'
  | 'STOP_FAILED'
  | 'BACKUP_TARGET'
  | 'BACKUP_FAILED'
  | 'BACKUP_DAMAGED'
  | 'RESTORE_REFUSED'
  | 'RESTORE_UNFINISHED'

/** `message` is one sentence for the operator; `fix` is the exact command or action that helps. */
export class EmbeddedPostgresError extends Error {
  readonly code: EmbeddedPostgresErrorCode
  readonly fix: string

  constructor(code: EmbeddedPostgresErrorCode, text: { message: string; fix: string }, options?: ErrorOptions) {
    super(text.message, options)
    this.name = 'EmbeddedPostgresError'
    this.code = code
    this.fix = text.fix
  }
}

/** Turns the file system's own words into a sentence with a remedy; anything unknown is returned as it came. */
export function explainFileError(error: unknown, path: string): unknown {
  switch (errorCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return noSpace(path, error)
    case 'EROFS':
      return notWritable(`${path} is on a read-only file system.`, 'mount it writable, or set DATA_DIR', error)
    case 'EACCES':
    case 'EPERM':
    case 'ENOENT': // Node's recursive mkdir says so on a read-only tmpfs
      return notWritable(
        `${path} cannot be written (${errorCode(error)}).`,
        `sudo mkdir -p ${path} && sudo chown -R "$(id -u)" ${path}   (or set DATA_DIR to a writable directory)`,
        error,
      )
    case 'EEXIST':
    case 'ENOTDIR':
      return notWritable(`${path} is not a directory.`, 'set DATA_DIR to a directory', error)
    default:
      return error
  }
}

function notWritable(message: string, fix: string, cause: unknown): EmbeddedPostgresError {
  return new EmbeddedPostgresError('DATA_DIR_NOT_WRITABLE', { message, fix }, { cause })
}

/** PostgreSQL's words for a full disk; a short write comes without the system's own. */
export function isDiskFullText(text: string): boolean {
  return /No space left on device|could not extend file/.test(text)
}

export function noSpace(path: string, cause?: unknown): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'NO_SPACE',
    {
      message: `No space is left on the disk that holds ${path}.`,
      fix: `free at least 1 GB there (check: df -h ${path}), or set DATA_DIR to a larger disk`,
    },
    { cause },
  )
}

export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
