/** What axe-core finds that is serious or critical. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Found {
  violations: { id: string; impact: string; nodes: { target: unknown[]; failureSummary?: string }[] }[];
}

/** What axe has to say of the page as it stands. */
export async function axeFindings(page: Page, where: string): Promise<string[]> {
  await page.evaluate((source) => {
    if (!('axe' in window)) (0, eval)(source);
  }, axe);
  const { violations } = await page.evaluate(() => (window as unknown as { axe: { run(): Promise<Found> } }).axe.run());
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${where}: ${id} at ${JSON.stringify(target)}`));
}
