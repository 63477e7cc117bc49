import type { z } from 'zod'
import type { Acceptance } from './acceptance-repo.ts'
import type { OpenLicence } from './licence-repo.ts'
import type { acceptanceResponse, licenceResponse } from './schemas.ts'

export function toLicenceResponse(licence: OpenLicence): z.input<typeof licenceResponse> {
  const { id, supplyId, orgId, market, title, fields, patentNumber, patentType, fee, paymentTerms } = licence
  const { validFrom, validTo, warnings, state, version } = licence
  return {
    ...{ id, supplyId, organisationId: orgId, market, title, fields, patentNumber, patentType, fee, paymentTerms },
    ...{ validFrom, validTo, warnings, state, version },
    evaluationReport: licence.evaluationReport ?? undefined,
    withdrawalReason: licence.withdrawalReason ?? undefined,
    withdrawnAt: licence.withdrawnAt?.toISOString(),
    createdAt: licence.createdAt.toISOString(),
  }
}

export function toAcceptanceResponse(acceptance: Acceptance): z.input<typeof acceptanceResponse> {
  const { id, licenceId, orgId, state, fee, paymentTerms, validTo, noticedAt, paidAt } = acceptance
  return {
    ...{ id, licenceId, organisationId: orgId, state, fee, paymentTerms, validTo },
    noticedAt: noticedAt.toISOString(),
    paidAt: paidAt?.toISOString(),
  }
}
