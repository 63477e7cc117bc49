import { lookup as systemLookup } from 'node:dns/promises'
import type { LookupFunction } from 'node:net'
import { isLoopbackAddress, isPublicAddress } from './public-address.ts'
import type { AddressRules } from './spelling-refusal.ts'

export type ResolvedAddress = { address: string; family: number }
/** All addresses of a name, as the machine's resolver gives them. */
export type Resolve = (hostname: string) => Promise<readonly ResolvedAddress[]>

export const systemResolve: Resolve = (hostname) => systemLookup(hostname, { all: true, verbatim: true })

/** The name leads, at least in part, to an address that is not public. */
export class AddressRefusedError extends Error {
  override readonly name = 'AddressRefusedError'
}

/**
 * A lookup for connecting sockets. It runs at every connect, so a name that was public when it was entered gains nothing by
 * changing later; the socket connects to the very addresses that were checked. One closed address among many, or none at
 * all, refuses the name: a mixed answer is what a rebinding server gives.
 */
export function guardedLookup(resolve: Resolve, rules: AddressRules): LookupFunction {
  return (hostname, options, callback) => {
    checkedAddresses(resolve, rules, hostname).then(
      (addresses) => {
        const [first] = addresses
        if (options.all === true) callback(null, [...addresses])
        else callback(null, first?.address ?? '', first?.family)
      },
      (error: NodeJS.ErrnoException) => callback(error, ''),
    )
  }
}

/** @throws AddressRefusedError, or what the resolver throws. */
export async function checkedAddresses(
  resolve: Resolve,
  { allowsHttp }: AddressRules,
  hostname: string,
): Promise<readonly ResolvedAddress[]> {
  const addresses = await resolve(hostname)
  const isOpen = ({ address }: ResolvedAddress) =>
    isPublicAddress(address) || (allowsHttp && isLoopbackAddress(address))
  if (addresses.length > 0 && addresses.every(isOpen)) return addresses
  throw new AddressRefusedError('the name does not lead to the public internet')
}
