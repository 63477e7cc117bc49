import { headingOf } from './areas.ts'
import type { BilingualText, NotificationKind } from './kinds.ts'

export const locales = ['zh', 'en'] as const
export type Locale = (typeof locales)[number]

export type MailItem = { kind: NotificationKind; title: string; body: string }
export type MailContent = { subject: string; text: string; html: string }

type Letter = {
  locale: Locale
  subject: string
  /** In the order in which they are shown; a digest groups them by what they are about. */
  items: readonly MailItem[]
  form: 'single' | 'digest'
  unsubscribeUrl: string
}

/** More would make a mail that no client shows whole: Gmail cuts at 102 kB, and 50 items are about 45 kB. */
export const maxItems = 50

/** The text and HTML of a mail. Tables and inline styles, because mail clients know little else; nothing is loaded. */
export function layOutMail(letter: Letter): MailContent {
  const { locale, items, form } = letter
  const shown = items.slice(0, maxItems)
  const sections = form === 'digest' ? groupByArea(shown, locale) : [{ heading: undefined, items: shown }]
  const left = items.length - shown.length
  const words = { ...wordsOf(letter, locale), more: left > 0 ? moreWords(left)[locale] : undefined }
  return {
    subject: oneLine(letter.subject),
    text: plainText(sections, words),
    html: page(letter, sections, words),
  }
}

type Section = { heading: string | undefined; items: readonly MailItem[] }
type Words = { intro: string | undefined; more: string | undefined; why: string; stop: string; url: string }

/** Groups come in the order of their first item. */
function groupByArea(items: readonly MailItem[], locale: Locale): Section[] {
  const groups = new Map<string, MailItem[]>()
  for (const item of items) {
    const area = headingOf(item.kind)[locale]
    groups.set(area, [...(groups.get(area) ?? []), item])
  }
  return [...groups].map(([area, own]) => ({ heading: `${area} (${own.length})`, items: own }))
}

function wordsOf({ form, items, unsubscribeUrl }: Letter, locale: Locale): Omit<Words, 'more'> {
  const isDigest = form === 'digest'
  const zh = {
    intro: isDigest ? `自上次汇总以来有 ${items.length} 条通知。` : undefined,
    why: '您收到这封邮件，因为您是鹊桥平台的注册用户。',
    stop: isDigest ? '不再接收邮件通知' : '不再接收此类邮件',
  }
  const en = {
    intro: isDigest ? `${items.length} notifications since the last digest.` : undefined,
    why: 'You receive this mail because you are registered with Queqiao.',
    stop: isDigest ? 'Stop all e-mail notifications' : 'Stop mails of this kind',
  }
  return { ...(locale === 'zh' ? zh : en), url: unsubscribeUrl }
}

const moreWords = (left: number): BilingualText => ({
  zh: `另有 ${left} 条，请在平台的通知中查看。`,
  en: `${left} more are in your inbox on the platform.`,
})

function plainText(sections: readonly Section[], { intro, more, why, stop, url }: Words): string {
  const blocks = sections.flatMap(({ heading, items }) => [
    ...(heading === undefined ? [] : [`== ${heading} ==`]),
    ...items.map(({ title, body }) => `${oneLine(title)}\n${body}`),
  ])
  return [intro, ...blocks, more, `-- \n${why}\n${stop}: ${url}`].filter((block) => block !== undefined).join('\n\n')
}

const font = "font-family:-apple-system,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',Arial,sans-serif"

function page({ locale, subject }: Letter, sections: readonly Section[], words: Words): string {
  const { intro, more, why, stop, url } = words
  const rows = [
    row(
      'padding:24px 24px 8px',
      `<span style="${font};font-size:20px;font-weight:bold;color:#0b3d5c">${brand[locale]}</span>`,
    ),
    intro && row('padding:0 24px 8px', paragraph(intro, '#5a6570')),
    ...sections.flatMap(section),
    more && row('padding:8px 24px', paragraph(more, '#5a6570')),
    row(
      'padding:16px 24px 24px;border-top:1px solid #e3e7ea',
      `<p style="margin:0;${font};font-size:12px;line-height:18px;color:#6b7680">${escapeHtml(why)}<br><a href="${escapeHtml(url)}" style="color:#6b7680">${escapeHtml(stop)}</a></p>`,
    ),
  ]
  return `<!doctype html>
<html lang="${locale === 'zh' ? 'zh-CN' : 'en'}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light"><title>${escapeHtml(oneLine(subject))}</title></head>
<body style="margin:0;padding:0;background:#f2f4f6">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#f2f4f6"><tr><td align="center" style="padding:16px 8px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:600px;background:#ffffff;border-radius:8px">
${rows.filter((one) => one !== undefined).join('\n')}
</table>
</td></tr></table>
</body>
</html>`
}

const brand: BilingualText = { zh: '鹊桥', en: 'Queqiao' }

function section({ heading, items }: Section): string[] {
  const top =
    heading === undefined
      ? []
      : [
          row(
            'padding:16px 24px 0',
            `<h2 style="margin:0;${font};font-size:14px;color:#0b6e99">${escapeHtml(heading)}</h2>`,
          ),
        ]
  return [...top, ...items.map(item)]
}

function item({ title, body }: MailItem): string {
  const heading = `<h3 style="margin:0 0 4px;${font};font-size:16px;line-height:22px;color:#1c242b">${escapeHtml(title)}</h3>`
  return row('padding:12px 24px', heading + paragraph(body, '#3a444d'))
}

const row = (style: string, content: string) => `<tr><td style="${style}">${content}</td></tr>`

const paragraph = (text: string, colour: string) =>
  `<p style="margin:0;${font};font-size:14px;line-height:22px;color:${colour};word-break:break-word">${escapeHtml(text)}</p>`

/** Titles are what users wrote: no markup of theirs may reach a mail client. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

/** A line break in a subject would start another header; control characters have no business in either. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()
}
