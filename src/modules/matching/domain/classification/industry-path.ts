/** `C36` is section C, division C36; finer digits of GB/T 4754 follow one by one. Anything else has no path. */
export function industryPath(code: string): string[] {
  const [whole, section = '', digits = ''] = /^([A-T])(\d{2,4})?$/.exec(code.trim().toUpperCase()) ?? []
  if (whole === undefined) return []
  return [
    section,
    ...[2, 3, 4].filter((length) => length <= digits.length).map((length) => section + digits.slice(0, length)),
  ]
}
