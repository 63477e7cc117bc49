/** Print first: A4 with margins for the file, no section torn from its heading, no colour that a copier loses. */
export const packStyles = `
@page { size: A4; margin: 22mm 20mm 20mm 25mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 170mm; color: #111; font: 10.5pt/1.65 "Source Han Serif SC", "Noto Serif CJK SC", "Songti SC", SimSun, serif; }
header { border-bottom: 2px solid #111; margin-bottom: 7mm; padding-bottom: 4mm; text-align: center; }
.kind { font-size: 12pt; letter-spacing: .35em; margin: 0 0 2mm; }
h1 { font-size: 18pt; line-height: 1.35; margin: 0 0 3mm; }
.meta { color: #444; font-size: 9pt; margin: 0; }
section { break-inside: avoid; margin-bottom: 6mm; }
h2 { break-after: avoid; font-size: 12pt; margin: 0 0 2mm; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 0.6pt solid #555; padding: 1.4mm 2.2mm; text-align: left; vertical-align: top; }
th { background: #f1f1f1; font-weight: 600; }
th.amount, td.amount { font-variant-numeric: tabular-nums; text-align: right; white-space: nowrap; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
code { font: 10pt "Source Code Pro", Consolas, monospace; letter-spacing: .04em; }
dl { display: grid; gap: 1mm 4mm; grid-template-columns: 28mm 1fr; margin: 0; }
dt { color: #444; } dd { margin: 0; }
.missing { border: 0.8pt dashed #555; padding: 3mm 4mm; } .missing ul { margin: 0; padding-left: 5mm; }
.signatures { display: grid; gap: 12mm; grid-template-columns: 1fr 1fr; margin-top: 12mm; }
.signatures span { border-bottom: 0.6pt solid #555; display: block; height: 18mm; margin-bottom: 2mm; }
footer { border-top: 0.6pt solid #999; color: #555; font-size: 8.5pt; padding-top: 2mm; }
@media screen { body { padding: 12mm 8mm; } }
`
