/** One line of `doctor`. A problem carries the exact command or action that removes it. */
export type Finding =
  | { check: string; isOk: true; detail: string }
  | { check: string; isOk: false; detail: string; fix: string }

export function ok(check: string, detail: string): Finding {
  return { check, isOk: true, detail }
}

export function problem(check: string, detail: string, fix: string): Finding {
  return { check, isOk: false, detail, fix }
}
