/** The one spelling under which an address is stored and looked up. */
export function normaliseEmail(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase()
}
