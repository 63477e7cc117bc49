import { isIP } from 'node:net'
import type { AddressRefusal, AddressRefusalCode } from '../../ports/webhook-sender.ts'
import { isLoopbackAddress } from './public-address.ts'

export type AddressRules = {
  /** For development and tests: http, any port, and loopback addresses. Everything else private stays closed. */
  allowsHttp: boolean
  /** 443 and 8443 unless told otherwise. */
  ports?: readonly number[]
}

const maxUrlLength = 2_000
const publicPorts = [443, 8443]
/** Names that never lead to the public internet (RFC 6761, 6762, 8375, 9476, RFC 2606, and clouds' metadata). */
const closedSuffixes = [
  'localhost',
  'local',
  'internal',
  'home.arpa',
  'alt',
  'onion',
  'test',
  'invalid',
  'in-addr.arpa',
  'ip6.arpa',
]

/** What the spelling of a URL alone tells. The URL parser has turned 0x7f.1, 2130706433 and 127.1. into 127.0.0.1. */
export function spellingRefusal(text: string, rules: AddressRules): AddressRefusal | undefined {
  const { allowsHttp, ports = publicPorts } = rules
  const url = text.length <= maxUrlLength && URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined) return refuse('url_malformed', `give a complete URL of at most ${maxUrlLength} characters`)
  if (url.protocol !== 'https:' && !(allowsHttp && url.protocol === 'http:')) {
    return refuse('scheme_not_allowed', 'the URL has to begin with https://')
  }
  if (url.username !== '' || url.password !== '') return refuse('userinfo_not_allowed', 'leave out user and password')
  if (!allowsHttp && !ports.includes(Number(url.port || 443))) {
    return refuse('port_not_allowed', `use port ${ports.join(' or ')}`)
  }
  return hostRefusal(hostOf(url), allowsHttp)
}

/** The host without the brackets of an IPv6 literal and without the dot of a rooted name. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '')
}

function hostRefusal(host: string, allowsHttp: boolean): AddressRefusal | undefined {
  const isOwnMachine = isLoopbackAddress(host) || host === 'localhost'
  if (allowsHttp && isOwnMachine) return undefined
  if (isIP(host) !== 0) return refuse('ip_literal_not_allowed', 'give a host name, not an IP address')
  const isName = /^(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z][a-z0-9-]*$/.test(host)
  const isClosed = closedSuffixes.some((suffix) => host === suffix || host.endsWith(`.${suffix}`))
  return isName && !isClosed ? undefined : refuse('host_not_public', 'give a host name of the public internet')
}

function refuse(code: AddressRefusalCode, hint: string): AddressRefusal {
  return { code, hint }
}
