/** Values that the document shows; a test checks that they satisfy their schemas. */
export const exampleNotification = {
  id: 'ntf_01k9w3ynwzf5yr8t6x2m4q7c2a',
  kind: 'listing.returned' as const,
  title: { zh: '您的技术需求被退回', en: 'Your demand was returned' },
  body: {
    zh: '“双电机壳体压铸气密性提升”被退回，原因：需要澄清。修改后可重新提交。',
    en: '“双电机壳体压铸气密性提升” was returned: Needs clarification. Change it and submit it again.',
  },
  links: { listingId: 'dem_01k9w3ynwzf5yr8t6x2m4q7c0b' },
  createdAt: '2026-11-20T02:00:00.000Z',
}
