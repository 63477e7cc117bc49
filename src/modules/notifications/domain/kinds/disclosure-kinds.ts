import { both, type Kind, usual } from './kind.ts'

/** Rights to read the confidential detail of others. */
export const disclosureKinds = {
  'disclosure.revoked': {
    ...usual,
    title: both('保密信息的查阅权限已收回', 'A right to read confidential detail was taken back'),
    body: both(
      '“{listingTitle}”的权利人已收回查阅其保密信息的权限，即时生效。保密义务不因此解除。',
      'The owner of “{listingTitle}” has taken back the right to read its confidential detail, at once. The duty to keep it secret remains.',
    ),
    subject: both('查阅权限已收回：{listingTitle}', 'Right to read taken back: {listingTitle}'),
  },
  'disclosure.restored': {
    ...usual,
    title: both('保密信息的查阅权限已恢复', 'A right to read confidential detail was given back'),
    body: both(
      '“{listingTitle}”的权利人已恢复查阅其保密信息的权限。',
      'The owner of “{listingTitle}” has given back the right to read its confidential detail.',
    ),
    subject: both('查阅权限已恢复：{listingTitle}', 'Right to read given back: {listingTitle}'),
  },
} as const satisfies Record<string, Kind>
