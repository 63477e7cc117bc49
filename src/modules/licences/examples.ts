const at = '2026-11-20T02:00:00.000Z'
const id = (prefix: string) => `${prefix}_01k9w3ynwzf5yr8t6x2m4q7c1a`

export const exampleDeclaration = {
  supplyId: id('sup'),
  patentNumber: '201710601862.3',
  fee: { form: 'one_off' as const, amountFen: 5_000_000 },
  paymentTerms: '书面通知后三十日内一次付清',
  validFrom: '2026-12-01',
  validTo: '2029-12-01',
  annuityPaidUntil: '2027-07-21',
}

const { supplyId, annuityPaidUntil: _paid, ...declared } = exampleDeclaration
export const exampleLicence = {
  ...{ id: id('opl'), supplyId, organisationId: id('org'), market: 'jiangsu', title: '车联网轻量级身份认证方法' },
  ...{ fields: ['electronic-information'], ...declared, patentType: 'invention', warnings: [] },
  ...{ state: 'declared' as const, version: 1, createdAt: at },
}

export const exampleAcceptance = {
  ...{ id: id('lia'), licenceId: id('opl'), organisationId: id('org'), state: 'noticed' as const },
  ...{
    fee: exampleDeclaration.fee,
    paymentTerms: exampleDeclaration.paymentTerms,
    validTo: '2029-12-01',
    noticedAt: at,
  },
}
