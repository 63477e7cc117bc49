export const fileLimits = {
  bytes: 50 * 1_048_576,
  rows: 100_000,
  columns: 64,
  /** A cell may hold the longest text of a listing, 20,000 characters. */
  cellBytes: 65_536,
} as const
