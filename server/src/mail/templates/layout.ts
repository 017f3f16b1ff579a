import type { Language } from '@recaudo/shared';
import type { Letter, Part } from './letter.js';

export interface Rendered {
  subject: string;
  text: string;
  html: string;
}

const FOOT: Record<Language, string> = {
  es: 'Este correo se envió automáticamente. No pedimos claves ni datos de tarjetas por correo.',
  en: 'This e-mail was sent automatically. We never ask for passwords or card details by e-mail.',
};

/** The letter as plain text and as simple HTML: nothing is loaded from anywhere, and nothing tells that it was read. */
export function layOut(letter: Letter, language: Language): Rendered {
  const subject = oneLine(letter.subject);
  const from = oneLine(letter.from);
  return {
    subject,
    text: [from, ...letter.parts.map(partText), `-- \n${FOOT[language]}`].join('\n\n') + '\n',
    html: `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(subject)}</title></head>
<body style="margin:0;padding:16px;background:#f4f5f7;color:#1c2430;font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif">
<div style="max-width:560px;margin:0 auto;padding:24px;background:#ffffff;border:1px solid #dde1e6;border-radius:8px">
<p style="margin:0 0 16px;font-weight:700">${escaped(from)}</p>
${letter.parts.map(partHtml).join('\n')}
</div>
<p style="max-width:560px;margin:16px auto 0;color:#5b6675;font-size:13px">${escaped(FOOT[language])}</p>
</body>
</html>
`,
  };
}

function partText(part: Part): string {
  if ('text' in part) return part.text;
  if ('facts' in part) return part.facts.map(([name, value]) => `${name}: ${oneLine(value)}`).join('\n');
  return `${part.act}:\n${part.url}`;
}

function partHtml(part: Part): string {
  if ('text' in part) return `<p style="margin:0 0 16px">${escaped(part.text)}</p>`;
  if ('facts' in part) {
    const rows = part.facts.map(
      ([name, value]) =>
        `<tr><td style="padding:4px 16px 4px 0;color:#5b6675;vertical-align:top">${escaped(name)}</td>` +
        `<td style="padding:4px 0;font-weight:600;overflow-wrap:anywhere">${escaped(value)}</td></tr>`,
    );
    return `<table role="presentation" style="margin:0 0 16px;border-collapse:collapse;font-size:15px">${rows.join('')}</table>`;
  }
  const url = escaped(part.url);
  return (
    `<p style="margin:0 0 8px"><a href="${url}" style="display:inline-block;padding:10px 18px;background:#1f5fae;color:#ffffff;border-radius:6px;text-decoration:none;font-weight:600">${escaped(part.act)}</a></p>` +
    `<p style="margin:0 0 16px;color:#5b6675;font-size:13px;overflow-wrap:anywhere">${url}</p>`
  );
}

const SIGNS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? sign);
}

/** A line break in a subject would begin another header. */
function oneLine(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ').trim();
}
