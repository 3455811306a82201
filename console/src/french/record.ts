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
  'Withdraw a report': 'Retirer un message',
  'For a count misheard, a place mistyped, a boat mistaken for another. Then report what is right.':
    'Pour un nombre mal entendu, une position mal saisie, un bateau pris pour un autre. Saisissez ensuite ce qui est juste.',
  'Reports that were wrong': 'Messages erronés',
  'What was wrong': 'Ce qui était faux',
  'What would be taken back': 'Ce qui serait retiré',
  'Tick a report to see what would be taken back with it.': 'Cochez un message pour voir ce qui serait retiré avec lui.',
  'Its people are counted and the boat is placed anew from what else was heard. What it said of danger stands: the phase stays {0}. The report stays in the record.':
    'Les personnes sont recomptées et le bateau replacé d’après tout ce qui a été entendu d’autre. Ce qu’il disait du danger demeure : la phase reste {0}. Le message reste dans la main courante.',
  'It says {0} persons.': 'Il dit {0} personnes.',
  'Counted by it at {0}: {1}, {2} to {3}.': 'Compté par lui à {0} : {1}, de {2} à {3}.',
  'Nobody was counted by it.': 'Personne n’a été compté par lui.',
  'Nothing was reported of this boat.': 'Rien n’a été signalé de ce bateau.',
  'This was wrong: withdraw it': 'C’était faux : le retirer',
  'Refused:': 'Refusé :',
};
