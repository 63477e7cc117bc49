import { impossible } from '../../../kernel/assert.ts'
import type { ScoreModel } from './score-model.ts'
import { scoreModelV1 } from './score-model-v1.ts'
import { scoreModelV2 } from './score-model-v2.ts'
import { scoreModelV3 } from './score-model-v3.ts'
import { scoreModelV4 } from './score-model-v4.ts'

/** Every model that ever shipped, oldest first: stored scores name theirs. */
export const shippedModels: readonly ScoreModel[] = [scoreModelV1, scoreModelV2, scoreModelV3, scoreModelV4]

/** In force until something better was learnt, and always there to go back to. */
export const shippedModel: ScoreModel = shippedModels.at(-1) ?? impossible('no model ships')
