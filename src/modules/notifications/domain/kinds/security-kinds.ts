import { both, type Kind, urgent } from './kind.ts'

/** What only the user itself is told. */
export const securityKinds = {
  'security.session_reused': {
    ...urgent,
    title: both('已结束一次可疑的登录', 'A suspicious sign-in was ended'),
    body: both(
      '“{displayName}”的一个已用过的登录凭证再次出现，可能被他人复制，因此该次登录已被结束。若不是您本人操作，请修改密码。',
      'A used sign-in token of “{displayName}” came back, so somebody may hold a copy; the session was ended. If this was not you, change your password.',
    ),
    subject: both('安全提醒：已结束一次可疑的登录', 'Security: a suspicious sign-in was ended'),
  },
} as const satisfies Record<string, Kind>

/** What their texts show. */
export type SecurityParams = {
  /** Of the user who is told, nobody else's. */
  displayName?: string
}
