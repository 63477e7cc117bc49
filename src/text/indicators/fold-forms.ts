const FORMS: Readonly<Record<string, string>> = {
  '　': ' ',
  '≧': '≥',
  '⩾': '≥',
  '≮': '≥',
  '≦': '≤',
  '⩽': '≤',
  '≯': '≤',
  '−': '-',
  '–': '-',
  '～': '~',
  '〜': '~',
  '∼': '~',
  µ: 'μ',
  '⋅': '·',
  '•': '·',
  '・': '·',
  '∙': '·',
  '╳': '×',
  '✕': '×',
  '∶': ':',
  Ω: 'Ω',
}

const FULL_WIDTH_FROM = 0xff01
const FULL_WIDTH_TO = 0xff5e
const FULL_WIDTH_SHIFT = 0xfee0

/**
 * One spelling of signs, character for character, so that a place in the folded text is the same place in the original.
 * ASCII forms of full-width letters, digits and signs; one sign for every ≥, ≤, ~, · and μ.
 */
export function foldForms(text: string): string {
  let folded = ''
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    const isFullWidth = code >= FULL_WIDTH_FROM && code <= FULL_WIDTH_TO
    const plain = isFullWidth ? String.fromCharCode(code - FULL_WIDTH_SHIFT) : (text[i] ?? '')
    folded += FORMS[plain] ?? FORMS[text[i] ?? ''] ?? plain
  }
  return folded
}
