/**
 * Whether the page grows: a replay at 600 times, over and over, and what is left of the heap, the nodes and the listeners
 * after a collection of garbage, once the first pass through the day has filled what is kept.
 *
 *   node bench/growth.mjs SERVER_URL [--minutes 10] [--server PID]
 *
 * Prints a line of JSON every half minute, and last the growth from the end of the day in the first pass to that in the last:
 * only there the same is on the page. With the server's process also what it keeps in memory.
 */
import { readFile } from 'node:fs/promises';
import { startChromium } from '../test/browser/chromium.mjs';

const url = process.argv[2];
if (!url?.startsWith('http')) throw new Error('Give the address of a desk that replays a day, such as http://127.0.0.1:8080');
const option = (name) => (process.argv.includes(name) ? Number(process.argv[process.argv.indexOf(name) + 1]) : null);
const minutes = option('--minutes') ?? 10;
const server = option('--server');

const browser = await startChromium();
const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
page.setDefaultTimeout(120_000);
await page.goto(url);
await page.locator('varne-chart[drawn]').waitFor();
const devtools = await page.context().newCDPSession(page);
const ask = (wish) => page.evaluate((body) => fetch('/api/play', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }).then((reply) => reply.status), wish);

const clock = () => page.locator('varne-app').evaluate((app) => ({ now: app.picture.now, start: app.picture.start, end: app.picture.end, frames: app.picture.frames }));

async function serverMegabytes() {
  return server && Math.round(Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${server}/status`, 'utf8'))[1]) / 1024);
}

async function measure() {
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  const { nodes, jsEventListeners } = await devtools.send('Memory.getDOMCounters');
  const { frames, now } = await clock();
  const taken = { minute: Math.round((Date.now() - began) / 6000) / 10, heap_mb: Math.round(usedSize / 1e4) / 100, nodes, listeners: jsEventListeners, frames, day: now.slice(11, 16), server_mb: await serverMegabytes() };
  console.log(JSON.stringify(taken));
  return taken;
}

/** Once through the day. @returns what stands at its end */
async function pass() {
  const { start } = await clock();
  await ask({ to: start });
  await ask({ playing: true, speed: 600 });
  for (let second = 1; ; second++) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const { now, end } = await clock();
    if (second % 30 === 0) await measure();
    if (Date.parse(end) - Date.parse(now) < 60_000 && Date.parse(now) > Date.parse(start)) return measure();
  }
}

const began = Date.now();
// An officer has an incident open while it runs.
await page.keyboard.press('n');
const taken = [await pass()];
while (Date.now() - began < minutes * 60_000 || taken.length < 2) taken.push(await pass());
const [first, last] = [taken[0], taken.at(-1)];
console.log(JSON.stringify({
  what: 'growth at 600 times', minutes: Math.round((last.minute - first.minute) * 10) / 10, frames: last.frames - first.frames,
  heap_mb: Math.round((last.heap_mb - first.heap_mb) * 100) / 100, nodes: last.nodes - first.nodes, listeners: last.listeners - first.listeners,
  server_mb: server && last.server_mb - first.server_mb,
}));
await browser.close();
