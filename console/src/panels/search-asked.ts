/** What the officer typed of a search, as the desk is asked for it; and the field that a refusal of the desk's means. */
import { noted, t } from '../i18n';
import type { AskedSearcher, SearchAsked, SearchBox } from '../search';
import { LENGTHS, SPEEDS, parseFigure, parsePosition, parseTimeNear } from './as-said';
import type { Wrong } from './report-fields';

/** What is most looked for, as data/sweep_widths.csv names it; the desk knows the rest, and says the nearest name. */
export const objects = [
  'person in water', 'raft 1 person', 'raft 4 person', 'raft 6 person', 'raft 8 person', 'raft 10 person', 'raft 15 person', 'raft 20 person', 'raft 25 person',
  'power boat up to 15ft', 'power boat 20ft', 'power boat 33ft', 'power boat 53ft', 'sail boat 15ft', 'sail boat 20ft', 'sail boat 30ft', 'sail boat 50ft',
];

export const patterns = [
  ['parallel_sweep', noted`parallel sweep`],
  ['creeping_line', noted`creeping line`],
  ['expanding_square', noted`expanding square about the datum`],
  ['sector', noted`sector about the datum`],
] as const;

/** The desk takes no more for one search. */
const MOST_UNITS = 8;

/**
 * @param typed  fields by name, as typed; those of the unit at place i of `units` end in i ("speed_0", "free_0")
 * @param ticked units that may search
 * @param now    the picture's time: units are asked now where no other time is said
 */
export function searchOf(typed: Record<string, string>, units: readonly string[], ticked: ReadonlySet<string>, now: string): { asked: SearchAsked; wrong: Wrong[] } {
  const wrong: Wrong[] = [];
  const said = (field: string) => typed[field]?.trim() ?? '';
  const read = <T>(field: string, parse: (text: string) => T | null, what: string): T | undefined => {
    const value = said(field) ? parse(said(field)) : undefined;
    if (value === null) wrong.push({ field, what });
    return value ?? undefined;
  };
  const length = (plain: keyof typeof LENGTHS) => (text: string) => parseFigure(text, LENGTHS, plain);
  const speed = (text: string) => parseFigure(text, SPEEDS, 'kn');
  if (!said('object')) wrong.push({ field: 'object', what: t`Say what is looked for.` });
  const from = read('from', (text) => parseTimeNear(text, now), t`Give a time in UTC, such as 07:25 or in 20 min.`) ?? now;
  const hours = parseFigure(said('hours'), { h: 1, min: 1 / 60 }, 'h');
  if (!hours) wrong.push({ field: 'hours', what: t`Give hours, such as 2 or 1.5.` });
  const conditions = {
    visibility_m: read('visibility', length('nm'), t`Give nautical miles, such as 0.5.`),
    wind_mps: read('wind', speed, t`Give knots, such as 12.`),
    sea_m: read('sea', length('m'), t`Give metres, such as 0.5.`),
    height_m: read('height', length('m'), t`Give metres or feet, such as 4.3 or 14 ft.`),
  };
  const searchers = units.flatMap((unit, i): AskedSearcher[] => {
    if (!ticked.has(unit)) return [];
    const search_mps = read(`speed_${i}`, speed, t`Give knots, such as 12.`);
    const sweep_width_m = read(`width_${i}`, length('nm'), t`Give nautical miles, such as 0.5.`);
    const source = said(`source_${i}`);
    if (sweep_width_m !== undefined && !source) wrong.push({ field: `source_${i}`, what: t`Say who stands for this sweep width.` });
    const free_from = read(`free_${i}`, (text) => parseTimeNear(text, now), t`Give a time in UTC, such as 07:25 or in 20 min.`);
    return [{ unit, search_mps, sweep_width_m, ...(source ? { source } : {}), ...(free_from ? { free_from } : {}) }];
  });
  if (searchers.length === 0) wrong.push({ field: 'units', what: t`Choose at least one unit.` });
  if (searchers.length > MOST_UNITS) wrong.push({ field: 'units', what: t`Choose ${MOST_UNITS} units at most.` });
  const asked: SearchAsked = {
    object: said('object'), from, length: Math.round((hours ?? 0) * 3600), units: searchers, pattern: said('pattern') || 'parallel_sweep',
    fixed: Boolean(typed.fixed), night: Boolean(typed.night), ...conditions, ...(said('smc') ? { smc: said('smc') } : {}), ...(said('osc') ? { osc: said('osc') } : {}),
  };
  return { asked, wrong };
}

const fieldOf: Record<string, string> = {
  object: 'object', from: 'from', length: 'hours', units: 'units', pattern: 'pattern', height_m: 'height', visibility_m: 'visibility', wind_mps: 'wind', sea_m: 'sea', smc: 'smc', osc: 'osc',
  search_mps: 'speed', sweep_width_m: 'width', source: 'source', free_from: 'free',
};

/** The field that a refusal means, "units[1]: source: is needed"; "box_2" of the third box; "" where it means none of them. */
export function fieldRefused(message: string, asked: SearchAsked, units: readonly string[]): string {
  const [, of, index, part] = /^(units|boxes)\[(\d+)\](?:(?:: |\.)([a-z_]+):)?/.exec(message) ?? [];
  if (of === 'boxes') return `box_${index}`;
  if (of === 'units') return `${fieldOf[part ?? ''] ?? 'unit'}_${units.indexOf(asked.units[Number(index)]?.unit ?? '')}`;
  const first = fieldOf[/^([a-z_]+):/.exec(message)?.[1] ?? ''];
  return first ?? (message.includes(`"${asked.object}"`) ? 'object' : '');
}

/** One figure of a box, as it is typed; null where it cannot be read. */
export function boxWith(box: SearchBox, field: 'centre' | 'length' | 'width' | 'axis' | 'from' | 'until', text: string, now: string): SearchBox | null {
  const taken = <T>(value: T | null, change: (value: T) => Partial<SearchBox>): SearchBox | null => (value === null ? null : { ...box, ...change(value) });
  const aboveZero = (value: number | null) => value || null;
  switch (field) {
    case 'centre': return taken(parsePosition(text), (centre) => ({ centre }));
    case 'length': return taken(aboveZero(parseFigure(text, LENGTHS, 'nm')), (length_m) => ({ length_m }));
    case 'width': return taken(aboveZero(parseFigure(text, LENGTHS, 'nm')), (width_m) => ({ width_m }));
    case 'axis': return taken(parseFigure(text.replace('°', ''), { deg: 1 }, 'deg'), (axis) => ({ axis_deg: axis % 360 }));
    default: return taken(parseTimeNear(text, now), (time) => ({ [field]: time }));
  }
}
