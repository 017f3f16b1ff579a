import type { Language, Preferences } from '@recaudo/shared';
import type { Store } from 'react-admin';
import { request } from './api.js';

/** Waits this long after the last change before writing, so that dragging columns is one request. */
const WRITE_DELAY_MS = 800;
/** The server keeps 64 KB at most; beyond this the newest change is not kept rather than all refused. */
const MAX_BYTES = 60_000;
const DEVICE_LANGUAGE = 'recaudo.language';
const DEVICE_THEME = 'recaudo.theme';

/** What react-admin also puts in its store but nobody wants back tomorrow. */
const FLEETING = /\.selectedIds$|\.listParams$|\.expanded$|^RaStore|\.datagrid\.expanded/;

const values = new Map<string, unknown>();
const listeners = new Map<string, Set<(value: unknown) => void>>();
let signedIn = false;
let timer: ReturnType<typeof setTimeout> | undefined;

/**
 * react-admin's store, kept on the server: saved filters, columns, theme and language survive a logout and
 * follow the person to another computer. In memory until somebody signs in.
 */
export const preferencesStore: Store = {
  setup: () => window.addEventListener('pagehide', flushPreferences),
  teardown: () => window.removeEventListener('pagehide', flushPreferences),
  getItem: <T>(key: string, defaultValue?: T) => (values.has(key) ? (values.get(key) as T) : defaultValue),
  setItem: (key, value) => write(key, value),
  removeItem: (key) => write(key, undefined),
  removeItems: (prefix) => {
    for (const key of [...values.keys()]) if (key.startsWith(prefix)) write(key, undefined);
  },
  reset: forgetPreferences,
  subscribe: (key, callback) => {
    const set = listeners.get(key) ?? new Set();
    listeners.set(key, set.add(callback));
    return () => set.delete(callback);
  },
  listItems: (prefix = '') => Object.fromEntries([...values].filter(([key]) => key.startsWith(prefix))),
};

/** Takes what the server kept for the person who has just signed in. */
export function adoptPreferences(kept: Preferences, language: Language): void {
  signedIn = true;
  const adopted = { locale: language, ...kept };
  for (const key of new Set([...values.keys(), ...Object.keys(adopted)])) {
    const value = (adopted as Record<string, unknown>)[key];
    if (value === undefined) values.delete(key);
    else values.set(key, value);
    publish(key, value);
  }
  rememberOnDevice();
}

/** At logout: the next person on this computer starts from their own; language and theme stay for the sign-in page. */
function forgetPreferences(): void {
  signedIn = false;
  clearTimeout(timer);
  timer = undefined;
  for (const key of [...values.keys()]) {
    if (key === 'locale' || key === 'theme') continue;
    values.delete(key);
    publish(key, undefined);
  }
}

/** Writes at once what still waits; used when the page is hidden and before a logout. */
export function flushPreferences(): void {
  if (timer === undefined) return;
  clearTimeout(timer);
  timer = undefined;
  void send(true);
}

document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') flushPreferences();
});

function write(key: string, value: unknown): void {
  if (value === undefined) values.delete(key);
  else values.set(key, value);
  publish(key, value);
  rememberOnDevice();
  if (!signedIn || FLEETING.test(key)) return;
  clearTimeout(timer);
  timer = setTimeout(() => {
    timer = undefined;
    void send(false);
  }, WRITE_DELAY_MS);
}

async function send(keepalive: boolean): Promise<void> {
  const body = Object.fromEntries([...values].filter(([key]) => !FLEETING.test(key)));
  if (JSON.stringify(body).length > MAX_BYTES) return;
  // A preference that cannot be written now is written with the next change; nobody should be stopped by it.
  await request('PUT', '/api/preferences', { body, keepalive }).catch(() => undefined);
}

function publish(key: string, value: unknown): void {
  for (const listener of listeners.get(key) ?? []) listener(value);
}

export function deviceLanguage(): Language {
  return readDevice(DEVICE_LANGUAGE) === 'en' ? 'en' : 'es';
}

function rememberOnDevice(): void {
  try {
    localStorage.setItem(DEVICE_LANGUAGE, values.get('locale') === 'en' ? 'en' : 'es');
    const theme = values.get('theme');
    if (theme === 'light' || theme === 'dark') localStorage.setItem(DEVICE_THEME, theme);
    else localStorage.removeItem(DEVICE_THEME);
  } catch {
    // Storage may be closed to us; then the sign-in page simply starts in Spanish.
  }
}

function readDevice(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

values.set('locale', deviceLanguage());
const deviceTheme = readDevice(DEVICE_THEME);
if (deviceTheme === 'light' || deviceTheme === 'dark') values.set('theme', deviceTheme);
