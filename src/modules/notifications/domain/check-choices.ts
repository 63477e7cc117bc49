import type { FieldError } from '../../../kernel/errors.ts'
import { nearest } from '../../../kernel/nearest.ts'
import { type Channel, type DeliveryMode, kindOf, type NotificationKind, notificationKinds } from './kinds.ts'

export type GivenChoice = { kind: string; channel: Channel; mode: DeliveryMode }
export type CheckedChoice = { kind: NotificationKind | '*'; channel: Channel; mode: DeliveryMode }

/** The choices that make sense, and why the others do not. */
export function checkChoices(given: readonly GivenChoice[]): { choices: CheckedChoice[]; errors: FieldError[] } {
  const choices: CheckedChoice[] = []
  const errors: FieldError[] = []
  const seen = new Set<string>()
  given.forEach(({ kind, channel, mode }, index) => {
    const refuse = (field: string, code: string, message: string) =>
      errors.push({ location: 'body', pointer: `#/preferences/${index}/${field}`, code, message })
    if (!isKnown(kind)) refuse('kind', 'unknown_kind', unknownKind(kind))
    else if (seen.has(`${kind} ${channel}`)) refuse('kind', 'duplicate', 'each kind and channel may stand here once')
    else if (channel === 'inApp' && mode === 'digest') refuse('mode', 'no_digest', 'there is no digest in the product')
    else if (mode === 'digest' && kind !== '*' && !kindOf(kind).mayWait)
      refuse('mode', 'may_not_wait', 'this kind is worth nothing a day later; choose instant or off')
    else choices.push({ kind, channel, mode })
    seen.add(`${kind} ${channel}`)
  })
  return { choices, errors }
}

const isKnown = (kind: string): kind is NotificationKind | '*' =>
  kind === '*' || (notificationKinds as readonly string[]).includes(kind)

function unknownKind(kind: string): string {
  const meant = nearest(kind, notificationKinds)
  return meant === undefined ? 'there is no such kind' : `there is no such kind; did you mean "${meant}"?`
}
