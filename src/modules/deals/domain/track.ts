import { type DealStage, isClosed } from './stage.ts'

/** How the deals about one listing ended, in the order in which they were opened; open ones say nothing yet. */
export function trackOf(stages: readonly DealStage[]): { dealsSigned: number; droppedInARow: number } {
  const ended = stages.filter((stage) => stage === 'dropped' || isClosed(stage))
  const lastSigned = ended.findLastIndex(isClosed)
  return { dealsSigned: ended.filter(isClosed).length, droppedInARow: ended.length - 1 - lastSigned }
}
