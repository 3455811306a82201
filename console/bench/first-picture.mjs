/**
 * How long from asking for the page to the first picture, coast and craft both on the screen (the sketch), and until the chart
 * itself has drawn both, in headless Chromium with WebGL in software. Cold: a new browser each time, nothing cached.
 *
 *   node bench/first-picture.mjs [SERVER_URL] [--runs 7] [--ships 300]
 *
 * Without a server it brings the mock. Prints two lines of JSON, milliseconds.
 */
import { startChromium } from '../test/browser/chromium.mjs';
import { startMock } from '../test/mock-server.mjs';

const option = (name, otherwise) => {
  const i = process.argv.indexOf(`--${name}`);
  return i < 0 ? otherwise : Number(process.argv[i + 1]);
};
const given = process.argv[2]?.startsWith('http') ? process.argv[2] : null;
const mock = given ? null : await startMock({ ships: option('ships', 300) });
const url = given ?? mock.url;

const times = [];
const whole = [];
for (let run = 0; run < option('runs', 7); run++) {
  const browser = await startChromium();
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
  await page.goto(url);
  await page.waitForSelector('varne-chart[drawn]', { timeout: 60_000 });
  const at = (name) => page.evaluate((mark) => performance.getEntriesByName(mark)[0]?.startTime ?? NaN, name);
  const drawn = await at('varne-chart-drawn');
  whole.push(drawn);
  // A chart that is there first needs no sketch.
  times.push(Math.min((await at('varne-first-picture')) || drawn, drawn));
  await browser.close();
}
await mock?.close();
for (const [what, found] of [['first picture, ms', times], ['the chart itself, ms', whole]]) {
  found.sort((a, b) => a - b);
  const round = (value) => Math.round(value);
  console.log(JSON.stringify({ what, server: given ?? 'mock', runs: found.length, median: round(found[Math.floor(found.length / 2)]), least: round(found[0]), most: round(found.at(-1)) }));
}
