/**
 * How long from asking for the page to the first picture: coast and craft both drawn, in headless Chromium with WebGL in
 * software. Cold: a new browser each time, nothing cached.
 *
 *   node bench/first-picture.mjs [SERVER_URL] [--runs 7] [--ships 300]
 *
 * Without a server it brings the mock. Prints one line of JSON, milliseconds.
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
for (let run = 0; run < option('runs', 7); run++) {
  const browser = await startChromium();
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
  await page.goto(url);
  await page.waitForSelector('varne-chart[drawn]', { timeout: 60_000 });
  times.push(await page.evaluate(() => performance.getEntriesByName('varne-first-picture')[0].startTime));
  await browser.close();
}
await mock?.close();
times.sort((a, b) => a - b);
const round = (value) => Math.round(value);
console.log(
  JSON.stringify({
    what: 'first picture, ms', server: given ?? 'mock', runs: times.length,
    median: round(times[Math.floor(times.length / 2)]), least: round(times[0]), most: round(times.at(-1)),
  }),
);
