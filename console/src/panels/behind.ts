/** The report behind a note: the entry that carries it, found among those at hand, else asked for by its time. */
import { api } from '../api';
import type { Entry } from '../api';
import type { Report } from '../said';

const STEP = 200;

type Reported = Extract<Entry, { kind: 'report' }>;

/** What a report carries is passed on as it came, so its fields are those of whichever kind. */
const carries = (entry: Entry, report: string): entry is Reported =>
  entry.kind === 'report' && (entry.body.report as Report | undefined)?.id === report;

/** As received, in one line of JSON; null where the record at hand holds no such report. */
export async function reportBehind(report: string, time: string, atHand: Entry[], last: number, ask = api.entriesBefore): Promise<string | null> {
  const found = atHand.find((entry): entry is Reported => carries(entry, report)) ?? (await search(report, Date.parse(time), last, ask));
  return found ? JSON.stringify(found.body.report) : null;
}

/** Entries stand in order of time, so the number of the first that is later is found by halving. */
async function search(report: string, time: number, last: number, ask: typeof api.entriesBefore): Promise<Reported | null> {
  let [low, high] = [1, last + 1];
  while (high - low > STEP) {
    const middle = Math.floor((low + high) / 2);
    const [entry] = (await ask(middle + 1, 1)).entries;
    if (!entry || Date.parse(entry.time) <= time) low = middle;
    else high = middle;
  }
  // Many entries may share one time: back from there until an earlier one.
  for (let before = high + STEP; before > 1; before -= STEP) {
    const { entries } = await ask(before, STEP);
    const hit = entries.find((entry): entry is Reported => carries(entry, report));
    if (hit) return hit;
    if (entries.length === 0 || Date.parse(entries[0]!.time) < time) return null;
  }
  return null;
}
