import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Finding {
  id: string;
  impact: string;
  nodes: { html: string; failureSummary: string }[];
}

/** What axe finds against WCAG 2.2 AA, in short lines. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  // As text, because this side of the wall has no DOM.
  const found = await page.evaluate<Finding[]>(
    `axe.run({ runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] } }).then((result) => result.violations)`,
  );
  return found.map((each) => `${each.id}: ${each.nodes[0]?.html.slice(0, 160)}`);
}
