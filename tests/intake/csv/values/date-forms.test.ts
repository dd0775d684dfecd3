import { describe, expect, test } from 'vitest';
import { DateOrderFinder } from '#lib/intake/csv/values/date-order.ts';
import { possibleDates, readDate } from '#lib/intake/csv/values/dates.ts';
import { monthOf } from '#lib/intake/csv/values/months.ts';

const read = (text: string, slashed: 'day_first' | 'month_first' | null = null) =>
  readDate(text, { slashed, dotted: 'day_first' });

describe('a date is read in every form in which programs and people write it', () => {
  test.each([
    // Year first.
    ['2026-12-25'],
    ['2026.12.25.'],
    ['2026. 12. 25.'],
    ['2026年12月25日'],
    ['2026년 12월 25일'],
    ['2026-12-25Z'],
    ['2026-12-25+01:00'],
    // Year last.
    ['25.12.2026'],
    ['25. 12. 2026'],
    ['25.  12.\t2026'],
    ['25 12 2026'],
    [' 25-12-2026 '],
    ['25.12.26.'],
    // Without separators, with and without a time.
    ['20261225'],
    ['25122026'],
    ['12252026'],
    ['202612250830'],
    ['20261225T0830'],
    ['20261225083000'],
    ['20261225T083000Z'],
    ['20261225083000.0Z'],
    ['20261225083000,125+0100'],
    ['20261225083000-08:00'],
    ['20261225T0830+0100'],
    // With a time behind it.
    ['25.12.2026 8:30'],
    ['25.12.2026, 08.30 Uhr'],
    ['12/25/2026 08:30:15 PM'],
    ['12/25/2026 8:30 p.m.'],
    ['2026-12-25 08:30:00.1234567 +01:00'],
    ['2026-12-25T08:30:00+0100'],
    ['25/12/2026 08:30 h'],
    ['2026-12-25 08:30:00 UTC'],
    // As systems in China, Korea and Greece write a time, and as people do.
    ['2026/12/25 上午 12:00:00'],
    ['2026-12-25 오후 12:00:00'],
    ['25/12/2026 12:00:00 πμ'],
    ['12/25/2026 9 AM'],
    ['25/12/2026 21h00'],
    ['25.12.2026 um 08:00 Uhr'],
    ['2026/12/25 凌晨12:00:00'],
    ['25.12.2026 klo 0.00.00'],
    ['2026-12-25 00 h 00 min 00 s'],
    ['٢٥‏/١٢‏/٢٠٢٦، ١٢:٠٠:٠٠ ص'],
    // Zones as Java and JavaScript name them.
    ['2026-12-25T00:00:00+01:00[Europe/Berlin]'],
    ['Fri Dec 25 2026 00:00:00 GMT+0100 (Central European Standard Time)'],
    // As PostgreSQL and pandas write it.
    ['2026-12-25 00:00:00+01'],
    ['20261225.0'],
    ['1798156800.0'],
    // With a month in Roman numerals, or marked as one by Oracle; with the word for a year.
    ['25 XII 2026'],
    ['25.XII.2026'],
    ['25-12月 -26'],
    ['25.12.2026 г.'],
    ['25.12.26 г., 0:00'],
    ['25.12.2026r.'],
    // With a day of the week.
    ['Fr, 25.12.2026'],
    ['Fri 12/25/2026'],
    ['2026/12/25(金)'],
    ['25.12.2026 (Freitag)'],
    ['2026年12月25日金曜日'],
    ['2026年12月25日星期五'],
    ['25 Aralık 2026 Cuma'],
    ['sexta-feira, 25 de dezembro de 2026'],
    // In Hebrew and Vietnamese.
    ['25 בדצמבר 2026'],
    ['25 tháng 12, 2026'],
    // Marks that Internet Explorer put between the parts, hyphens of word processors, blanks.
    ['\u200e12\u200e/\u200e25\u200e/\u200e2026'],
    ['2026\u201112\u201125'],
    ['2026–12–25'],
    ['25 / 12 / 2026'],
    // As SAS writes it.
    ['25DEC2026'],
    ['25dec26'],
    ['25DEC2026:08:30:00'],
    // As spreadsheets and scripts count.
    ['46381'],
    ['46381.5'],
    ['46381,75'],
    ['/Date(1798156800000)/'],
    ['\\/Date(1798156800000)\\/'],
    ['/Date(1798156800000+0100)/'],
    ['/Date(1798156800000-0500)/'],
    // Bare numbers of programs: seconds, milliseconds, FILETIME of Active Directory, ticks of .NET.
    ['1798156800'],
    ['1798156800000'],
    ['134426304000000000'],
    ['639337536000000000'],
    // Midnight in Berlin, Tokyo, New York; at noon; a time of day.
    ['1798153200'],
    ['1798124400000'],
    ['1798174800000'],
    ['1798200000'],
    ['1798230123'],
    ['/Date(1798153200000+0100)/'],
    // With the name of the month.
    ['25 December 2026'],
    ['25 декабря 2026 г.'],
    ['25 грудня 2026 р.'],
    ['2026 m. gruodžio 25 d.'],
    ['25 Desember 2026'],
    ['25 दिसंबर 2026'],
    // With digits, months and years of other countries.
    ['٢٥ ديسمبر ٢٠٢٦'],
    ['٢٥/١٢/٢٠٢٦'],
    ['２０２６年１２月２５日'],
    ['२५.१२.२०२६'],
    ['25 ธันวาคม 2569'],
    ['25 ธ.ค. 2569'],
    ['25-ธ.ค.-69'],
    ['25/12/2569'],
    ['2569-12-25'],
    // As Japan and Taiwan count in numbers.
    ['R8.12.25'],
    ['R08/12/25'],
    ['115/12/25'],
    ['民國115年12月25日'],
    ['2026 12 25'],
    ['๒๕ ธันวาคม ๒๕๖๙'],
    ['25 ธันวาคม 2026'],
    ['令和8年12月25日'],
    ['令和 8 年 12 月 25 日'],
    ['25-DEC-26'],
    ['25. Dezember 2026.'],
    ['December 25th, 2026'],
    ['25th of December 2026'],
    ['the 25th December, 2026'],
    ['2026 December 25'],
    ['2026-Dec-25'],
    ['Friday, December 25, 2026'],
    ['vendredi 25 décembre 2026'],
    ['Fri Dec 25 08:30:00 CET 2026'],
    ['Fri Dec 25 08:30:00 MEZ 2026'],
    ['Fri Dec 25 08:30:00 MESZ 2026'],
    ['Fri Dec 25 08:30:00 EST 2026'],
    ['Fri Dec 25 08:30:00 PDT 2026'],
    ['Fri Dec 25 08:30:00.125 UTC 2026'],
    ['Dec 25 08:30 2026'],
    ['Dec 25 8:30PM 2026'],
    ['Dec 25 8:30 p.m. 2026'],
    ['Dec 25 8:30:15 AM 2026'],
    ['Dec 25 2026 8:30:15:125PM'],
  ])('%s is 25 December 2026', (text) => expect(read(text)).toEqual({ kind: 'ok', date: '2026-12-25' }));

  test.each([
    ['04052026', 'day_first', '2026-05-04'],
    ['04052026', 'month_first', '2026-04-05'],
    ['4-5-2026', 'month_first', '2026-04-05'],
    // Impossible as the file writes them, so they are read as they can be.
    ['25/12/2026', 'month_first', '2026-12-25'],
    ['12/25/2026', 'day_first', '2026-12-25'],
    ['5. MÄRZ 2026', null, '2026-03-05'],
    ['5. Jänner 2026', null, '2026-01-05'],
    ['1.1.00', null, '2000-01-01'],
    ['1.1.49', null, '2049-01-01'],
    ['1.1.80', null, '1980-01-01'],
    ['26.5.4', null, '2026-05-04'],
    ['26. 5. 4.', null, '2026-05-04'],
    ['1900-01-01', null, '1900-01-01'],
    ['2049-12-31', null, '2049-12-31'],
  ] as const)('%s in a file that is %s is %s', (text, slashed, date) =>
    expect(read(text, slashed)).toEqual({ kind: 'ok', date }),
  );
});

describe('a moment that is midnight where the organisation is stands for its day', () => {
  const inZone = (timeZone: string, text: string) => readDate(text, { slashed: null, dotted: 'day_first', timeZone });
  test.each([
    ['Pacific/Auckland', '2026-12-24T11:00:00Z'],
    ['Pacific/Auckland', '1798110000'],
    ['Pacific/Auckland', '1798110000000'],
    ['Pacific/Auckland', '/Date(1798110000000)/'],
    ['Pacific/Auckland', '20261224110000.0Z'],
    ['Europe/Berlin', '2026-12-24T23:00:00Z'],
    ['Europe/Berlin', '2026-12-24T23:00:00.0000000Z'],
    ['Europe/Berlin', '2026-12-24 23:00:00 UTC'],
    ['Europe/Berlin', '2026-12-24T23:00Z'],
    ['Europe/Berlin', '2026-12-24T23:00:00+00:00'],
    ['Europe/Berlin', '20261224230000Z'],
    ['America/New_York', '2026-12-25T05:00:00Z'],
    // Midnight somewhere else, by its own word.
    ['UTC', '/Date(1798110000000+1300)/'],
    ['UTC', '/Date(1798177800000-0530)/'],
    ['Europe/Berlin', '2026-12-25T00:00:00+13:00'],
    // No midnight of the organisation: the day as it is written.
    ['Europe/Berlin', '2026-12-25T00:00:00Z'],
    ['Europe/Berlin', '2026-12-25T23:00:00+02:00'],
    ['Europe/Berlin', '2026-12-25T22:00:00Z'],
    ['UTC', '2026-12-25T23:00:00Z'],
  ])('in %s %s is 25 December 2026', (zone, text) =>
    expect(inZone(zone, text)).toEqual({ kind: 'ok', date: '2026-12-25' }),
  );

  test('also where the clocks are set forward at midnight', () =>
    expect(inZone('America/Santiago', '2026-09-06T04:00:00Z')).toEqual({ kind: 'ok', date: '2026-09-06' }));
});

describe('what is no date, or may be two, is never read as one', () => {
  const not = 'is not a date';
  const missing = 'does not exist in the calendar';
  test.each([
    ['x2026-01-05', not],
    ['2026-01-05x', not],
    ['12026-01-05', not],
    ['No. 2026年1月5日', not],
    ['2026年1月5日 ?', not],
    ['105.1.2026', not],
    ['5.1.20261', not],
    ['5.1/2026', not],
    ['120260105', not],
    ['202601051', not],
    ['20260105 x', not],
    ['1052026', not],
    ['460270', not],
    ['4602', not],
    ['46027.5.1', not],
    ['x46027', not],
    ['see /Date(1767571200000)/', not],
    ['/Date(1767571200000)/ or so', not],
    ['Room 5, 2026', not],
    ['5 January', not],
    ['January February 5 2026', not],
    ['5 6 January 2026', not],
    ['5 January 2026 draft', not],
    ['January 5 2026 draft', not],
    ['5 January 2026 ESTIMATED', not],
    ['Friday or so, January 5, 2026', not],
    ['Fri1 5 January 2026', not],
    ['1Fri 5 January 2026', not],
    ['A5 January 2026', not],
    ['5x January 2026', not],
    ['20260230', missing],
    ['20260230083000', missing],
    ['2026-02-29', missing],
    ['26366', missing],
    ['2026000', missing],
    ['30 February 2026', missing],
    ['1899-12-31', 'the year 1899'],
    ['2050-01-01', 'the year 2050'],
    // In Thailand the year 2569 is our 2026.
    ['13/5/69', 'the year 2069'],
    ['1.1.79', 'the year 2079'],
    ['04/05/26', 'can be read as two dates: write it as 2026-05-04 or 2026-04-05'],
    ['4 5 2026', 'can be read as two dates: write it as 2026-05-04 or 2026-04-05'],
    ['04-05-06', 'can be read as three dates: write it as 2006-05-04, 2006-04-05 or 2004-05-06'],
    ['bis 25.12.2026', 'is not a date'],
    ['25.12.2026 (neu)', 'is not a date'],
    ['l3.12.2026', 'is not a date'],
    ['12.5.6', 'is not a date'],
  ])('%s %s', (text, why) =>
    expect(read(text)).toMatchObject({ kind: 'fault', why: { message: expect.stringContaining(why) } }),
  );

  test.each(['ม.ค.', 'ก.พ.', 'มี.ค.', 'เม.ย.', 'พ.ค.', 'มิ.ย.', 'ก.ค.', 'ส.ค.', 'ก.ย.', 'ต.ค.', 'พ.ย.', 'ธ.ค.'])(
    '%s is a month in Thai',
    (name) => {
      const month = new Intl.DateTimeFormat('en-CA', { timeZone: 'UTC', year: 'numeric', month: '2-digit' });
      const names = Array.from({ length: 12 }, (_, at) =>
        new Intl.DateTimeFormat('th', { month: 'short', timeZone: 'UTC' }).format(Date.UTC(2026, at)),
      );
      const date = `${month.format(Date.UTC(2026, names.indexOf(name)))}-05`;
      expect(read(`5 ${name} 2569`)).toEqual({ kind: 'ok', date });
    },
  );

  test.each(['1st', '21st', '31st', '2nd', '3rd', '4th'])(
    '%s of a month is a day in English, in any language',
    (day) => {
      const date = `2026-07-${String(Number.parseInt(day, 10)).padStart(2, '0')}`;
      for (const text of [`${day} July 2026`, `July ${day}, 2026`, `${day} of July 2026`])
        expect(read(text)).toEqual({ kind: 'ok', date });
    },
  );

  test('what is said of a long text is short', () => {
    const result = read('soon '.repeat(100));
    expect(result.kind === 'fault' && result.why.message.length).toBeLessThan(140);
  });

  test('the same text is read anew in a file of another order', () => {
    expect(read('7/8/2026', 'day_first')).toEqual({ kind: 'ok', date: '2026-08-07' });
    expect(read('7/8/2026', 'month_first')).toEqual({ kind: 'ok', date: '2026-07-08' });
    expect(read('7/8/2026').kind).toBe('fault');
    expect(readDate('7.8.2026', { slashed: null, dotted: 'month_first' })).toEqual({ kind: 'ok', date: '2026-07-08' });
    expect(readDate('7.8.2026')).toEqual({ kind: 'ok', date: '2026-08-07' });
  });
});

describe('which dates show the order of a file', () => {
  const orderOf = (texts: readonly string[]) => {
    const finder = new DateOrderFinder();
    for (const text of texts) finder.see(text);
    return finder.order();
  };

  test.each([
    ['13/12/2026', 'day_first'],
    ['12/13/2026', 'month_first'],
    [' 31/3/2026 ', 'day_first'],
    ['23-3-2026', 'day_first'],
    ['23-03-2026', 'day_first'],
    ['3-23-26', 'month_first'],
    ['31122026', 'day_first'],
    ['3 31 2026', 'month_first'],
    ['3/31/2026 8:00:00 AM', 'month_first'],
    ['12/12/2026', null],
    ['13/13/2026', null],
    ['23-03-26', null],
    ['2026-31-12', null],
    ['20263112', null],
    ['31 March 2026', null],
    ['', null],
  ])('%j shows %s', (text, slashed) => expect(orderOf([text, text]).slashed).toBe(slashed));

  test.each([
    ['Start date (dd/mm/yyyy)', 'day_first'],
    ['Start date [D/M/Y]', 'day_first'],
    ['StartDate dd-mm-yy hh:mm', 'day_first'],
    ['Eintrittsdatum (TT.MM.JJJJ)', 'day_first'],
    ["Date d'embauche (JJ/MM/AAAA)", 'day_first'],
    ['Data di inizio gg/mm/aaaa', 'day_first'],
    ['Aloituspäivä (pp.kk.vvvv)', 'day_first'],
    ['İşe başlama tarihi (gg.aa.yyyy)', 'day_first'],
    ['Дата приема (ДД.ММ.ГГГГ)', 'day_first'],
    ['DDMMYYYY', 'day_first'],
    ['Start date (MM/DD/YYYY)', 'month_first'],
    ['Hire Date (m/d/yy)', 'month_first'],
    ['Fecha de alta (mm/dd/aaaa)', 'month_first'],
    ['Start date (yyyy-mm-dd)', null],
    ['Start date (dd-MMM-yyyy)', null],
    ['Java', null],
    ['Start date', null],
  ])('the name of the column, %s, shows %s', (columnName, slashed) =>
    expect(new DateOrderFinder().order({ columnName }).slashed).toBe(slashed),
  );

  test('where the name of the column says something else than a row nothing is certain', () => {
    const finder = new DateOrderFinder();
    finder.see('3/25/2026');
    expect(finder.order({ columnName: 'Start date (dd/mm/yyyy)' }).slashed).toBeNull();
    expect(finder.order({ columnName: 'Start date (mm/dd/yyyy)' }).slashed).toBe('month_first');
  });

  test('years of two digits may stand first where the other rows do not belie it', () => {
    const why = (texts: readonly string[]) => {
      const result = readDate(texts[0] ?? '', orderOf(texts));
      return result.kind === 'ok' ? result.date : result.why.message;
    };
    for (const sign of ['/', '.', '-']) {
      const [first = '', ...others] = ['26/04/15', '26/01/05', '26/12/31'].map((text) => text.replaceAll('/', sign));
      expect(why([first, ...others])).toContain('write it as 2015-04-26 or 2026-04-15');
    }
    expect(why(['26/04/26', '15/04/26'])).toBe('2026-04-26');
    expect(why(['01.04.15', '01.01.05', '01.10.11'])).toBe('2015-04-01');
    expect(why(['26.04.15', '26.01.05', '15.10.11'])).toBe('2015-04-26');
    expect(why(['26/04/2015', '26/04/15', '26/01/05'])).toBe('2015-04-26');
    expect(why(['26/04/15'])).toBe('2015-04-26');
    // A last number of one digit shows it.
    expect(why(['26. 4. 15.', '26. 10. 5.'])).toBe('2026-04-15');
    expect(why(['26/04/15', '26/10/5'])).toBe('2026-04-15');
    expect(why(['26/04/15', '26/10/5', '05/11/15'])).toBe('2015-04-26');
    // The end of a contract may be any of them: none may be forgotten.
    const order = orderOf(['26/04/15', '26/01/05']);
    expect(possibleDates('26/12/05', order)).toEqual(['2005-12-26', '2026-12-05']);
  });

  test('thousands of different dates are no reason to forget what one of them showed', () => {
    const dates = Array.from(
      { length: 3000 },
      (_, n) => `${(n % 12) + 1}/${(n % 11) + 1}/${1900 + Math.floor(n / 12)}`,
    );
    expect(orderOf(['3/31/2026', ...dates]).slashed).toBe('month_first');
    expect(orderOf([...dates, '3/31/2026']).slashed).toBe('month_first');
    for (const date of dates.slice(0, 1500)) read(date, 'day_first');
    expect(read('4/5/2026', 'day_first')).toEqual({ kind: 'ok', date: '2026-05-04' });
  });
});

describe('months are known by the names that exports give them', () => {
  test.each([
    'January February March April May June July August September October November December',
    'Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec',
    'Januar Februar März April Mai Juni Juli August September Oktober November Dezember',
    'Jänner Feb Mrz Apr Mai Jun Jul Aug Sep Okt Nov Dez',
    'JANVIER FÉVRIER MARS AVRIL MAI JUIN JUILLET AOÛT SEPTEMBRE OCTOBRE NOVEMBRE DÉCEMBRE',
    'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre',
    'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre',
    'januari februari maart april mei juni juli augustus september oktober november december',
    'janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro',
    'stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października',
    'styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik',
    'leden únor březen duben květen červen červenec srpen září říjen',
    'ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık',
    'января февраля марта апреля мая июня июля августа сентября октября ноября декабря',
    'Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου Οκτωβρίου Νοεμβρίου Δεκεμβρίου',
    'tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta',
  ])('%s', (names) => {
    const months = names.split(' ').map(monthOf);
    expect(months).toEqual(months.map((_, index) => index + 1));
  });

  test.each(['Maerz', 'maer', 'mar', 'Mrz.', 'MART'])('%s is March', (name) => expect(monthOf(name)).toBe(3));

  test.each([
    ['November in Poland, October in Croatia', 'listopad'],
    ['the same in a date', 'listopada'],
    ['July in Poland, June in Croatia', 'lip'],
    ['August in Bohemia, July in Croatia', 'srp'],
    ['too short to tell', 'ma'],
    ['one letter', 'm'],
    ['nothing', ''],
    ['a number', '01'],
    ['a day', 'Monday'],
    ['more than twelve in Latin', 'XIII'],
  ])('%s is none: %j', (_, name) => expect(monthOf(name)).toBeNull());
});
