/**
 * The README's pictures, from a running server:
 *
 *   node scripts/screenshots.mjs SERVER_URL REPORT_HTML OUT_DIR
 *
 * Writes console-day.png and console-night.png (1366 × 768, an incident with a forecast selected where there is one) and
 * report.png.
 */
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startChromium } from '../test/browser/chromium.mjs';

const [server, report, out] = process.argv.slice(2);
if (!out) {
  console.error('usage: node scripts/screenshots.mjs SERVER_URL REPORT_HTML OUT_DIR');
  process.exit(2);
}

/** An open incident with a forecast and a place: of the gravest, the one furthest from all others; null where there is none. */
function worthShowing(incidents) {
  const rank = { distress: 2, alert: 1, uncertainty: 0 };
  const placed = incidents.filter(({ open, at }) => open && at);
  const alone = ({ id, at }) =>
    Math.min(...placed.filter((other) => other.id !== id).map((other) => Math.hypot(at[0] - other.at[0], 1.6 * (at[1] - other.at[1]))));
  const fit = placed.filter(({ forecast }) => forecast);
  return fit.sort((a, b) => rank[b.phase] - rank[a.phase] || alone(b) - alone(a))[0] ?? null;
}

async function shoot(page, palette) {
  await page.addInitScript((name) => localStorage.setItem('varne.palette', name), palette);
  await page.goto(server);
  await page.waitForSelector('varne-chart[drawn]', { timeout: 60_000 });
  const { incidents } = await (await fetch(`${server}/api/state`)).json();
  const incident = worthShowing(incidents);
  if (incident) {
    await page.click(`varne-incidents button[data-id="${incident.id}"]`);
    await page.waitForSelector('.forecast-time', { timeout: 30_000 });
    // Two hours ahead, and far enough off that the coast is seen.
    await page.locator('#ahead').press('ArrowRight');
    await page.locator('#ahead').press('ArrowRight');
    await page.keyboard.press('h');
    const { x, y } = await page.locator('varne-chart').evaluate((chart, at) => chart.screenOf(at), incident.at);
    const box = await page.locator('varne-chart').boundingBox();
    await page.mouse.move(box.x + x, box.y + y);
    await page.mouse.wheel(0, -260);
    await page.waitForTimeout(1500);
    await page.mouse.move(683, 20);
  }
  // Names and cloud follow the first picture; the camera comes to rest.
  await page.waitForTimeout(4000);
  await page.screenshot({ path: resolve(out, `console-${palette}.png`) });
}

await mkdir(out, { recursive: true });
const browser = await startChromium();
try {
  for (const palette of ['day', 'night']) {
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, reducedMotion: 'reduce' });
    await shoot(await context.newPage(), palette);
    await context.close();
  }
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
  await page.goto(pathToFileURL(resolve(report)).href);
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: resolve(out, 'report.png') });
} finally {
  await browser.close();
}
