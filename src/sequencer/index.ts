export { type Extent, getExtent, raiseFloor } from './counter-repo.ts'
export { runSequencer } from './run-sequencer.ts'
export { type Numbering, type Sequence, sequenceRows } from './sequence-rows.ts'
