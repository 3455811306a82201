/** The accounts: an administrator keeps them, an auditor reads them, nobody else sees that there is such a page. */
import { afterEach, expect, test } from 'vitest';
import { axeFindings } from './axe';
import { sitDown } from './desk';
import type { Desk } from './desk';

let desk: Desk;
afterEach(async () => {
  expect(desk.complaints.filter((each) => !each.includes('status of 409'))).toEqual([]);
  await desk.close();
});

const administrator = { account: 'adele', role: 'administrator', demonstration: false, may: ['open', 'self', 'read', 'audit', 'accounts'] };
const last = () => desk.mock.asked.access.at(-1);
const button = (name: string) => desk.page.getByText(name, { exact: true });

async function open(me: Record<string, unknown>): Promise<void> {
  desk = await sitDown({ ships: 1, mode: 'live', exercise: false, me });
  await desk.page.getByText('Accounts', { exact: true }).click();
  await desk.page.waitForSelector('varne-accounts >> text=cap.sample');
}
async function change(name: string): Promise<void> {
  await desk.page.getByLabel(`Change ${name}`).click();
  await desk.page.waitForSelector('varne-account');
}

test('an account is added with a password that was made here, and what is missing or refused is said at its field', async () => {
  await open(administrator);
  const { page } = desk;
  const form = page.locator('varne-new-account');
  await button('Add the account').click();
  await expect.poll(async () => (await form.locator('.error').allInnerTexts()).filter((words) => words.trim())).toEqual(['Name is needed.', 'Centre is needed.', 'Password is needed.']);
  await form.locator('[name=name]').fill('wil');
  await form.locator('[name=unit]').selectOption('MRCC Dover');
  await form.locator('[name=password]').fill('too short');
  await page.keyboard.press('Enter');
  await page.waitForSelector('varne-new-account #password-wrong >> text=is too short');
  await form.getByText('Make one').click();
  await expect.poll(() => form.locator('[name=password]').inputValue()).toMatch(/^([a-z2-9]{5}-){3}[a-z2-9]{5}$/);
  expect(await form.locator('[name=password]').getAttribute('type')).toBe('text');
  await button('Add the account').click();
  await page.waitForSelector('varne-accounts [role=status] >> text=wil may sign in now, as watch officer.');
  await page.waitForSelector('varne-accounts th >> text=wil');
  expect(last()).toMatchObject({ path: '/api/accounts', name: 'wil', role: 'watch_officer', unit: 'MRCC Dover', password: expect.stringMatching(/^.{23}$/) as string });
  // A captain speaks for a unit, a viewer for nobody.
  await form.locator('[name=role]').selectOption('captain');
  await form.getByLabel('Unit').selectOption('Rescue 163');
  await form.locator('[name=role]').selectOption('viewer');
  await expect.poll(() => form.locator('[name=unit]').count()).toBe(0);
});

test('office, password, lock and one-time code of an account are changed one by one; a code is shown once', async () => {
  await open(administrator);
  const { page } = desk;
  await change('anna');
  const form = page.locator('varne-account');
  await form.locator('[name=role]').selectOption('captain');
  await form.locator('[name=unit]').selectOption('RNLI Sample');
  await button('Change the office').click();
  await page.waitForSelector('text=anna has another office now.');
  expect(last()).toEqual({ path: '/api/accounts/anna', role: 'captain', unit: 'RNLI Sample' });
  await form.locator('[name=password]').fill('a password of hers');
  await button('Set the password').click();
  await page.waitForSelector('text=anna has a new password.');
  expect(last()).toEqual({ path: '/api/accounts/anna', password: 'a password of hers' });
  // What ends a watch is asked for twice.
  await button('Lock').click();
  expect(last()).toHaveProperty('password');
  await button('Yes, lock anna out').click();
  await page.waitForSelector('td.locked >> nth=1');
  expect(last()).toEqual({ path: '/api/accounts/anna', locked: true });
  await button('Unlock').click();
  await page.waitForSelector('text=anna may sign in again.');
  await button('Ask for a one-time code').click();
  await button('Yes: a code is needed from now on').click();
  await page.waitForSelector('varne-once >> text=JBSW Y3DP EHPK 3PXP');
  await page.waitForSelector('varne-once >> text=otpauth://totp/Varne:anna');
  await button('I have it').click();
  await page.waitForSelector('varne-once dialog', { state: 'detached' });
  await button('No one-time code').click();
  await button('Yes: the password alone').click();
  await page.waitForSelector('text=anna needs no one-time code any more.');
});

test('of the own account office and lock are another’s to change, and it says so', async () => {
  await open(administrator);
  await change('adele');
  const { page } = desk;
  await page.waitForSelector('text=your office and your lock are another administrator’s to change');
  expect(await page.locator('varne-account [name=role]').count()).toBe(0);
  expect(await button('Lock').count()).toBe(0);
});

test('a program gets a token, shown once, and it is revoked', async () => {
  await open(administrator);
  const { page } = desk;
  await button('Make the token').click();
  await page.waitForSelector('varne-programs >> text=What it may do is needed.');
  await page.locator('varne-programs [name=name]').fill('bridge');
  await page.getByLabel('report: reports what is seen or heard').check();
  await button('Make the token').click();
  await page.waitForSelector('varne-once >> text=varne_3xAmPl3T0k3n');
  expect(last()).toEqual({ path: '/api/programs', name: 'bridge', scopes: ['report'] });
  await button('I have it').click();
  await page.locator('varne-programs tr', { hasText: 'ais-bridge' }).getByText('Revoke').click();
  await button('Yes, void the token of ais-bridge').click();
  await page.waitForSelector('text=The token of ais-bridge is void.');
  await expect.poll(() => page.locator('varne-programs tbody tr').count()).toBe(1);
});

test('an auditor reads it and changes nothing; nobody else finds it', async () => {
  await open({ account: 'aud', role: 'auditor', demonstration: false, may: ['open', 'self', 'read', 'audit'] });
  await desk.page.waitForSelector('text=You may read it; an administrator changes it.');
  await desk.page.waitForSelector('varne-programs >> text=ais-bridge');
  expect(await desk.page.locator('varne-new-account, varne-programs form').count()).toBe(0);
  expect(await desk.page.getByLabel('Change anna').count()).toBe(0);
  await desk.page.keyboard.press('Escape');
  await desk.close();
  desk = await sitDown({ ships: 1, mode: 'live', exercise: false, me: { account: 'wil', role: 'watch_officer', demonstration: false, may: ['open', 'self', 'read', 'report'] } });
  await desk.page.waitForSelector('.who >> text=wil');
  expect(await desk.page.getByText('Accounts', { exact: true }).count()).toBe(0);
});

test.each(['day', 'night'])('axe finds nothing, by %s, wide and on a phone', async (palette) => {
  await open(administrator);
  const { page } = desk;
  await page.keyboard.press('Escape');
  if (palette === 'night') await page.getByText('Night', { exact: true }).click();
  await page.locator('header.top').getByText('Accounts', { exact: true }).click();
  await change('anna');
  await button('Ask for a one-time code').click();
  await button('Yes: a code is needed from now on').click();
  await page.waitForSelector('varne-once dialog');
  const found = await axeFindings(page, 'wide');
  if (process.env.VARNE_SHOTS) await page.screenshot({ path: `${process.env.VARNE_SHOTS}/accounts-${palette}.png` });
  await page.setViewportSize({ width: 390, height: 844 });
  found.push(...(await axeFindings(page, 'phone')));
  if (process.env.VARNE_SHOTS) await page.screenshot({ path: `${process.env.VARNE_SHOTS}/accounts-${palette}-phone.png` });
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  expect([...new Set(found)]).toEqual([]);
});
