/**
 * The language of the page. A text stands in English where it is used, t`${n} open`, and in french/ under that very text
 * with {0}, {1} for what is filled in: a test finds every one of them and asks for its French.
 * What the record and the doctrines say is the server's and stands as it was written.
 */
import { french } from './french/index';

export type Language = 'en' | 'fr';

const KEY = 'varne.language';

/** What an officer chose at this browser; without a name whoever chose last. Null where nobody did. */
export function chosen(account = ''): Language | null {
  try {
    const kept = localStorage.getItem(account ? `${KEY}.${account}` : KEY);
    return kept === 'en' || kept === 'fr' ? kept : null;
  } catch {
    return null; // private browsing: the browser's own language then
  }
}

function remembered(): Language {
  return chosen() ?? (typeof navigator !== 'undefined' && navigator.language?.startsWith('fr') ? 'fr' : 'en');
}

let language: Language = typeof window === 'undefined' ? 'en' : remembered();
if (typeof document !== 'undefined') document.documentElement.lang = language;

/** The language of this page. */
export const spoken = (): Language => language;

/** How figures are written: "1,250" or "1 250". */
const locale = (): string => (language === 'fr' ? 'fr-FR' : 'en-GB');

const formats = new Map<string, Intl.NumberFormat>();
/** A whole number as people write it. toLocaleString makes its format anew each time: that was a fifth of a second a second of a busy picture. */
export function figure(number: number): string {
  let format = formats.get(locale());
  if (!format) formats.set(locale(), (format = new Intl.NumberFormat(locale())));
  return format.format(number);
}

const lists = new Map<string, Intl.ListFormat>();
/** "I5, I10 and I11" */
export function listed(words: readonly string[]): string {
  let format = lists.get(locale());
  if (!format) lists.set(locale(), (format = new Intl.ListFormat(locale())));
  return format.format(words);
}

/** Kept for this officer; panels that stand already are made anew by whoever calls. */
export function speak(next: Language, account = ''): void {
  language = next;
  if (typeof document !== 'undefined') document.documentElement.lang = next;
  try {
    localStorage.setItem(KEY, next);
    if (account) localStorage.setItem(`${KEY}.${account}`, next);
  } catch {
    // private browsing: the choice lasts as long as the page
  }
}

/** How a text with gaps stands in the table: "{0} open, {1} closed". */
export const keyOf = (strings: readonly string[]): string => strings.reduce((text, part, i) => `${text}{${i - 1}}${part}`);

const fill = (text: string, values: readonly unknown[]): string => text.replace(/\{(\d+)\}/g, (_, i: string) => String(values[Number(i)]));

/** A text of the page in its language. */
export function t(strings: TemplateStringsArray, ...values: unknown[]): string {
  return fill(tr(keyOf(strings)), values);
}

/** A word from a closed list that was marked with `noted` where it stands; anything else as it is. */
export const tr = (text: string): string => (language === 'fr' ? (french[text] ?? text) : text);

/** Marks a text that is said later, with `tr`. */
export const noted = (strings: TemplateStringsArray): string => strings[0]!;
