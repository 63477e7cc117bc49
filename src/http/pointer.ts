/** JSON pointer of a path. Names come from the caller: they are cut, and made well-formed so that the answer is. */
export function pointerOf(path: readonly PropertyKey[]): string {
  return `#${path.map((part) => `/${shown(String(part)).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')}`
}

/** A caller's name as we repeat it: at most 64 characters, well-formed. */
export function shown(name: string): string {
  return name.slice(0, 64).toWellFormed()
}
