/** What stays of a User-Agent header when the browser or the system is updated: everything but the numbers. */
export function deviceOf(userAgent: string): string {
  return userAgent
    .replace(/\d[\d._]*/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}
