import { isIP } from 'node:net'

/** First bytes of a network and how many bits of them count. */
type Network = { bytes: readonly number[]; bits: number }

const closedIpv4: readonly Network[] = [
  { bytes: [0], bits: 8 },
  { bytes: [10], bits: 8 },
  { bytes: [100, 64], bits: 10 },
  { bytes: [127], bits: 8 },
  { bytes: [169, 254], bits: 16 },
  { bytes: [172, 16], bits: 12 },
  { bytes: [192, 0, 0], bits: 24 },
  { bytes: [192, 0, 2], bits: 24 },
  { bytes: [192, 88, 99], bits: 24 },
  { bytes: [192, 168], bits: 16 },
  { bytes: [198, 18], bits: 15 },
  { bytes: [198, 51, 100], bits: 24 },
  { bytes: [203, 0, 113], bits: 24 },
  { bytes: [224], bits: 4 },
  { bytes: [240], bits: 4 },
]

/** 2000::/3 is all of the public IPv6 internet; these parts of it are not. */
const globalUnicast: Network = { bytes: [0x20], bits: 3 }
const closedIpv6: readonly Network[] = [
  // Protocol assignments: Teredo (2001::/32) and ORCHID embed or hide other addresses.
  { bytes: [0x20, 0x01, 0x00], bits: 23 },
  { bytes: [0x20, 0x01, 0x0d, 0xb8], bits: 32 },
  { bytes: [0x3f, 0xff, 0x00], bits: 20 },
  // 6to4: a relay would deliver to the IPv4 address inside.
  { bytes: [0x20, 0x02], bits: 16 },
]

/**
 * Whether an address belongs to the public internet. By parsed bytes, never by its spelling; whatever embeds an IPv4
 * address (::ffff:0:0/96, ::/96, 64:ff9b::/96, 64:ff9b:1::/48, 2002::/16, 2001::/32) is refused whole: no receiver of
 * webhooks needs one.
 */
export function isPublicAddress(address: string): boolean {
  const bytes = bytesOf(address)
  if (bytes === undefined) return false
  const isWithin = (network: Network) => isInNetwork(bytes, network)
  if (bytes.length === 4) return !closedIpv4.some(isWithin)
  return isWithin(globalUnicast) && !closedIpv6.some(isWithin)
}

/** 127.0.0.0/8 and ::1, for the development flag. */
export function isLoopbackAddress(address: string): boolean {
  const bytes = bytesOf(address)
  if (bytes === undefined) return false
  if (bytes.length === 4) return bytes[0] === 127
  return bytes.every((byte, index) => byte === (index === 15 ? 1 : 0))
}

/** The 4 or 16 bytes of an address in the spelling of inet_ntop; undefined for anything else, zones (%eth0) included. */
export function bytesOf(address: string): number[] | undefined {
  const family = address.includes('%') ? 0 : isIP(address)
  if (family === 4) return address.split('.').map(Number)
  return family === 6 ? ipv6Bytes(address) : undefined
}

function ipv6Bytes(address: string): number[] {
  const [head = '', tail] = address.split('::')
  const front = groupBytes(head)
  if (tail === undefined) return front
  const back = groupBytes(tail)
  return [...front, ...Array<number>(16 - front.length - back.length).fill(0), ...back]
}

function groupBytes(part: string): number[] {
  if (part === '') return []
  return part.split(':').flatMap((group) => {
    if (group.includes('.')) return group.split('.').map(Number)
    const value = Number.parseInt(group, 16)
    return [value >> 8, value & 0xff]
  })
}

function isInNetwork(bytes: readonly number[], { bytes: prefix, bits }: Network): boolean {
  return prefix.every((expected, index) => {
    const left = Math.min(Math.max(bits - index * 8, 0), 8)
    const mask = (0xff << (8 - left)) & 0xff
    return ((bytes[index] ?? 0) & mask) === (expected & mask)
  })
}
