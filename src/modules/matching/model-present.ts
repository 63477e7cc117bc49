import type { z } from 'zod'
import type { refitResponse, scoreModelDetailResponse, scoreModelResponse } from './model-schemas.ts'
import type { ModelView } from './read-models.ts'
import type { RefitRun, StoredModel } from './score-model-repo.ts'

export function toModelResponse(model: StoredModel): z.input<typeof scoreModelResponse> {
  const { version, kind, state, isPinned, trainingSize, metrics, createdBy, createdAt, activatedAt } = model
  return {
    ...{ version, kind, state, isPinned, trainingSize, metrics, createdBy },
    createdAt: createdAt.toISOString(),
    activatedAt: activatedAt?.toISOString() ?? null,
  }
}

export function toModelDetailResponse({ model, progress }: ModelView): z.input<typeof scoreModelDetailResponse> {
  const { features, oddsCuts, levelCuts } = model.weights
  return {
    ...toModelResponse(model),
    features: [...features],
    oddsCuts: [...oddsCuts],
    levelCuts: [...levelCuts],
    ...progress,
  }
}

export function toRefitResponse(run: RefitRun): z.input<typeof refitResponse> {
  const { outcome, reason, approved, rejected, version, createdAt } = run
  return { outcome, reason, approved, rejected, version, createdAt: createdAt.toISOString() }
}
