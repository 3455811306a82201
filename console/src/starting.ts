/** A desk that is not there yet (docs/api.md, Requests). */
import { noted, t, tr } from './i18n';

/** How far it is. */
export interface Starting {
  what: 'sea' | 'record' | 'day';
  done: number;
  /** 0: not known. */
  of: number;
}

const doing: Record<Starting['what'], string> = {
  sea: noted`It reads the coast, the seas and the rules.`,
  record: noted`It reads its record and its journal.`,
  day: noted`It runs through the day once.`,
};

/** "It reads its record and its journal. 43 % done." */
export const startingWords = ({ what, done, of }: Starting): string =>
  of > 0 ? `${tr(doing[what])} ${t`${Math.floor((100 * done) / of)} % done.`}` : tr(doing[what]);
