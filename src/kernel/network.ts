/** The first groups of an IPv6 address in one spelling; an IPv4 address that is embedded in one, as itself. */
export function ipv6Prefix(ip: string, groups: number): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1]
  if (mapped !== undefined) return mapped
  const [head = '', tail] = (ip.split('%')[0] ?? '').split('::')
  const first = head === '' ? [] : head.split(':')
  const last = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - first.length - last.length)
  return [...first, ...Array<string>(zeros).fill('0'), ...last]
    .slice(0, groups)
    .map((group) => group.replace(/^0+(?=.)/, '').toLowerCase())
    .join(':')
}

/** The network of an address: the /24 of IPv4, the /48 of IPv6. It says whose line it was and not which person's. */
export function networkOf(ip: string): string {
  const address = ip.includes(':') ? ipv6Prefix(ip, 3) : ip
  return address.includes(':') ? `${address}::/48` : `${address.split('.').slice(0, 3).join('.')}.0/24`
}
