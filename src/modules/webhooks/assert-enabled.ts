import { assert } from '../../kernel/assert.ts'
import type { Endpoint } from './endpoint-repo.ts'

/** @throws TRANSITION_NOT_ALLOWED */
export function assertEnabled({ isEnabled }: Endpoint): void {
  assert(isEnabled, 'TRANSITION_NOT_ALLOWED', 'The webhook endpoint is disabled; enable it first.')
}
