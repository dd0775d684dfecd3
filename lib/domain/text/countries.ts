/** Countries as Microsoft 365 takes them for a usage location (ISO 3166-1), and how people and exports write them. */

/** The 249 officially assigned codes, each of two letters with that of three behind it. */
const ASSIGNED = `
  ADAND AEARE AFAFG AGATG AIAIA ALALB AMARM AOAGO AQATA ARARG ASASM ATAUT AUAUS AWABW AXALA AZAZE BABIH BBBRB BDBGD
  BEBEL BFBFA BGBGR BHBHR BIBDI BJBEN BLBLM BMBMU BNBRN BOBOL BQBES BRBRA BSBHS BTBTN BVBVT BWBWA BYBLR BZBLZ CACAN
  CCCCK CDCOD CFCAF CGCOG CHCHE CICIV CKCOK CLCHL CMCMR CNCHN COCOL CRCRI CUCUB CVCPV CWCUW CXCXR CYCYP CZCZE DEDEU
  DJDJI DKDNK DMDMA DODOM DZDZA ECECU EEEST EGEGY EHESH ERERI ESESP ETETH FIFIN FJFJI FKFLK FMFSM FOFRO FRFRA GAGAB
  GBGBR GDGRD GEGEO GFGUF GGGGY GHGHA GIGIB GLGRL GMGMB GNGIN GPGLP GQGNQ GRGRC GSSGS GTGTM GUGUM GWGNB GYGUY HKHKG
  HMHMD HNHND HRHRV HTHTI HUHUN IDIDN IEIRL ILISR IMIMN ININD IOIOT IQIRQ IRIRN ISISL ITITA JEJEY JMJAM JOJOR JPJPN
  KEKEN KGKGZ KHKHM KIKIR KMCOM KNKNA KPPRK KRKOR KWKWT KYCYM KZKAZ LALAO LBLBN LCLCA LILIE LKLKA LRLBR LSLSO LTLTU
  LULUX LVLVA LYLBY MAMAR MCMCO MDMDA MEMNE MFMAF MGMDG MHMHL MKMKD MLMLI MMMMR MNMNG MOMAC MPMNP MQMTQ MRMRT MSMSR
  MTMLT MUMUS MVMDV MWMWI MXMEX MYMYS MZMOZ NANAM NCNCL NENER NFNFK NGNGA NINIC NLNLD NONOR NPNPL NRNRU NUNIU NZNZL
  OMOMN PAPAN PEPER PFPYF PGPNG PHPHL PKPAK PLPOL PMSPM PNPCN PRPRI PSPSE PTPRT PWPLW PYPRY QAQAT REREU ROROU RSSRB
  RURUS RWRWA SASAU SBSLB SCSYC SDSDN SESWE SGSGP SHSHN SISVN SJSJM SKSVK SLSLE SMSMR SNSEN SOSOM SRSUR SSSSD STSTP
  SVSLV SXSXM SYSYR SZSWZ TCTCA TDTCD TFATF TGTGO THTHA TJTJK TKTKL TLTLS TMTKM TNTUN TOTON TRTUR TTTTO TVTUV TWTWN
  TZTZA UAUKR UGUGA UMUMI USUSA UYURY UZUZB VAVAT VCVCT VEVEN VGVGB VIVIR VNVNM VUVUT WFWLF WSWSM YEYEM YTMYT ZAZAF
  ZMZMB ZWZWE
`;

const CODE_BY_THREE: ReadonlyMap<string, string> = new Map(
  ASSIGNED.trim()
    .split(/\s+/)
    .map((both) => [both.slice(2), both.slice(0, 2)]),
);

export const COUNTRY_CODES: ReadonlySet<string> = new Set(CODE_BY_THREE.values());

/** True for an assigned code of two letters in upper case. */
export function isCountryCode(code: string): boolean {
  return COUNTRY_CODES.has(code);
}

/** Languages in which exports name countries; where two of them use one name for different countries, the first one counts. */
const LANGUAGES =
  'en de fr es it nl pt pl sv da nb fi cs sk hu ro sl hr sr-Latn el bg ru uk tr et lv lt is ga cy lb ca eu gl mt sq mk sr bs ar he fa hi id ms vi th ko ja zh zh-Hant af de-CH de-AT pt-PT fil kk ka hy az uz bn ur ta ne si km lo my mn sw';

/** Names and codes in common use that neither ISO 3166-1 nor CLDR has. */
const OTHER_NAMES: Record<string, string> = {
  GB: 'Great Britain and Northern Ireland|England and Wales|Großbritannien und Nordirland|Vereinigtes Königreich Großbritannien und Nordirland|UK|GBN|England|Scotland|Wales|Northern Ireland|Great Britain|Britain|UK of Great Britain and Northern Ireland|United Kingdom of Great Britain and Northern Ireland|England und Wales|Großbritannien|Grande-Bretagne|Gran Bretaña|Gran Bretagna|Groot-Brittannië|Inghilterra|Angleterre|Inglaterra',
  US: '米国|アメリカ合衆国|U.S.|U.S.A.|America|United States of America|Vereinigte Staaten von Amerika|États-Unis d’Amérique|Etats-Unis d Amerique|Estados Unidos de América|Stati Uniti d’America|Verenigde Staten van Amerika|EEUU|EE.UU.|E.E.U.U.|EUA|VS|V.S.',
  GR: 'EL|GRE|Hellas',
  DE: 'FRG|GER|BRD|Federal Republic of Germany|Bundesrepublik Deutschland',
  CH: 'SUI|Swiss Confederation|Schweizerische Eidgenossenschaft',
  NL: 'NED|Holland|The Netherlands|Pays-Bas|Hollande|Olanda|Niederlande',
  CZ: 'Czech Republic|Tschechische Republik|République tchèque|República Checa|Repubblica Ceca|Tsjechische Republiek|Česká republika',
  SK: 'Slovak Republic|Slowakische Republik|Slovenská republika',
  DK: 'DEN',
  PT: 'República Portuguesa|POR',
  HR: 'CRO',
  TR: 'Türkiye Cumhuriyeti|Turkey|Türkei|Turquie|Turquía|Turchia',
  IE: 'Republic of Ireland|Eire',
  RU: 'Russian Federation|Russische Föderation|Fédération de Russie|Российская Федерация|РФ',
  KR: 'Korea South|Korea Republic of|大韩民国|大韓民國|Republic of Korea|Korea|South Korea|ROK|Republik Korea',
  KP: 'Korea North|Korea (the Democratic People’s Republic of)|Korea, Democratic People’s Republic|Democratic People’s Republic of Korea|DPRK',
  CN: '中华人民共和国|中華人民共和國|中華人民共和国|PRC|People’s Republic of China|Volksrepublik China|VR China|Mainland China',
  TW: 'Taiwan, Province of China|Taiwan ROC',
  HK: 'China, Hong Kong Special Administrative Region|Hong Kong|Hongkong|Hong Kong SAR',
  MO: 'Macau|Macao',
  AE: 'UAE|U.A.E.|VAE|Emirates|الإمارات',
  SA: 'KSA|Kingdom of Saudi Arabia|السعودية',
  ZA: 'RSA|Republic of South Africa',
  VN: 'Viet Nam|Socialist Republic of Viet Nam',
  MD: 'Republic of Moldova|Moldavia',
  MK: 'Macedonia, FYR|Macedonia|FYROM|Republic of North Macedonia|Mazedonien',
  BY: 'Belorussia|Weißrussland|Weissrussland|Biélorussie|Bielorrusia|Bielorussia',
  SY: 'Syrian Arab Republic',
  LA: 'Lao People’s Democratic Republic|Lao PDR',
  IR: 'Islamic Republic of Iran',
  TZ: 'United Republic of Tanzania',
  BO: 'Plurinational State of Bolivia',
  VE: 'Venezuela, RB|Bolivarian Republic of Venezuela',
  FM: 'Federated States of Micronesia',
  PS: 'Palestinian Territory|Palestinian Authority|Palestine|State of Palestine',
  CI: 'Ivory Coast|Elfenbeinküste|Costa de Marfil',
  CV: 'Cape Verde',
  SZ: 'Swaziland',
  MM: 'Burma|Birma',
  TL: 'East Timor|Osttimor',
  CG: 'Congo Republic|Congo|Republic of the Congo|Kongo',
  CD: 'Congo (DRC)|Congo, Democratic Republic|DR of Congo|DR Congo|Democratic Republic of the Congo|DRC',
  BA: 'Bosnien',
  BN: 'Brunei Darussalam',
  TH: 'ประเทศไทย',
  BQ: 'Bonaire, Sint Eustatius and Saba',
  FK: 'Falkland Islands (Malvinas)|Falkland Islands (the) [Malvinas]',
  SH: 'Saint Helena, Ascension and Tristan da Cunha',
  MF: 'Saint Martin (French part)',
  SX: 'Sint Maarten (Dutch part)',
  VC: 'Saint Vincent and the Grenadines',
  GS: 'South Georgia and the South Sandwich Islands',
  UM: 'United States Minor Outlying Islands (the)',
  EG: 'Arab Republic of Egypt',
  KG: 'Kyrgyz Republic',
  JP: '日本国',
  ID: 'Republik Indonesia',
  PL: 'Rzeczpospolita Polska',
  IT: 'Repubblica Italiana',
  AT: 'Republik Österreich',
  FR: 'République française',
  ES: 'Reino de España',
  IN: 'Bharat',
  MX: 'Estados Unidos Mexicanos',
  BR: 'República Federativa do Brasil',
  VA: 'Vatican|Vatican City State|Holy See',
  VG: 'British Virgin Islands',
  VI: 'US Virgin Islands|Virgin Islands of the United States',
};

const SPELT_OUT: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', Ä: 'Ae', Ö: 'Oe', Ü: 'Ue' };

/** The key by which names are compared: lower case, without accents, blanks and signs. Vowels that a script writes as marks stay. */
export function countryNameKey(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/ı/g, 'i')
    .replace(/[^\p{L}\p{M}]|\p{Script=Inherited}/gu, '');
}

let codes: ReadonlyMap<string, string> | null = null;

/** Country codes by the key of every name; made when it is first needed, which takes some tenths of a second. */
export function codesByCountryName(): ReadonlyMap<string, string> {
  if (codes) return codes;
  const made = new Map([...CODE_BY_THREE].map(([three, two]) => [three.toLowerCase(), two]));
  const add = (name: string | undefined, code: string) => {
    const key = countryNameKey(name ?? '');
    if (key !== '' && !made.has(key)) made.set(key, code);
  };
  for (const [code, names] of Object.entries(OTHER_NAMES)) for (const name of names.split('|')) add(name, code);
  for (const language of LANGUAGES.split(' '))
    for (const style of ['long', 'short'] as const) {
      const names = new Intl.DisplayNames([language], { type: 'region', style, fallback: 'none' });
      for (const code of COUNTRY_CODES) {
        const name = names.of(code);
        // `É.-U.` is the United States in French, EU is not.
        if (/^[a-z]{1,2}$/.test(countryNameKey(name ?? ''))) continue;
        add(name, code);
        // ISO 3166 writes out what CLDR shortens.
        if (language === 'en') add(name?.replace('&', 'and').replace(/^St\. /, 'Saint '), code);
        if (language === 'de')
          add(
            name?.replace(/[äöü]/gi, (letter) => SPELT_OUT[letter] ?? letter),
            code,
          );
      }
    }
  codes = made;
  return made;
}

/** As the World Bank and statistics shorten names. */
const SHORT: readonly (readonly [RegExp, string])[] = [
  [/\bRep\./gi, 'Republic'],
  [/\bDem\./gi, 'Democratic'],
  [/\bFed\./gi, 'Federation'],
  [/^S\. (?=\p{L}{4})/gu, 'South '],
  [/^N\. (?=\p{L}{4})/gu, 'North '],
];
const written = (text: string) => SHORT.reduce((name, [short, long]) => name.replace(short, long), text);

function lookUp(short: string): string | null {
  const text = short.includes('.') ? written(short) : short;
  // A language is no country: `EN` is none, `en-GB` names one.
  const locale = /^\p{Ll}{2,3}[-_](\p{Lu}{2})$/u.exec(text)?.[1];
  const letters = (locale ?? text).toUpperCase();
  if (isCountryCode(letters)) return letters;
  if (/\d/.test(text)) return null;
  const names = codesByCountryName();
  // "Korea, Republic of" is the Republic of Korea; ISO 3166 writes "Korea (the Republic of)" and "Netherlands (the)".
  const parts = text.replace(/ \(([\p{L}.’' ]{1,40})\)$/u, ', $1');
  const turned = countryNameKey(parts.split(',').reverse().join());
  const bare = turned.replace(
    /^(?:the)?(?:republic(?:of)?|(?:kingdom|state|commonwealth|principality)of)?(?:the)?/,
    '',
  );
  return names.get(countryNameKey(text)) ?? names.get(turned) ?? names.get(bare) ?? null;
}

/** A file names few different countries, each many times. */
const READ_LIMIT = 1000;
const read = new Map<string, string | null>();

/**
 * The code of a country written as code of two or three letters or by its name in any common language; null where it is none. Several
 * names of one country count as one (`Schweiz/Suisse`, `DE - Germany`). A number is no country.
 */
export function readCountry(text: string): string | null {
  const earlier = read.get(text);
  if (earlier !== undefined) return earlier;
  if (read.size >= READ_LIMIT) read.clear();
  const code = readAnew(text.trim().slice(0, 200));
  read.set(text, code);
  return code;
}

function readAnew(trimmed: string): string | null {
  const whole = lookUp(trimmed);
  if (whole !== null) return whole;
  const parts = trimmed.split(/[/|;()[\],]|\s[-–—]\s/).filter((part) => part.trim() !== '');
  const [first = null, ...others] = parts.map((part) => lookUp(part.trim()));
  const named = others.every((code) => code === first) ? first : null;
  return named ?? flagged(trimmed) ?? divided(trimmed);
}

/** A flag is written with the letters of its code. */
function flagged(text: string): string | null {
  const flags = text.match(/\p{RI}{2}/gu) ?? [];
  const [code = '', ...others] = flags.map((flag) =>
    String.fromCharCode(...[...flag].map((letter) => (letter.codePointAt(0) ?? 0) - 0x1f1e6 + 65)),
  );
  return others.length === 0 && isCountryCode(code) ? code : null;
}

/** A part of a country by ISO 3166-2: `CA-QC`. Where the second is a country as well, both may be meant. */
function divided(text: string): string | null {
  const [, code = '', part = ''] = /^([A-Z]{2})-([A-Z\d]{1,3})$/.exec(text) ?? [];
  return isCountryCode(code) && !isCountryCode(part) ? code : null;
}

/** All countries to choose from, by their names in a language. */
export function countryChoices(language: string): { code: string; name: string }[] {
  const names = new Intl.DisplayNames([language, 'en'], { type: 'region' });
  return [...COUNTRY_CODES]
    .map((code) => ({ code, name: names.of(code) ?? code }))
    .sort((a, b) => a.name.localeCompare(b.name, language));
}
