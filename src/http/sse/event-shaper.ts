import { impossible } from '../../kernel/assert.ts'
import { keepDeclared } from '../declared-fields.ts'
import type { StreamEvent } from './source.ts'
import type { AnyStream } from './stream-spec.ts'

/** As with answers: no field leaves that the schema of the event does not name; tests also check what it names. */
export function eventShaper(
  { events, operationId }: AnyStream,
  answers: 'checked' | 'trimmed' | undefined,
): (event: StreamEvent) => StreamEvent {
  const shapes = new Map(
    Object.entries(events).map(([name, schema]) => [
      name,
      answers === 'trimmed' ? keepDeclared(schema) : (data: unknown) => schema.parse(data),
    ]),
  )
  return (event) => {
    const shape = shapes.get(event.event) ?? impossible(`${operationId} declares no event "${event.event}"`)
    return { ...event, data: shape(event.data) }
  }
}
