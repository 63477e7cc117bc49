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
  'security.new_device': {
    ...urgent,
    title: both('您的账号在新设备上登录', 'Your account was used on a new device'),
    body: both(
      '“{displayName}”的账号于 {happenedAt} 在一台未曾使用过的设备上登录。若不是您本人操作，请立即修改密码，其他登录会随之结束。',
      '“{displayName}” signed in on a device not seen before at {happenedAt} (China time). If this was not you, change your password at once; that ends all other sessions.',
    ),
    subject: both('安全提醒：新设备登录', 'Security: sign-in on a new device'),
  },
  'security.api_key_created': {
    ...urgent,
    title: both('您的账号新建了 API 密钥', 'An API key was created for your account'),
    body: both(
      '“{displayName}”的账号于 {happenedAt} 新建了一个 API 密钥。若不是您本人操作，请立即吊销该密钥并修改密码。',
      'An API key was created for “{displayName}” at {happenedAt} (China time). If this was not you, revoke it at once and change your password.',
    ),
    subject: both('安全提醒：新建了 API 密钥', 'Security: an API key was created'),
  },
  'security.password_changed': {
    ...urgent,
    title: both('您的密码已修改', 'Your password was changed'),
    body: both(
      '“{displayName}”的密码于 {happenedAt} 修改，其他登录均已结束。若不是您本人操作，请立即联系平台运营方。',
      'The password of “{displayName}” was changed at {happenedAt} (China time) and all other sessions were ended. If this was not you, contact the operator at once.',
    ),
    subject: both('安全提醒：密码已修改', 'Security: your password was changed'),
  },
} as const satisfies Record<string, Kind>

/** What their texts show. */
export type SecurityParams = {
  /** Of the user who is told, nobody else's. */
  displayName?: string
  /** ISO 8601; shown in China's time. */
  happenedAt?: string
}
