import type { Translation } from '#lib/words/english.ts';

export const eventsDe: Translation<'events'> = {
  'person.changed': '{file}, Zeile {line}, hat geändert: {changes}.',
  change: '{column} von {before} in {after}',
  empty: 'leer',
  'person.dropped_again': 'Noch einmal eingegangen in {file}, Zeile {line}. Der nächste Zyklus prüft erneut.',
  'person.dropped_again.held':
    'Noch einmal eingegangen in {file}, Zeile {line}. Die Person wartet weiter auf Genehmigung.',
  'asked.retry_provisioning':
    'Länger als üblich kein Postfach: Exchange Online wurde gebeten, das Konto noch einmal zu bearbeiten.',
  'asked.reprocess_licences':
    'Die Zuweisung über eine Gruppe war fehlgeschlagen: Microsoft 365 wurde gebeten, die Lizenzen der Gruppe erneut zuzuweisen.',
  'person.asked_again.accepted': '{asked} Das wurde angenommen. Von selbst wird nicht noch einmal gefragt.',
  'person.asked_again.refused': '{asked} Das wurde abgelehnt: {said} Von selbst wird nicht noch einmal gefragt.',
  'person.asked_again.unknown':
    '{asked} Es kam keine Antwort ({said}), vielleicht ist die Bitte trotzdem angekommen. Von selbst wird nicht noch einmal gefragt.',
  'person.dismissal_undone': '{by} hat das Schließen zurückgenommen.',
  'person.edited': '{by} hat geändert: {changes}, und eine erneute Prüfung angefordert.',
  'person.edited.location':
    '{by} hat den Nutzungsstandort auf {location} gesetzt und eine erneute Prüfung angefordert.',
  'person.edited.why': '{edited} Begründung: {why}',
  'person.assigned': '{by} kümmert sich darum.',
  'person.unassigned': '{by} kümmert sich nicht mehr darum.',
  'file.accepted':
    '{file} wurde importiert. {rows, plural, one {# Zeile} other {# Zeilen}}: {accepted, number} neu, {duplicates, number} schon bekannt (davon {unchanged, number} Wort für Wort, was nichts ändert), {rejected, number} abgelehnt.',
  'file.accepted.new':
    '{file} wurde importiert. {rows, plural, one {# Zeile} other {# Zeilen}}: {accepted, number} neu, {duplicates, number} schon bekannt, {rejected, number} abgelehnt.',
  'file.accepted.grown':
    '{file} ist nach dem Import gewachsen, von {from, number} auf {to, plural, one {# Byte} other {# Bytes}}: Der Rest wird auch importiert.',
  'file.rejected': '{file} wurde abgelehnt. Zeile {line}: {problem}',
  'row.corrected': '{by} hat Zeile {line} aus {file} korrigiert, die nicht übernommen worden war.',
  'row.corrected.again':
    'Zeile {line} aus {file}, die nicht übernommen worden war, kam noch einmal als Zeile {otherLine} in {other}.',
  'rows.line': 'Zeile {line} aus {file}',
  'rows.some': '{n, number} Zeilen aus {file}',
  'rows.all': 'die Datei {file}, die ganz abgelehnt worden war',
  'row.closed': '{by} hat {rows} geschlossen: {why}',
  'row.reopened': '{by} hat {rows} wieder geöffnet.',
  'draft.created': '{by} hat {name} zur Durchsicht hochgeladen. Importiert ist noch nichts.',
  'draft.changed.line': '{by} hat Zeile {line} des Uploads {name} korrigiert.',
  'draft.changed.restored': '{by} hat Zeile {line} des Uploads {name} auf das Original zurückgesetzt.',
  'draft.changed.alike':
    '{by} hat {n, plural, one {# Zeile} other {# Zeilen}} des Uploads {name} auf dieselbe Weise korrigiert.',
  'draft.changed.columns': '{by} hat die Spalten des Uploads {name} zugeordnet.',
  'draft.imported': '{by} hat den Upload {name} mit {n, plural, one {# Korrektur} other {# Korrekturen}} importiert.',
  'draft.discarded': '{by} hat den Upload {name} verworfen. Niemand wurde importiert.',
  'run.requested': 'Hat einen Lauf angefordert.',
  'run.requested.dry': 'Hat einen Probelauf angefordert.',
  'run.requested.again':
    'Hat eine Wiederholung für {n, plural, one {# Person} other {# Personen}} angefordert ({kind, select, failed {nur die mit Handlungsbedarf} all {alle, die nicht fertig sind} other {eine Auswahl}}), mit der {mapping, select, then {damaligen} other {jetzigen}} Zuordnung.',
  'run.cancelled': 'Hat den Lauf abgebrochen.',
  'run.cancelled.early': 'Hat den Lauf abgebrochen, bevor er begann.',
  'mapping.published': '{by} hat Version {version} der Zuordnung des EmployeeType {type} veröffentlicht: {licences}.',
  'mapping.retired': '{by} hat die Zuordnung des EmployeeType {type} entfernt.',
  'start.planned':
    '{by} hat {n, plural, one {# Person} other {# Personen}} mit dem EmployeeType {type} für den {day} geplant.',
  'start.unplanned':
    '{by} plant {n, plural, one {# Person} other {# Personen}} mit dem EmployeeType {type} für den {day} nicht mehr.',
  'settings.changed': '{by} hat eine Einstellung geändert: {setting}.',
  'diagnosis.requested': '{by} hat gefragt, warum {name} kein Postfach hat.',
  'setup.tested': '{by} hat die Einrichtung geprüft.',
  'mail.tested': '{by} hat eine Test-E-Mail an {recipients} gesendet.',
  'clock.set_back':
    'Die Uhr des Servers wurde um {n, plural, one {# Minute} other {# Minuten}} zurückgestellt: {checks, plural, one {# nächste Prüfung wurde} other {# nächste Prüfungen wurden}} mit ihr verschoben. Was vorher aufgezeichnet wurde, ist entsprechend zu spät datiert.',
  'history.removed':
    'Was vor dem {day} aufgezeichnet wurde, wird gelöscht: {by} hat festgelegt, dass der Verlauf {n, plural, one {# Jahr} other {# Jahre}} aufbewahrt wird.',
  somebody: 'jemand',
  'backup.restored': 'Die Sicherung {file} wurde wiederhergestellt.',
  'database.put_back':
    'Die Datenbankdatei {file} oder die WAL-Datei daneben wurde gelöscht, während der Server lief. Was der Server noch hielt, ist wieder an seinem Platz.',
  'operator.signed_in': '{by} hat sich angemeldet, mit der Rolle {role}.',
  'operator.signed_in.none': '{by} hat sich angemeldet, ohne eine Rolle in dieser App.',
  'operator.denied.tenant': '{by} ({email}) wurde abgewiesen: Das Konto gehört zum Mandanten {tenant}.',
  'operator.denied.weak':
    '{by} ({email}) wurde abgewiesen: Die Anmeldung erfüllt den Authentifizierungskontext {context} nicht.',
  'operator.signed_out':
    '{n, plural, one {{by} hat sich abgemeldet.} other {{by} hat sich von allen # Sitzungen abgemeldet.}}',
  'operator.role_changed': '{by} hat jetzt die Rolle {after} und hatte vorher die Rolle {before}.',
  noRole: '(keine)',
  'session.ended.by_admin': '{by} hat eine Sitzung von {name} beendet.',
  'session.ended.replaced': '{name} hat sich noch einmal angemeldet; das hat die Sitzung davor beendet.',
  'session.ended.idle':
    'Die Sitzung von {name} wurde beendet, weil {n, plural, one {# Minute} other {# Minuten}} lang nichts darin getan wurde.',
  'session.ended.too_old':
    'Die Sitzung von {name} wurde beendet, weil sie {n, plural, one {# Stunde} other {# Stunden}} alt war.',
  'session.ended.role_unconfirmed':
    'Die Sitzung von {name} wurde beendet, weil der Identitätsanbieter die Rolle 15 Minuten lang nicht bestätigt hat.',
  'session.ended.refused':
    'Die Sitzung von {name} wurde beendet, weil der Identitätsanbieter dieses Konto nicht mehr anmelden lässt.',
  'session.ended.too_weak':
    'Die Sitzung von {name} wurde beendet, weil die Anmeldung den Authentifizierungskontext nicht erfüllt, den diese App verlangt.',
  'action.refused': '{by} wurde etwas verweigert, wofür die Rolle {role} nötig ist.',
  'action.refused.page': '{by} wurde die Seite {page} verweigert, für die die Rolle {role} nötig ist.',
  'action.refused.upload': '{by} wurde eine Änderung des Uploads {name} verweigert, den {owner} hochgeladen hat.',
  'action.refused.foreign':
    'Eine Anfrage an {path} im Namen von {by} wurde abgewiesen: Sie kam von einer anderen Website.',
  'exported.people': '{by} hat die Liste der Personen exportiert.',
  'exported.history': '{by} hat den Verlauf exportiert.',
  'exported.evidence': '{by} hat einen Nachweis exportiert: {name}.',
  'exported.trends': '{by} hat die Trends exportiert ({name}).',
  'exported.original': '{by} hat die Datei {name} exportiert, wie sie eingegangen ist.',
  'exported.results': '{by} hat die Ergebnisse der Datei {name} exportiert.',
  'exported.runLog': '{by} hat das Protokoll des Laufs {name} exportiert.',
};
