/** The console at a real desk with accounts (docs/access.md): signing in, what an office may do, a session that ends. */
import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';

const VARNE = fileURLToPath(new URL('../../../build/release/varne', import.meta.url));
/** The console beside these tests, wherever the program was built. */
const DIST = fileURLToPath(new URL('../../dist', import.meta.url));
const PASSWORD = 'a password of theirs';
const there = existsSync(VARNE);

let folder: string;
let desk: ChildProcess;
let url: string;

const account = (...words: string[]): string =>
  execFileSync(VARNE, ['account', ...words, '--accounts', join(folder, 'desk.accounts')], { input: `${PASSWORD}\n`, encoding: 'utf8' });

beforeAll(async () => {
  if (!there) return;
  folder = mkdtempSync(join(tmpdir(), 'varne-desk-'));
  account('add', 'wil', '--role', 'watch_officer', '--unit', 'MRCC Dover');
  account('add', 'adele', '--role', 'administrator');
  account('add', 'anna', '--role', 'coordinator', '--unit', 'MRCC Dover');
  desk = spawn(VARNE, ['serve', '--port', '0', '--record', join(folder, 'desk.db'), '--accounts', join(folder, 'desk.accounts'), '--wind', '250,8'], { env: { ...process.env, VARNE_CONSOLE: DIST } });
  let said = '';
  url = await new Promise<string>((resolve, reject) => {
    desk.stdout!.on('data', (bytes: Buffer) => {
      said += bytes.toString();
      const found = /(http:\/\/127\.0\.0\.1:\d+)\n/.exec(said);
      if (found) resolve(found[1]!);
    });
    desk.on('exit', () => reject(new Error(`the desk ended: ${said}`)));
  });
});
afterAll(() => {
  if (!there) return;
  desk.removeAllListeners('exit');
  desk.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

async function sitDown(): Promise<Page> {
  const browser = await chromium.connect(inject('chromium'));
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, reducedMotion: 'reduce' });
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

async function signIn(page: Page, name: string, password = PASSWORD): Promise<void> {
  await page.getByLabel('Account', { exact: true }).fill(name);
  await page.getByLabel('Password').fill(password);
  await page.keyboard.press('Enter');
}

test.skipIf(!there)('two officers sign in; each does what the office may, and the record says who it was', async () => {
  const officer = await sitDown();
  await signIn(officer, 'wil', 'not the password');
  await officer.waitForSelector('text=That account and password do not go together');
  await signIn(officer, 'wil');
  await officer.waitForSelector('.who >> text=wil, watch officer');
  await officer.waitForSelector('text=/^LIVE$/');
  expect(await officer.locator('.demonstration').count()).toBe(0);
  await officer.keyboard.press('r');
  await officer.locator('dialog [name=from]').fill('caller');
  await officer.locator('dialog [name=at]').fill('51 02,35 N 1 21,1 E');
  await officer.locator('dialog [name=persons]').fill('about 40');
  await officer.locator('dialog [name=distress]').selectOption('yes');
  await officer.keyboard.press('Enter');
  await officer.waitForSelector('varne-incidents button[data-id=I1]');
  await officer.keyboard.press('Escape');

  const coordinator = await sitDown();
  await signIn(coordinator, 'anna');
  await coordinator.waitForSelector('.who >> text=anna, coordinator (SMC)');
  for (const [page, disabled] of [[officer, true], [coordinator, false]] as const) {
    await page.locator('dialog[open]').waitFor({ state: 'detached' });
    await page.click('varne-incidents button[data-id=I1]');
    await expect.poll(() => page.locator('varne-incident button[data-deed=order]').isDisabled()).toBe(disabled);
  }
  await coordinator.click('varne-incident button[data-deed=order]');
  await coordinator.locator('dialog [name=unit]').selectOption('RNLI Dover');
  await coordinator.locator('dialog [name=task]').selectOption('rescue');
  await coordinator.locator('dialog').getByText('Send report').click();
  await coordinator.waitForSelector('text=/signed in as anna/');

  account('lock', 'wil');
  await officer.waitForSelector('text=Your session has ended.');
  await coordinator.keyboard.press('Escape');
  await coordinator.getByText('Sign out').click();
  await coordinator.waitForSelector('text=Sign in to this desk.');
});

test.skipIf(!there)('an administrator gives somebody an account from the page, asks for a code and locks it', async () => {
  const page = await sitDown();
  await signIn(page, 'adele');
  await page.getByText('Accounts', { exact: true }).click();
  await page.waitForSelector('varne-accounts th >> text=anna');
  const form = page.locator('varne-new-account');
  await form.locator('[name=name]').fill('paul');
  await form.locator('[name=role]').selectOption('captain');
  await form.locator('[name=unit]').selectOption('RNLI Dover');
  await form.getByText('Make one').click();
  const password = await form.locator('[name=password]').inputValue();
  await form.getByText('Add the account').click();
  await page.waitForSelector('text=paul may sign in now, as captain.');

  const captain = await sitDown();
  await signIn(captain, 'paul', password);
  await captain.waitForSelector('varne-captain >> text=RNLI Dover');
  await page.getByLabel('Change paul').click();
  await page.locator('varne-account').getByText('Ask for a one-time code').click();
  await page.locator('varne-account').getByText('Yes: a code is needed from now on').click();
  await page.waitForSelector('varne-once >> text=/otpauth:.*paul/');
  await page.getByText('I have it').click();
  await captain.waitForSelector('text=Your session has ended.');
  await page.locator('varne-account').getByText('Lock', { exact: true }).click();
  await page.locator('varne-account').getByText('Yes, lock paul out').click();
  await page.waitForSelector('varne-accounts td.locked');

  // A new password of one's own signs out; a code's secret stands until it is written down.
  await page.getByLabel('Change adele').click();
  await page.locator('varne-account').getByText('Ask for a one-time code').click();
  await page.locator('varne-account').getByText('Yes: a code is needed from now on').click();
  await page.waitForSelector('text=Your session has ended.', { state: 'attached' });
  await page.waitForSelector('varne-once >> text=/otpauth:.*adele/');

  const token = await sitDown();
  await signIn(token, 'anna');
  await token.waitForSelector('.who >> text=anna');
  expect(await token.getByText('Accounts', { exact: true }).count()).toBe(0);
});
