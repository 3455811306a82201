/** A desk to test at: the mock server, a page of the watch officer's size, and what a test asks of them. */
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { inject } from 'vitest';
import type { Delta, LonLat, People, State } from '../../src/api';
import type { VarneChart } from '../../src/chart/chart';
import { people } from '../mock-picture.mjs';
import { startMock } from '../mock-server.mjs';

// The panels index every count: a mock that lacks one must fail to compile, not fail in the page.
people satisfies Record<keyof People, unknown>;

export interface Mock {
  url: string;
  state: State;
  instead: unknown[];
  insteadOfPlans: unknown[];
  asked: { play: Record<string, unknown>[]; reports: Record<string, unknown>[]; searches: Record<string, unknown>[]; access: Record<string, unknown>[]; paths: string[] };
  push(delta: Partial<Delta>): void;
  reset(change: Partial<State>): void;
  sail(seconds: number): void;
  cut(): void;
  freeze(): void;
  start(far: { what: string; done: number; of: number }): void;
  mend(): void;
  endSession(): void;
  close(): Promise<void>;
}
export interface Desk {
  mock: Mock;
  page: Page;
  /** What the page complained of: a test ends with none. */
  complaints: string[];
  close(): Promise<void>;
}

/** What Chromium itself says of WebGL in software, of a refused report and of a server that is gone. */
const expected = /^\[\.WebGL.*GL Driver Message|status of (400|401|503)|WebSocket connection to|ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE/;

/** A limit is there to end what hangs, not to hurry a slow machine. */
const PATIENCE_MS = 120_000;

let browser: Browser | null = null;

/** A page that shows its first picture, or asks who one is: from there on keys and clicks have something to act on. */
export async function sitDown(wishes: Parameters<typeof startMock>[0] = {}, path = '/'): Promise<Desk> {
  browser ??= await chromium.connect(inject('chromium'));
  const mock = (await startMock(wishes)) as unknown as Mock;
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, reducedMotion: 'reduce' });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !expected.test(message.text())) complaints.push(message.text());
  });
  await page.goto(mock.url + path);
  await shown(page);
  return {
    mock, page, complaints,
    close: async () => {
      await context.close();
      await mock.close();
    },
  };
}

/** Waits until the page shows the desk's picture; after a reload too. */
export const shown = (page: Page) => page.locator('varne-incidents button.row, varne-captain dl, varne-login input').first().waitFor();

/** Waits until coast and craft stand on the chart. */
export const drawn = (page: Page) => page.locator('varne-chart[drawn]').waitFor();

/** Finds by name from the keyboard, as soon as the picture has what is looked for, and chooses the first. */
export async function goTo(page: Page, words: string): Promise<void> {
  await page.keyboard.press('/');
  await page.keyboard.type(words);
  await page.waitForSelector('varne-find [role=option]');
  await page.keyboard.press('Enter');
}

/** Where a place is on the page. */
export async function screenOf(page: Page, at: LonLat): Promise<{ x: number; y: number }> {
  return page.locator('varne-chart').evaluate((chart, place) => {
    const { x, y } = (chart as VarneChart).screenOf(place);
    const box = chart.getBoundingClientRect();
    return { x: box.x + x, y: box.y + y };
  }, at);
}

/** The colours on the screen in a small square about a point, [r, g, b] each. */
export async function pixels(page: Page, { x, y }: { x: number; y: number }, side = 9): Promise<number[][]> {
  const shot = await page.screenshot({ clip: { x: Math.round(x - side / 2), y: Math.round(y - side / 2), width: side, height: side } });
  return page.evaluate(async (data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [image.width, image.height];
    const context = canvas.getContext('2d')!;
    context.drawImage(image, 0, 0);
    const { data: bytes } = context.getImageData(0, 0, image.width, image.height);
    return Array.from({ length: bytes.length / 4 }, (_, i) => [...bytes.slice(4 * i, 4 * i + 3)]);
  }, shot.toString('base64'));
}

/** Whether a colour stands there, within a tolerance a channel. */
export const has = (found: number[][], [r, g, b]: number[], tolerance = 30): boolean =>
  found.some((pixel) => Math.abs(pixel[0]! - r!) <= tolerance && Math.abs(pixel[1]! - g!) <= tolerance && Math.abs(pixel[2]! - b!) <= tolerance);

/** The file that the page saves when something is done. */
export async function saved(page: Page, deed: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
  const download = page.waitForEvent('download');
  await deed();
  const file = await download;
  const path = join(tmpdir(), `varne-${process.pid}-${file.suggestedFilename()}`);
  await file.saveAs(path);
  const bytes = readFileSync(path);
  rmSync(path);
  return { name: file.suggestedFilename(), bytes };
}

/** What stands in a panel, as a person reads it. */
export const wordsIn = (page: Page, panel: string): Promise<string> =>
  page.locator(panel).evaluate((each) => [...each.shadowRoot!.children].map((child) => (child as HTMLElement).innerText ?? '').join('\n'));
