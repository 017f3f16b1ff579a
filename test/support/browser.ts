import { afterAll } from '@jest/globals';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { root } from './databases.js';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

const open = new Set<Browser>();
afterAll(() => Promise.all([...open].map((browser) => browser.close())));

/** A headless Chromium, closed at the end of the file. `npm test` finds it and names it in CHROME_PATH. */
export async function launchBrowser(): Promise<Browser> {
  const { CHROME_PATH, CHROME_LIBRARIES, CHROME_FONTS } = process.env;
  if (!CHROME_PATH) throw new Error('CHROME_PATH is not set: run the tests with npm test.');
  const env = Object.fromEntries(Object.entries(process.env).filter((entry) => entry[1] !== undefined));
  const browser = await chromium.launch({
    executablePath: CHROME_PATH,
    headless: true,
    args: flags,
    env: {
      ...(env as Record<string, string>),
      ...(CHROME_LIBRARIES && { LD_LIBRARY_PATH: CHROME_LIBRARIES }),
      ...(CHROME_FONTS && { FONTCONFIG_PATH: CHROME_FONTS }),
    },
  });
  open.add(browser);
  return browser;
}

const artifacts = join(root, 'test/.artifacts');
const widths = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

/** Pictures of the page for a person to look at: test/.artifacts/<name>-1440.png and <name>-390.png. */
export async function shoot(page: Page, name: string): Promise<void> {
  await mkdir(artifacts, { recursive: true });
  const before = page.viewportSize();
  for (const size of Object.values(widths)) {
    await page.setViewportSize(size);
    await page.screenshot({ path: join(artifacts, `${name}-${size.width}.png`), fullPage: true });
  }
  if (before) await page.setViewportSize(before);
}
