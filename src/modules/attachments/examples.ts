/** Values that the document shows; a test checks that they satisfy their schemas. */
export const exampleAttachment = {
  id: 'att_01k9w3ynwzf5yr8t6x2m4q7c4a',
  tier: 'member' as const,
  fileName: '样件检测报告.pdf',
  mediaType: 'application/pdf',
  sizeBytes: 482_133,
  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  createdAt: '2026-11-27T02:00:00.000Z',
}

export const exampleLink = {
  url: `https://api.example.cn/v1/attachments/${exampleAttachment.id}/file?expires=1795831500&signature=p3x`,
  expiresAt: '2026-11-27T02:05:00.000Z',
  watermark: null,
}
