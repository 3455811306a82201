import { expect, test } from 'vitest';
import { french } from '../../src/french/index';
import { speak, t, tr } from '../../src/i18n';
import { spokenIn, textsOf } from './texts';

const { keys, forgotten } = textsOf();
const gaps = (text: string) => [...text.matchAll(/\{\d\}/g)].map(([gap]) => gap).sort().join('');

test('every text of the page has its French, with the same gaps', () => {
  expect(keys.length).toBeGreaterThan(400);
  expect(keys.filter(({ text }) => !(text in french)).map(({ where, text }) => `${where} ${text}`)).toEqual([]);
  expect(Object.entries(french).filter(([english, translated]) => gaps(english) !== gaps(translated) || !translated.trim())).toEqual([]);
});

test('no French is left over', () => {
  const used = new Set(keys.map(({ text }) => text));
  expect(Object.keys(french).filter((text) => !used.has(text))).toEqual([]);
});

/** Words for the program: keys of the keyboard, shaders, styles, places in a page, file formats, the desk's own names of things. */
const forPrograms = /^(Escape|Enter|LineString|box …|Arrow(Down|Up)|Notification|InkLayer|Polygon|Point|Feature|<|#version|rgb\(|bold |input:not|button, a|form :is|desk …|… guard … … …|mark …|place …|… entry …|…, box …|person in water$|(power|sail) boat )/;

test('no text of the page stands outside the table', () => {
  expect(forgotten.filter(({ text }) => !forPrograms.test(text)).map(({ where, text }) => `${where} ${text}`)).toEqual([]);
});

test('a text that is forgotten would be found', () => {
  expect(spokenIn('<p title="Hard coded">Said \u0001 plainly</p><style>p { color: red }</style><b>UTC</b>')).toEqual(['Hard coded', 'Said \u0001 plainly']);
});

test('texts are filled in, in either language', () => {
  const say = () => t`${3} open, ${1} closed`;
  expect(say()).toBe('3 open, 1 closed');
  speak('fr');
  expect([say(), tr('worst first'), tr('a word of the server')]).toEqual(['3 ouverts, 1 clos', 'le plus grave d’abord', 'a word of the server']);
  speak('en');
});
