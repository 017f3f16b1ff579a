import { z } from 'zod';

const BRAND_PREFIX = /^(?:4|5[0-9]|2[2-7]|3[0-9]|6)/;

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index]);
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** As cards print their number, whatever parts the groups: pasting makes two blanks, a line break or a long dash of one. */
const PRINTED =
  /(?<!\d)(?:\d{4}[^\p{L}\p{N}]{0,3}){3}\d{1,7}(?!\d)|(?<!\d)\d{4}[^\p{L}\p{N}]{0,3}\d{6}[^\p{L}\p{N}]{0,3}\d{4,5}(?!\d)/gu;

/**
 * True when the text holds 13–19 digits that look like a card number: alone, in groups parted by one blank, dot or dash,
 * or in the groups of a card, parted by anything. Only whole groups are tried: any window inside a long invoice number
 * would pass Luhn too often.
 */
export function holdsCardNumber(text: string): boolean {
  const plain = text.slice(0, 2_000).normalize('NFKC');
  for (const [printed] of plain.matchAll(PRINTED)) if (looksLikeCard(printed.replace(/\D/g, ''))) return true;
  for (const [run] of plain.matchAll(/\d+(?:[ .-]\d+)*/g)) {
    const groups = run.split(/[ .-]/);
    for (let start = 0; start < groups.length; start += 1) {
      let digits = '';
      for (let end = start; end < groups.length && digits.length < 19; end += 1) {
        digits += groups[end];
        if (looksLikeCard(digits)) return true;
      }
    }
  }
  return false;
}

function looksLikeCard(digits: string): boolean {
  return digits.length >= 13 && digits.length <= 19 && BRAND_PREFIX.test(digits) && passesLuhn(digits);
}

/** Control characters, and those that turn the direction of what is read: nobody types them, and they deceive. */
// eslint-disable-next-line no-control-regex
const UNSEEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]/;

/** Text that people type. Card numbers are refused before they reach a table, a log or a gateway. */
export function freeText(max: number) {
  return z
    .string()
    .trim()
    .max(max)
    .refine((text) => !holdsCardNumber(text), { message: 'card_number' })
    .refine((text) => !UNSEEN.test(text), { message: 'control_characters' });
}

/** What leaves no mark on a screen. What only chooses how an emoji is drawn may stay. */
const INVISIBLE = /[\p{Cc}\p{Zl}\p{Zp}\u2800]|(?!\ufe0f)\p{Default_Ignorable_Code_Point}/u;

/**
 * The name by which people tell one thing from another: two that look the same are the same. Accents are written one way,
 * blanks are single, and nothing in it is invisible.
 */
export function nameText(max: number) {
  return freeText(max)
    .overwrite((text) => text.normalize('NFC').replace(/\s+/gu, ' '))
    .refine((text) => !INVISIBLE.test(text), { message: 'control_characters' })
    .refine((text) => text === '' || /[\p{L}\p{N}\p{P}\p{S}]/u.test(text), { message: 'control_characters' })
    .pipe(z.string().min(1));
}
