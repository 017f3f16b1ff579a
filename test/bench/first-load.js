// What a real browser fetches of the web until the first page stands still.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { findBrowser } from '../../scripts/lib/browser.js';
import { until } from '../../scripts/lib/until.js';

const LIMIT_KB = 400;
/** Nothing asked for during this time: the page stands. */
const QUIET_MS = 1_500;

/** The files of web/dist that the first page needs, as paths. The entry imports the rest, so index.html does not tell. */
async function fetched(product) {
  const { CHROME_PATH, CHROME_LIBRARIES, CHROME_FONTS } = {
    ...process.env,
    ...findBrowser(product.root, () => {}),
  };
  const browser = await chromium.launch({
    executablePath: CHROME_PATH,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    env: {
      ...process.env,
      ...(CHROME_LIBRARIES && { LD_LIBRARY_PATH: CHROME_LIBRARIES }),
      ...(CHROME_FONTS && { FONTCONFIG_PATH: CHROME_FONTS }),
    },
  });
  try {
    const page = await browser.newPage();
    const paths = new Set(['/index.html']);
    let lastRequest = performance.now();
    page.on('request', () => (lastRequest = performance.now()));
    page.on('response', (response) => {
      const { pathname } = new URL(response.url());
      if (pathname !== '/' && !pathname.startsWith('/api/') && response.ok()) paths.add(pathname);
    });
    await page.goto(product.server.url);
    await page.getByRole('button').first().waitFor();
    await until(() => performance.now() - lastRequest > QUIET_MS, 30_000);
    return paths;
  } finally {
    await browser.close();
  }
}

/** All of it compressed by gzip, whether or not the server in front does so. */
export async function firstLoad(product) {
  const files = [...(await fetched(product))].map((path) =>
    readFileSync(join(product.root, 'web/dist', path)),
  );
  const bytes = files.reduce((sum, file) => sum + gzipSync(file).length, 0);
  const raw = files.reduce((sum, file) => sum + file.length, 0);
  return [
    {
      name: 'first load of the web, compressed',
      value: bytes / 1_000,
      unit: 'kB',
      limit: LIMIT_KB,
      baseline: `${files.length} files, ${(raw / 1_000).toFixed(0)} kB uncompressed`,
    },
  ];
}
