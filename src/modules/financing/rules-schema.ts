import { z } from 'zod'
import { checkRules } from '../../rules/index.ts'

/** A set of rules in a body; a refused one is reported at the place in it that is wrong. */
export const rulesSchema = z
  .record(z.string(), z.unknown())
  .superRefine((value, context) => {
    for (const { pointer, code, message } of checkRules(value).issues) {
      const path = pointer.split('/').slice(1).map(unescaped)
      context.addIssue({ code: 'custom', path, message, params: { code }, input: value })
    }
  })
  .meta({
    description:
      'Conditions as data: {"rule": …, "definitions"?: {name: rule}, "source"?, "from"?, "to"?}. A rule is one of all, any, ' +
      'not, atLeast + of, compare + is + to, member + in, prefix + in, age, qualification, score + min, use; see ' +
      'GET /v1/rule-fields for the fields and docs/adr for the language.',
  })

function unescaped(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~')
}
