import type { Translation } from '#lib/words/english.ts';

export const onPremisesDe: Translation<'onPremises'> = {
  question: 'Bekommen manche Neuzugänge noch ein lokales Postfach?',
  no: 'Nein: Konten lizenzieren, die wie bei hybriden Neuzugängen schon eine Adresse haben',
  yes: 'Ja: Konten, die schon eine Adresse haben, erst lizenzieren, wenn jemand „Trotzdem lizenzieren“ wählt',
  saved: 'Gespeichert.',
};
