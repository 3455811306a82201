/** The record, and what is taken back in it. */
export const record: Record<string, string> = {
  Words: 'Mots',
  'Words to look for in the whole record': 'Mots à chercher dans toute la main courante',
  'The desk is looking through the record.': 'Le poste parcourt la main courante.',
  '{0} found in the whole record.': '{0} trouvées dans toute la main courante.',
  '{0} found, back to {1}, entry {2}. There may be more before.': '{0} trouvées en remontant à {1}, inscription {2}. Il peut y en avoir d’autres avant.',
  'Back to {0}, entry {1}.': 'En remontant à {0}, inscription {1}.',
  '{0} entries between are not here.': '{0} inscriptions intermédiaires ne sont pas ici.',
  'Fetch them': 'Les demander',
};
