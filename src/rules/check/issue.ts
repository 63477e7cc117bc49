export type RuleIssueCode =
  | 'type_error'
  | 'unknown_key'
  | 'unknown_field'
  | 'unknown_code'
  | 'unknown_reference'
  | 'reference_cycle'
  | 'unused_definition'
  | 'unreachable_branch'
  | 'too_large'

/** What is wrong with a rule, and where: a JSON pointer from the set's root, such as `#/rule/all/0/compare`. */
export type RuleIssue = { pointer: string; code: RuleIssueCode; message: string }

/** Collects issues below one place. */
export type Place = {
  readonly pointer: string
  at(key: string | number): Place
  report(code: RuleIssueCode, message: string): void
}

export function placeIn(issues: RuleIssue[], pointer = '#'): Place {
  return {
    pointer,
    at: (key) => placeIn(issues, `${pointer}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`),
    report: (code, message) => {
      issues.push({ pointer, code, message })
    },
  }
}
