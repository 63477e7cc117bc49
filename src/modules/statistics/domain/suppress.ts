import type { Figure } from './figure.ts'

/** What fewer subjects stand behind could be traced to them: one deal is somebody's deal. */
export const leastBasis = 5

export function suppressSmall<F extends Pick<Figure, 'value' | 'basis' | 'isSuppressed'>>(figure: F): F {
  if (figure.basis === 0 || figure.basis >= leastBasis) return figure
  return { ...figure, value: null, basis: 0, isSuppressed: true }
}

/**
 * The same for one column of a table whose total is published elsewhere: a single hidden cell could be found by subtraction,
 * so the next smallest is hidden with it.
 */
export function suppressColumn<F extends Pick<Figure, 'value' | 'basis' | 'isSuppressed'>>(column: readonly F[]): F[] {
  const hidden = column.map(suppressSmall)
  if (hidden.filter(({ isSuppressed }) => isSuppressed).length !== 1) return hidden
  const shown = hidden.filter(({ isSuppressed, basis }) => !isSuppressed && basis > 0)
  const [smallest] = [...shown].sort((one, other) => one.basis - other.basis)
  return hidden.map((figure) =>
    figure === smallest ? { ...figure, value: null, basis: 0, isSuppressed: true } : figure,
  )
}
