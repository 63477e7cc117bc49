/** `<mdl_…@domain of the sender>`: receivers drop a second copy by it. */
export function messageIdOf(mailId: string, from: string): string {
  const domain = /@([^\s<>@]+)>?$/.exec(from)?.[1] ?? 'localhost'
  return `<${mailId}@${domain}>`
}
