import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { ORDER_STATES, PERIOD_STATES, SESSION_STATES, TRANSACTION_STATES } from '@recaudo/shared';
import { english } from './en/index.js';
import { spanish } from './es/index.js';

type Messages = { [key: string]: string | Messages };

function keysOf(messages: Messages, prefix = ''): string[] {
  return Object.entries(messages).flatMap(([key, value]) =>
    typeof value === 'string' ? [`${prefix}${key}`] : keysOf(value, `${prefix}${key}.`),
  );
}

function textOf(messages: Messages, key: string): string {
  let found: string | Messages | undefined = messages;
  for (const part of key.split('.')) found = typeof found === 'object' ? found[part] : undefined;
  return typeof found === 'string' ? found : '';
}

/** The names between braces, in any order. */
function placeholdersOf(text: string): string[] {
  return [...new Set([...text.matchAll(/%\{(\w+)\}/g)].map((match) => match[1] ?? ''))].sort();
}

const spanishKeys = keysOf(spanish).sort();
const englishKeys = keysOf(english as unknown as Messages).sort();

describe('the two languages', () => {
  it('say the same things', () => {
    expect(spanishKeys).toEqual(englishKeys);
  });

  it('fill the same gaps in our own sentences', () => {
    const ours = spanishKeys.filter((key) => !key.startsWith('ra.'));
    const different = ours.filter((key) => {
      const here = placeholdersOf(textOf(spanish, key)).join();
      return here !== placeholdersOf(textOf(english as unknown as Messages, key)).join();
    });
    expect(different).toEqual([]);
  });

  it('leave no sentence empty', () => {
    const empty = spanishKeys.filter(
      (key) => key !== 'ra.boolean.null' && textOf(spanish as Messages, key).trim() === '',
    );
    expect(empty).toEqual([]);
  });
});

describe('each state', () => {
  it.each<[string, readonly string[]]>([
    ['states.session', SESSION_STATES],
    ['states.session_plural', SESSION_STATES],
    ['states.transaction', TRANSACTION_STATES],
    ['states.order', ORDER_STATES],
    ['schedules.period_state', PERIOD_STATES],
  ])('of %s has its word', (prefix, states) => {
    const missing = states.filter((state) => !spanishKeys.includes(`${prefix}.${state}`));
    expect(missing).toEqual([]);
  });
});

describe('the screens', () => {
  it('use no word that is missing', () => {
    const root = new URL('../', import.meta.url);
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
      (file) => /\.tsx?$/.test(file) && !file.includes('.spec.') && !file.startsWith('i18n'),
    );
    const used = files.flatMap((file) =>
      [...readFileSync(new URL(file, root), 'utf8').matchAll(/\b(?:t|notify)\(\s*'([\w.]+)'/g)].map(
        (match) => match[1] ?? '',
      ),
    );
    expect(used.length).toBeGreaterThan(200);
    expect([...new Set(used)].filter((key) => !spanishKeys.includes(key))).toEqual([]);
  });
});
