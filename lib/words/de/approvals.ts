import type { Translation } from '#lib/words/english.ts';

export const approvalsDe: Translation<'approvals'> = {
  held: '{n, plural, one {# Person ist angehalten. An ihrem Konto} other {# Personen sind angehalten. An ihren Konten}} wird nichts geändert, bis jemand genehmigt.',
  heldInGroups:
    '{n, plural, one {# Person ist} other {# Personen sind}} angehalten, in {groups, number} Gruppen. An ihren Konten wird nichts geändert, bis jemand genehmigt.',
  disputed:
    '<people>{n, plural, one {# Person ist} other {# Personen sind}} angehalten, weil sich zwei Zeilen widersprechen</people>: Hier gibt es nichts zu genehmigen; wählen Sie auf {n, plural, one {der Seite der Person} other {der Seite jeder Person}} die richtige Zeile.',
  nobody: 'Niemand wartet auf Genehmigung.',
  whenHeld:
    'Bekämen binnen 24 Stunden mehr Personen eine Lizenz, als die Sicherheitsgrenze erlaubt, werden die übrigen angehalten und stehen hier.',
  past: 'Frühere Genehmigungen ansehen',
};
