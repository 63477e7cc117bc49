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

export const exampleStreamEvents = [
  { id: 41, event: 'ready', data: { unreadCount: 3 } },
  { id: 57, event: 'notification', data: exampleNotification },
]

/** The defaults; kinds are shortened to two. */
const exampleChoices = [{ kind: 'match.approved.demand' as const, channel: 'email' as const, mode: 'digest' as const }]

export const examplePreferencesBody = {
  locale: 'zh' as const,
  timeZone: 'Asia/Shanghai',
  quietHours: { from: '22:00', to: '08:00' },
  dailyMailMax: 20,
  preferences: exampleChoices,
}

export const examplePreferences = {
  ...examplePreferencesBody,
  preferences: exampleChoices,
  kinds: [
    {
      kind: 'match.approved.demand' as const,
      importance: 'normal' as const,
      mayWait: true,
      inApp: 'instant' as const,
      email: 'digest' as const,
    },
    {
      kind: 'auction.outbid' as const,
      importance: 'high' as const,
      mayWait: false,
      inApp: 'instant' as const,
      email: 'instant' as const,
    },
  ],
  mail: { address: 'li@example.com', state: 'working' as const },
}

export const exampleSubscription = {
  address: 'l…@example.com',
  kind: 'match.approved.demand' as const,
  isSubscribed: true,
}

export const exampleStoredMail = {
  id: 'sml_01k9w3ynwzf5yr8t6x2m4q7c2a',
  messageId: '<mdl_01k9w3ynwzf5yr8t6x2m4q7c1d@example.cn>',
  from: '鹊桥 <no-reply@example.cn>',
  to: 'li@example.com',
  subject: '被退回：双电机壳体压铸气密性提升',
  text: '您的技术需求被退回…',
  html: '<!doctype html>…',
  headers: { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
  createdAt: '2026-11-20T02:00:00.000Z',
}
