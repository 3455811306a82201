/** What the page says in French, by its English text (i18n.ts). Terms as CROSS and the French edition of IAMSAR have them. */
import { access } from './access';
import { chart } from './chart';
import { forms } from './forms';
import { panels } from './panels';
import { record } from './record';
import { search } from './search';
import { words } from './words';

export const french: Record<string, string> = { ...words, ...access, ...chart, ...panels, ...forms, ...record, ...search };
