/** Who sits here: signing in and out, what a role may do, a session that ends, and the captain's page on a phone. */
import { afterEach, expect, test } from 'vitest';
import { sitDown, wordsIn } from './desk';
import type { Desk } from './desk';

let desk: Desk;
afterEach(async () => {
  expect(desk.complaints).toEqual([]);
  await desk.close();
});

async function signIn(account: string): Promise<void> {
  const { page } = desk;
  await page.getByLabel('Account', { exact: true }).fill(account);
  await page.getByLabel('Password').fill('exercise');
  await page.keyboard.press('Enter');
}

test('a desk with accounts asks who one is, says so, and signs out', async () => {
  desk = await sitDown({ ships: 1, mode: 'live', exercise: false, accounts: { role: 'watch_officer', unit: 'MRCC Dover', may: ['read', 'speak', 'report'] } });
  const { page, mock } = desk;
  await page.waitForSelector('varne-login');
  await expect.poll(() => page.locator('varne-incidents').count()).toBe(0);
  await page.getByLabel('Account', { exact: true }).fill('a.exercise');
  await page.getByLabel('Password').fill('wrong');
  await page.keyboard.press('Enter');
  await page.waitForSelector('text=That account and password do not go together.');
  await signIn('a.exercise');
  await page.waitForSelector('.who >> text=a.exercise, watch officer');
  // What the role may not do is there, and says why not.
  await page.click('varne-incidents button[data-id=I1]');
  const order = page.locator('varne-incident button[data-deed=order]');
  expect(await order.isDisabled()).toBe(true);
  expect(await order.getAttribute('title')).toContain('As watch officer you may not do this.');
  expect(await page.locator('varne-incident button[data-deed=landing]').isDisabled()).toBe(false);
  mock.endSession();
  await page.waitForSelector('text=Your session has ended.');
  await signIn('a.exercise');
  await page.getByText('Sign out').click();
  await page.waitForSelector('text=Sign in to this desk.');
});

test('where a provider signs people in its way is offered, and only there', async () => {
  const accounts = { role: 'watch_officer', unit: 'MRCC Dover', may: ['read', 'speak', 'report'] };
  desk = await sitDown({ ships: 1, mode: 'live', exercise: false, accounts, provider: 'zoe' });
  await desk.page.waitForSelector('varne-login >> text=Sign in with the provider');
  expect(desk.mock.asked.paths).not.toContain('GET /api/oidc');
  expect(await desk.page.locator('varne-login input[type=submit]').isVisible()).toBe(false);
  if (process.env.VARNE_SHOTS) await desk.page.screenshot({ path: `${process.env.VARNE_SHOTS}/provider.png` });
  await desk.page.getByText('Sign in with the provider').click();
  await desk.page.waitForSelector('.who >> text=zoe, watch officer');
  await desk.close();
  desk = await sitDown({ ships: 1, mode: 'live', exercise: false, accounts });
  await desk.page.waitForSelector('varne-login');
  await expect.poll(() => desk.mock.asked.paths).toContain('GET /api/oidc/offered');
  expect(await desk.page.getByText('Sign in with the provider').count()).toBe(0);
});

test('whoever has signed in changes their own password with the old one, and signs in with the new', async () => {
  desk = await sitDown({ ships: 1, mode: 'live', exercise: false, accounts: { role: 'watch_officer', unit: 'MRCC Dover', may: ['read', 'report'] } });
  const { page, mock } = desk;
  await signIn('a.exercise');
  await page.waitForSelector('.who');
  const change = async (old: string, wanted: string, repeated = wanted) => {
    await page.getByLabel('Your password now').fill(old);
    await page.getByLabel('The new one', { exact: true }).fill(wanted);
    await page.getByLabel('The new one again').fill(repeated);
    await page.keyboard.press('Enter');
  };
  await page.getByText('Password', { exact: true }).click();
  await change('exercise', 'a new one of mine', 'another of mine');
  await page.waitForSelector('varne-own-password >> text=The two are not the same.');
  expect(mock.asked.access).toEqual([]);
  await change('wrong', 'a new one of mine');
  await page.waitForSelector('#password-wrong >> text=That is not your password.');
  await change('exercise', 'short');
  await page.waitForSelector('#new-wrong >> text=12 characters');
  await change('exercise', 'a new one of mine');
  await page.waitForSelector('varne-login >> text=Your password is changed. Sign in with the new one.');
  expect(mock.asked.access.at(-1)).toEqual({ path: '/api/me/password', password: 'exercise', new: 'a new one of mine' });
});

test('a demonstration says so on every view, and asks for no account', async () => {
  desk = await sitDown({ ships: 1 });
  const { page } = desk;
  await page.waitForSelector('.demonstration >> text=DEMONSTRATION');
  await expect.poll(() => page.locator('.who').count()).toBe(0);
  await page.click('varne-incidents button[data-id=I1]');
  expect(await page.locator('varne-incident button[data-deed=order]').isDisabled()).toBe(false);
});

test('a captain sees the own unit, its task and the verdict on a phone, and says yes or no', async () => {
  desk = await sitDown({ ships: 1, me: { account: 'captain.sample', role: 'captain', unit: 'RNLI Sample', demonstration: false } });
  const { page, mock } = desk;
  await page.setViewportSize({ width: 390, height: 844 });
  await page.waitForSelector('varne-captain >> text=rescue: I2 · B');
  await page.waitForSelector('varne-captain >> text=Turn the boat round');
  await expect.poll(() => wordsIn(page, 'varne-captain')).toMatch(/From you\s+\d{3}°, \d+\.\d NM/);
  await page.getByRole('group', { name: 'Turn the boat round' }).getByText('No, I do not').click();
  await expect.poll(() => mock.asked.reports.at(-1)).toMatchObject({
    kind: 'consent', boat: 'I2', role: 'captain', unit: 'RNLI Sample', response: 'turn_round', given: false, from: 'captain.sample',
  });
  await page.waitForSelector('varne-captain >> text=Tried in the sandbox');
  await page.getByText('I take this task').click();
  await expect.poll(() => mock.asked.reports.at(-1)).toMatchObject({ kind: 'task_answer', boat: 'I2', unit: 'RNLI Sample', accepted: true });
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
});
