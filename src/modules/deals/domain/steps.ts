import type { Amounts } from './amounts.ts'
import type { Evidence } from './payment.ts'
import type { DealStage } from './stage.ts'

/** How the signature came into the books: both sides confirmed the terms here, or an operator saw the paper. */
export type Signing = {
  signedOn: string
  contractNo?: string | undefined
  record: 'both_sides' | 'operator'
  evidence: Evidence[]
}

/** What the registration office certified; its amounts may be lower than the contract's. */
export type Registration = { certificateNo: string; registrar: string; registeredOn: string } & {
  [name in keyof Amounts]: number
}

export type Refusal = { registrar: string; reason: string; refusedOn: string }

export type Dropped = { stage: DealStage; reasonCode: string; note?: string | undefined }
