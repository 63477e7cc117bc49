/** 1 takes in the whole prefecture, 2 the whole province, 3 the country. */
export const regionLevels = [1, 2, 3] as const

/** The accepted divisions, each taken one or more levels wider; no division at all means anywhere. */
export function widenRegions(accepted: readonly string[], level: number): string[] {
  if (level >= 3) return []
  return [...new Set(accepted.map((code) => widen(code, level)))]
}

/** A division that is as wide already stays as it is. */
function widen(code: string, level: number): string {
  const digits = level === 1 ? 4 : 2
  return code.slice(0, digits).padEnd(6, '0')
}
