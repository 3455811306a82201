/**
 * 10,000 ships that all move ten times a second under a cloud of 20,000 points, in headless Chromium with WebGL in software:
 * how many of the moves reach the screen.
 *
 *   node bench/crowd.mjs [--ships 10000] [--cloud 20000] [--seconds 10]
 *
 * Prints one line of JSON.
 */
import { startChromium } from '../test/browser/chromium.mjs';
import { startMock } from '../test/mock-server.mjs';

const option = (name, otherwise) => {
  const i = process.argv.indexOf(`--${name}`);
  return i < 0 ? otherwise : Number(process.argv[i + 1]);
};
const [ships, cloud, seconds] = [option('ships', 10_000), option('cloud', 20_000), option('seconds', 10)];
const mock = await startMock({ ships, cloud });
const browser = await startChromium();
const page = await browser.newPage({ viewport: { width: 1366, height: 768 }, reducedMotion: 'reduce' });
await page.goto(mock.url);
await page.waitForSelector('varne-chart[drawn]', { timeout: 60_000 });
await page.click('varne-incidents button[data-id=I1]');
await page.waitForSelector('.forecast-time');
await page.keyboard.press('h');

// What the clock on the page shows, at every frame the browser draws.
await page.evaluate(() => {
  const clock = document.querySelector('varne-app').shadowRoot.querySelector('.clock');
  window.shown = new Set();
  window.frames = 0;
  const look = () => {
    window.frames++;
    window.shown.add(clock.textContent);
    requestAnimationFrame(look);
  };
  look();
});
let moves = 0;
const began = Date.now();
while (Date.now() - began < seconds * 1000) {
  const due = began + ++moves * 100;
  mock.sail(1);
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - Date.now())));
}
const took = (Date.now() - began) / 1000;
const { shown, frames } = await page.evaluate(() => ({ shown: window.shown.size, frames: window.frames }));
console.log(
  JSON.stringify({
    what: 'moves of all ships that reached the screen, a second', ships, cloud,
    told: Math.round((10 * moves) / took) / 10, shown: Math.round((10 * shown) / took) / 10, frames: Math.round((10 * frames) / took) / 10,
  }),
);
await browser.close();
await mock.close();
