/** The /24 or /48 that an address lies in, or null for what is none: near enough for a hint, too coarse for an identity. */
export function addressRange(address: string): string | null {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  const v4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.\d{1,3}$/.exec(plain)
  if (v4) return `${v4.slice(1, 4).join('.')}.0/24`
  if (!/^[0-9a-f:]+$/i.test(plain) || !plain.includes(':')) return null
  const [head = '', tail] = plain.toLowerCase().split('::')
  const groups = head === '' ? [] : head.split(':')
  const rest = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups.length - rest.length)
  const all = [...groups, ...Array.from({ length: zeros }, () => '0'), ...rest]
  const network = all.slice(0, 3).map((group) => Number.parseInt(group, 16).toString(16))
  return all.length === 8 ? `${network.join(':')}::/48` : null
}
