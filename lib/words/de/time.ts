import type { Translation } from '#lib/words/english.ts';

export const timeDe: Translation<'time'> = {
  date: '{day}. {month, select, 1 {Jan.} 2 {Feb.} 3 {März} 4 {Apr.} 5 {Mai} 6 {Juni} 7 {Juli} 8 {Aug.} 9 {Sep.} 10 {Okt.} 11 {Nov.} other {Dez.}} {year}',
  shortDay:
    '{weekday, select, 1 {Mo} 2 {Di} 3 {Mi} 4 {Do} 5 {Fr} 6 {Sa} other {So}}, {day}. {month, select, 1 {Jan.} 2 {Feb.} 3 {März} 4 {Apr.} 5 {Mai} 6 {Juni} 7 {Juli} 8 {Aug.} 9 {Sep.} 10 {Okt.} 11 {Nov.} other {Dez.}}',
  dayOfMonth:
    '{day}. {month, select, 1 {Jan.} 2 {Feb.} 3 {März} 4 {Apr.} 5 {Mai} 6 {Juni} 7 {Juli} 8 {Aug.} 9 {Sep.} 10 {Okt.} 11 {Nov.} other {Dez.}}',
  utc: '{date}, {time} UTC',
  inUtc: '{moment} UTC',
  zoned: '{date}, {time}',
  halfDay: '{time} {half}',
  also: '{one} ({other})',
  now: 'gerade eben',
  soon: 'gleich',
  due: 'jetzt fällig',
  ago: 'vor {span}',
  ahead: 'in {span}',
  milliseconds: '{n} ms',
  tenths: '{n, number, ::.0} s',
  seconds: '{n} s',
  minutes: '{n} min',
  minutesSeconds: '{minutes} min {seconds} s',
  hours: '{n} h',
  days: '{n, plural, one {# Tag} other {# Tage}}',
  daysAway: '{n, plural, one {# Tag} other {# Tagen}}',
};
