export type Operator = '>=' | '<=' | '>' | '<' | '=' | 'range'

/** A quantified property as its author wrote it: 耐温 >= 600 ℃. `range` has both ends. */
export type Indicator = {
  name: string
  operator: Operator
  value: number
  valueMax?: number | undefined
  unit?: string | undefined
}

/** One that was found in a text; `text.slice(start, end)` is where. */
export type ReadIndicator = Indicator & {
  /** The words it was read from, name to unit. */
  text: string
  start: number
  end: number
  /** False for a bare number ("厚度 3 mm"), which may describe rather than bound. */
  isBound: boolean
}
