import { z } from 'zod'
import { defineEvent } from '../../kernel/domain-event.ts'
import { idSchema } from '../../kernel/ids.ts'

const imported = { importId: idSchema('import'), userId: idSchema('user') }

export const importRequested = defineEvent('import.requested', 1, z.object(imported))
/** Every row has an outcome, or the file could not be read. */
export const importEnded = defineEvent('import.ended', 1, z.object(imported))
