/** Every text of the page, found in the sources: those that are translated, and those that were forgotten. */
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { keyOf } from '../../src/i18n';

const SRC = fileURLToPath(new URL('../../src/', import.meta.url));

export interface Text {
  where: string;
  text: string;
}

/** Names, abbreviations and units that are the same in both languages. */
const NAMES = /\b(Varne|UTC|MMSI|AIS|UK|FR|CPA|TCPA|MRCC|CROSS|Gris-Nez|Dover|GPX|RTZ|KML|GeoJSON|PNG|NM|EXERCISE|English|Français|OpenBridge|Noto Sans|DejaVu Sans|Content-Type|DD)\b|varne why|application\/json/g;
const hasWords = (text: string): boolean => /[A-Za-zé]{2,}/.test(text.replace(NAMES, ''));
/** What an officer would read, as against a name for the program. */
const reads = (text: string): boolean => hasWords(text) && (/[A-Za-z]{2,},? [a-z]{2,}/.test(text) || /^[A-Z][a-z]{2,}/.test(text));

/** The texts between the tags of a template, and its spoken attributes. */
export function spokenIn(markup: string): string[] {
  const bare = markup.replace(/<style>[^]*?<\/style>|<!--[^]*?-->|<code>[^]*?<\/code>/g, '');
  const attributes = [...bare.matchAll(/\s(?:aria-label|aria-valuetext|title|placeholder|alt)="([^"]*)"/g)].map(([, value]) => value!);
  const between = bare.replace(/<(?:"[^"]*"|'[^']*'|[^>"'])*>/g, '\u0000').split('\u0000');
  return [...attributes, ...between].map((text) => text.replace(/\s+/g, ' ').trim()).filter(hasWords);
}

/** @returns keys of t`…` and noted`…`; and texts that stand outside of both */
export function textsOf(folder = SRC): { keys: Text[]; forgotten: Text[] } {
  const keys: Text[] = [];
  const forgotten: Text[] = [];
  for (const name of readdirSync(folder, { recursive: true }) as string[]) {
    if (!name.endsWith('.ts') || /^french|said\.ts$/.test(name)) continue;
    const source = ts.createSourceFile(name, readFileSync(folder + name, 'utf8'), ts.ScriptTarget.Latest, true);
    const where = (node: ts.Node) => `${name}:${source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1}`;
    const visit = (node: ts.Node): void => {
      if (ts.isImportDeclaration(node) || ts.isTypeNode(node) || ts.isDecorator(node)) return;
      if (ts.isTaggedTemplateExpression(node)) {
        const tag = node.tag.getText(source);
        const { template } = node;
        const strings = ts.isNoSubstitutionTemplateLiteral(template) ? [template.text] : [template.head.text, ...template.templateSpans.map(({ literal }) => literal.text)];
        if (tag === 't' || tag === 'noted') keys.push({ where: where(node), text: keyOf(strings) });
        if (tag === 'html') forgotten.push(...spokenIn(strings.join('\u0001')).map((text) => ({ where: where(node), text })));
        if (!ts.isNoSubstitutionTemplateLiteral(template) && tag !== 'css') template.templateSpans.forEach(({ expression }) => visit(expression));
        return;
      }
      if (ts.isStringLiteralLike(node) && reads(node.text) && !ts.isPropertyAssignment(node.parent)) forgotten.push({ where: where(node), text: node.text });
      else if (ts.isStringLiteralLike(node) && reads(node.text) && ts.isPropertyAssignment(node.parent) && node.parent.initializer === node) forgotten.push({ where: where(node), text: node.text });
      if (ts.isTemplateExpression(node)) {
        const text = [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('…');
        if (/[A-Za-z]{3,}/.test(text.replace(NAMES, '')) && / /.test(text)) forgotten.push({ where: where(node), text });
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return { keys, forgotten };
}
