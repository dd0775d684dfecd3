/** Moments and spans of time. */
export const time = {
  date: '{day} {month, select, 1 {Jan} 2 {Feb} 3 {Mar} 4 {Apr} 5 {May} 6 {Jun} 7 {Jul} 8 {Aug} 9 {Sep} 10 {Oct} 11 {Nov} other {Dec}} {year}',
  shortDay:
    '{weekday, select, 1 {Mon} 2 {Tue} 3 {Wed} 4 {Thu} 5 {Fri} 6 {Sat} other {Sun}} {day} {month, select, 1 {Jan} 2 {Feb} 3 {Mar} 4 {Apr} 5 {May} 6 {Jun} 7 {Jul} 8 {Aug} 9 {Sep} 10 {Oct} 11 {Nov} other {Dec}}',
  dayOfMonth:
    '{day} {month, select, 1 {Jan} 2 {Feb} 3 {Mar} 4 {Apr} 5 {May} 6 {Jun} 7 {Jul} 8 {Aug} 9 {Sep} 10 {Oct} 11 {Nov} other {Dec}}',
  utc: '{date}, {time} UTC',
  inUtc: '{moment} UTC',
  zoned: '{date}, {time}',
  halfDay: '{time} {half}',
  also: '{one} ({other})',
  now: 'just now',
  soon: 'in a moment',
  due: 'due now',
  ago: '{span} ago',
  ahead: 'in {span}',
  milliseconds: '{n} ms',
  tenths: '{n, number, ::.0} s',
  seconds: '{n} s',
  minutes: '{n} min',
  minutesSeconds: '{minutes} min {seconds} s',
  hours: '{n} h',
  days: '{n, plural, one {# day} other {# days}}',
  daysAway: '{n, plural, one {# day} other {# days}}',
} as const;
