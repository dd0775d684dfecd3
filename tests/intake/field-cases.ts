/** What happens in practice, case by case as people's tools write it; the numbers are those of the list of cases. */
import { gzipSync } from 'node:zlib';

interface Case {
  id: string;
  what: string;
  file: string | Buffer;
  /** As `name|type|location|date`. */
  people?: string[];
  /** Lines. */
  rejected?: number[];
  duplicates?: number;
  /** `line message`, each from its beginning. */
  doubts?: string[];
  notes?: string;
  /** Why the whole file is refused. */
  refused?: string;
}

const LONG_NAME = Array.from({ length: 20 }, () => 'Maximiliana').join(' ');

const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le');

export const CASES: readonly Case[] = [
  {
    id: 'A01',
    what: 'PowerShell 5 writes a #TYPE line above the header',
    file: '#TYPE Selected.Microsoft.ActiveDirectory.Management.ADUser\r\n"CN","UserPrincipalName","EmployeeType"\r\n"Ada Test","ada.test@contoso.example","E"\r\n',
    people: ['Ada Test|E'],
  },
  {
    id: 'A02',
    what: 'The same export was appended twice: #TYPE and header stand again in the middle',
    file: '\ufeff#TYPE System.Management.Automation.PSCustomObject\r\n"CN","UserPrincipalName","EmployeeType"\r\n"Ada Test","ada.test@contoso.example","E"\r\n#TYPE System.Management.Automation.PSCustomObject\r\n"CN","UserPrincipalName","EmployeeType"\r\n"Bo Test","bo.test@contoso.example","N"\r\n',
    people: ['Ada Test|E', 'Bo Test|N'],
    rejected: [4, 5],
  },
  {
    id: 'A04',
    what: 'An Active Directory export has c, co and the numeric countryCode (0 where it is not set)',
    file: '"CN","UserPrincipalName","employeeType","c","co","countryCode","Country","whenCreated"\r\n"Ada Test","ada.test@contoso.example","E","US","United States","0","US","1/5/2026 8:12:44 AM"\r\n"Bo Test","bo.test@contoso.example","N","DE","Germany","276","DE","1/6/2026 8:12:44 AM"\r\n',
    people: ['Ada Test|E|US', 'Bo Test|N|DE'],
  },
  {
    id: 'A05',
    what: 'Excel\'s "CSV UTF-8": byte order mark before a quoted header',
    file: '\ufeff"CN","UserPrincipalName","EmployeeType"\r\n"Łucja Próba","lucja.proba@contoso.example","E"\r\n',
    people: ['Łucja Próba|E'],
  },
  {
    id: 'A06',
    what: 'Excel on Windows: Windows-1252, semicolons, decimal commas',
    file: Buffer.from(
      'CN;UserPrincipalName;EmployeeType;FTE\r\nJürgen Müßig;juergen.muessig@contoso.example;E;0,5\r\nZoë OProbe;zoe.oprobe@contoso.example;N;1,0\r\n',
      'latin1',
    ),
    people: ['Jürgen Müßig|E', 'Zoë O’Probe|N'],
  },
  {
    id: 'A07',
    what: 'A sep=; line after the byte order mark',
    file: '\ufeffsep=;\r\nCN;UserPrincipalName;EmployeeType\r\nDoe, Ada;ada.doe@contoso.example;E\r\n',
    people: ['Doe, Ada|E'],
  },
  {
    id: 'A08',
    what: 'Excel pads the rows with empty cells past the header',
    file: 'CN,UserPrincipalName,EmployeeType\r\nAda Test,ada.test@contoso.example,E,,\r\nBo Test,bo.test@contoso.example,N,,\r\n',
    people: ['Ada Test|E', 'Bo Test|N'],
  },
  {
    id: 'A09',
    what: 'Excel leaves out trailing delimiters where the last, optional columns are empty',
    file: 'CN,UserPrincipalName,EmployeeType,UsageLocation,Note\r\nAda Test,ada.test@contoso.example,E,DE,first week\r\nCy Test0,cy0.test@contoso.example,E\r\nCy Test1,cy1.test@contoso.example,E\r\nCy Test2,cy2.test@contoso.example,E\r\nCy Test3,cy3.test@contoso.example,E\r\n',
    people: ['Ada Test|E|DE', 'Cy Test0|E', 'Cy Test1|E', 'Cy Test2|E', 'Cy Test3|E'],
  },
  {
    id: 'A10',
    what: 'Rows of delimiters and blanks only',
    file: 'CN,UserPrincipalName,EmployeeType\r\nAda Test,ada.test@contoso.example,E\r\n,,\r\n,,\r\n ,,\r\n',
    people: ['Ada Test|E'],
  },
  {
    id: 'A11',
    what: 'Empty header cells at the end',
    file: 'CN,UserPrincipalName,EmployeeType,,,\r\nAda Test,ada.test@contoso.example,E,,,\r\nBo Test,bo.test@contoso.example,N,,,\r\n',
    people: ['Ada Test|E', 'Bo Test|N'],
  },
  {
    id: 'A12',
    what: 'A line break inside a quoted name',
    file: 'CN,UserPrincipalName,EmployeeType\r\n"Ada\nTest",ada.test@contoso.example,E\r\n"Bo Test\r\n",bo.test@contoso.example,N\r\n',
    people: ['Ada Test|E', 'Bo Test|N'],
  },
  {
    id: 'A13',
    what: 'No-break spaces around the cells, and one inside an address',
    file: 'CN,UserPrincipalName,EmployeeType\r\nAda\u00a0Test,\u00a0ada.test@contoso.example\u00a0,E\u00a0\r\nBo Test,bo.\u00a0test@contoso.example,N\r\n',
    people: ['Ada Test|E'],
    rejected: [3],
  },
  {
    id: 'A14',
    what: 'A typographic apostrophe in the UserPrincipalName',
    file: 'CN,UserPrincipalName,EmployeeType\r\nPat O’Test,pat.o’test@contoso.example,E\r\n',
    people: [],
    rejected: [2],
  },
  {
    id: 'A15',
    what: 'A straight apostrophe in the UserPrincipalName',
    file: "CN,UserPrincipalName,EmployeeType\r\nPat O'Test,pat.o'test@contoso.example,E\r\n",
    people: ["Pat O'Test|E"],
  },
  {
    id: 'A16',
    what: '+, &, %, # and #EXT# in the UserPrincipalName',
    file: 'CN,UserPrincipalName,EmployeeType\r\nPlus,plus+one@contoso.example,E\r\nAmp,r&d@contoso.example,E\r\nHash,ext#1@contoso.example,E\r\nPct,ten%@contoso.example,N\r\nGuest,ada_fabrikam.example#EXT#@contoso.onmicrosoft.com,E\r\n',
    people: ['Hash|E', 'Guest|E'],
    rejected: [2, 3, 5],
  },
  {
    id: 'A17',
    what: 'A name of 239 characters, one of 257, and 65 characters before the @',
    file: `CN,UserPrincipalName,EmployeeType\r\n${LONG_NAME},m1@contoso.example,E\r\n${'N'.repeat(257)},m2@contoso.example,E\r\nLong Local,${'a'.repeat(65)}@contoso.example,E\r\n`,
    people: [`${LONG_NAME}|E`],
    rejected: [3, 4],
  },
  {
    id: 'A18',
    what: 'The same person twice, once in capitals',
    file: 'CN,UserPrincipalName,EmployeeType\r\nAda Test,Ada.Test@CONTOSO.EXAMPLE,E\r\nAda Test,ada.test@contoso.example,E\r\n',
    people: ['Ada Test|E'],
    duplicates: 1,
  },
  {
    id: 'A19',
    what: 'An onmicrosoft.com name, one under a suffix that no tenant can verify, one under mail.onmicrosoft.com',
    file: 'CN,UserPrincipalName,EmployeeType\r\nAda Test,ada.test@contoso.onmicrosoft.com,E\r\nBo Test,bo.test@corp.local,E\r\nCy Test,cy.test@contoso.mail.onmicrosoft.com,E\r\n',
    people: ['Ada Test|E', 'Bo Test|E', 'Cy Test|E'],
  },
  {
    id: 'A20',
    what: 'EmployeeType with a blank at the end, in small letters, in other words',
    file: 'CN,UserPrincipalName,EmployeeType\r\nAda Test,ada.test@contoso.example,E \r\nBo Test,bo.test@contoso.example,n\r\nCy Test,cy.test@contoso.example,Mitarbeiter\r\nDi Test,di.test@contoso.example,Employé\r\n',
    people: ['Ada Test|E', 'Bo Test|n', 'Cy Test|Mitarbeiter', 'Di Test|Employé'],
  },
  {
    id: 'A21',
    what: 'The CN column holds a distinguished name',
    file: 'CN,UserPrincipalName,EmployeeType\r\n"CN=Test\\, Ada,OU=New,DC=contoso,DC=example",ada.test@contoso.example,E\r\nTest\\, Bo,bo.test@contoso.example,E\r\n',
    people: ['Test, Ada|E'],
    rejected: [3],
  },
  {
    id: 'A22',
    what: 'A report with three title lines before the header',
    file: 'New hires report,,\r\nRun on,2026-01-05 07:00,\r\n,,\r\nCN,UserPrincipalName,EmployeeType\r\nAda Test,ada.test@contoso.example,E\r\n',
    people: ['Ada Test|E'],
    notes: '2 lines above the header were skipped: "New hires report,,", "Run on,2026-01-05 07:00,".',
  },
  {
    id: 'A23',
    what: 'A last line with a total',
    file: 'CN,UserPrincipalName,EmployeeType\r\nAda Test,ada.test@contoso.example,E\r\nBo Test,bo.test@contoso.example,N\r\nTotal: 2 rows\r\n',
    people: ['Ada Test|E', 'Bo Test|N'],
    rejected: [4],
  },
  {
    id: 'A24',
    what: 'Two header lines: keys, then labels',
    file: 'userPrincipalName,displayName,employeeType\r\nUser Principal Name,Display Name,Employee Type\r\nada.test@contoso.example,Ada Test,E\r\n',
    people: ['Ada Test|E'],
    rejected: [2],
  },
  {
    id: 'A25',
    what: 'Two unknown columns of one name',
    file: 'CN,UserPrincipalName,EmployeeType,Department,Department\r\nAda Test,ada.test@contoso.example,E,Sales,Europe\r\n',
    people: ['Ada Test|E'],
  },
  {
    id: 'A26',
    what: 'A column Type (of the record) beside EmployeeType',
    file: 'Type,CN,UserPrincipalName,EmployeeType\r\nCreate,Ada Test,ada.test@contoso.example,E\r\n',
    people: ['Ada Test|E'],
  },
  {
    id: 'A28',
    what: 'US dates with a time; some could be read as two dates',
    file: '"CN","UserPrincipalName","EmployeeType","StartDate"\r\n"Ada Test","ada.test@contoso.example","E","3/4/2026 12:00:00 AM"\r\n"Bo Test","bo.test@contoso.example","N","3/23/2026 12:00:00 AM"\r\n"Cy Test","cy.test@contoso.example","N","4/1/2026 12:00:00 AM"\r\n',
    people: ['Ada Test|E||2026-03-04', 'Bo Test|N||2026-03-23', 'Cy Test|N||2026-04-01'],
  },
  {
    id: 'A29',
    what: 'Start dates as different systems write them; NULL and TBD where there is none',
    file: 'CN,UserPrincipalName,EmployeeType,StartDate\r\nSap,sap@contoso.example,E,20260105\r\nOracle,oracle@contoso.example,E,05-JAN-26\r\nWorkday,workday@contoso.example,E,2026-01-05-08:00\r\nCsvde,csvde@contoso.example,E,20260105000000.0Z\r\nExcel,excel@contoso.example,E,46027\r\nIso,iso@contoso.example,E,2026-01-05T00:00:00.0000000Z\r\nNullish,nullish@contoso.example,E,NULL\r\nTbd,tbd@contoso.example,E,TBD\r\nDeTime,detime@contoso.example,E,05.01.2026 00:00:00\r\nTwoDigit,twodigit@contoso.example,E,05.01.26\r\n',
    people: [
      'Sap|E||2026-01-05',
      'Oracle|E||2026-01-05',
      'Workday|E||2026-01-05',
      'Csvde|E||2026-01-05',
      'Excel|E||2026-01-05',
      'Iso|E||2026-01-05',
      'Nullish|E',
      'Tbd|E',
      'DeTime|E||2026-01-05',
      'TwoDigit|E||2026-01-05',
    ],
  },
  {
    id: 'A30',
    what: 'Countries as names, three letters, UK, EN, NULL',
    file: 'CN,UserPrincipalName,EmployeeType,UsageLocation\r\nA,a1@contoso.example,E,United States\r\nB,b1@contoso.example,E,UK\r\nC,c1@contoso.example,E,DEU\r\nD,d1@contoso.example,E,NULL\r\nE,e1@contoso.example,E,us\r\nF,f1@contoso.example,E,\r\nG,g1@contoso.example,E,EN\r\n',
    people: ['A|E|US', 'B|E|GB', 'C|E|DE', 'D|E', 'E|E|US', 'F|E', 'G|E'],
    doubts: ['8 UsageLocation "EN" is not a country code or name'],
  },
  {
    id: 'A31',
    what: 'One column of addresses, no header',
    file: 'ada.test@contoso.example\r\nbo.test@contoso.example\r\n',
    refused:
      'The file has no header: its first line, "ada.test@contoso.example", names someone already. So the columns UserPrincipalName, CN, EmployeeType are missing.',
  },
  { id: 'A32', what: 'A header and no rows', file: 'CN,UserPrincipalName,EmployeeType\r\n', people: [] },
  {
    id: 'A33',
    what: 'UTF-16 with byte order mark',
    file: utf16('CN,UserPrincipalName,EmployeeType\r\nŁucja Próba,lucja.proba@contoso.example,E\r\n'),
    people: ['Łucja Próba|E'],
  },
  {
    id: 'A34',
    what: 'A UTF-16 line was appended to an 8-bit file; short',
    file: Buffer.concat([
      Buffer.from('CN,UserPrincipalName,EmployeeType\r\nAda Test,ada.test@contoso.example,E\r\n'),
      Buffer.from('Bo Test,bo.test@contoso.example,N\r\n', 'utf16le'),
    ]),
    refused: 'The file mixes encodings: from line 3 on it is UTF-16',
  },
  {
    id: 'A35',
    what: 'CRLF, LF, CR and CRCRLF in one file',
    file: 'CN,UserPrincipalName,EmployeeType\r\nAda Test,ada.test@contoso.example,E\nBo Test,bo.test@contoso.example,N\rCy Test,cy.test@contoso.example,N\r\r\nDi Test,di.test@contoso.example,N\r\n',
    people: ['Ada Test|E', 'Bo Test|N', 'Cy Test|N', 'Di Test|N'],
  },
  {
    id: 'A37',
    what: 'One person in two rows of one file, with two EmployeeTypes',
    file: 'CN,UserPrincipalName,EmployeeType\r\nAda Test,ada.test@contoso.example,E\r\nAda Test,ada.test@contoso.example,N\r\n',
    people: ['Ada Test|E'],
    duplicates: 1,
  },
  {
    id: 'A40',
    what: 'A column Email instead of the UserPrincipalName',
    file: 'Name,Email,Employee Type\r\nAda Test,ada.test@contoso.example,E\r\n',
    refused: 'the column UserPrincipalName is missing (found: "Name", "Email", "Employee Type")',
  },
  {
    id: 'A41',
    what: 'A template with a version: line and headers such as User name [userPrincipalName] Required',
    file: 'version:v1.0,,\r\nName [displayName] Required,User name [userPrincipalName] Required,Employee type [employeeType]\r\nAda Test,ada.test@contoso.example,E\r\n',
    people: ['Ada Test|E'],
    notes: 'One line above the header was skipped: "version:v1.0,,".',
  },
  {
    id: 'A43',
    what: 'Quotes inside quotes, escaped with a backslash',
    file: 'CN,UserPrincipalName,EmployeeType\r\n"Test \\"Adi\\" Ada",ada.test@contoso.example,E\r\nBo Test,bo.test@contoso.example,N\r\n',
    people: ['Bo Test|N'],
    rejected: [2],
  },
  {
    id: 'A44',
    what: 'A blank after each comma, before the opening quote',
    file: '"CN", "UserPrincipalName", "EmployeeType"\r\n"Test, Ada", "ada.test@contoso.example", "E"\r\n',
    people: ['Test, Ada|E'],
  },
  {
    id: 'A49',
    what: 'The file was saved again with each line as one quoted cell',
    file: '"CN,""UserPrincipalName"",""EmployeeType"""\r\n"Ada Test,""ada.test@contoso.example"",""E"""\r\n',
    refused: 'Each line of this file is one quoted cell',
  },
  {
    id: 'A50',
    what: 'Excel\'s "Unicode text": UTF-16, tabs',
    file: utf16('CN\tUserPrincipalName\tEmployeeType\r\nTest, Ada\tada.test@contoso.example\tE\r\n'),
    people: ['Test, Ada|E'],
  },
  {
    id: 'A51',
    what: 'The export wrote the name of a programming type instead of the values',
    file: '"CN","UserPrincipalName","EmployeeType","proxyAddresses"\r\n"Ada Test","ada.test@contoso.example","Microsoft.ActiveDirectory.Management.ADPropertyValueCollection","Microsoft.ActiveDirectory.Management.ADPropertyValueCollection"\r\n',
    people: ['Ada Test|Microsoft.ActiveDirectory.Management.ADPropertyValueCollection'],
  },
  {
    id: 'A52',
    what: 'A valid UserPrincipalName, but the EmployeeType or the CN is empty',
    file: 'CN,UserPrincipalName,EmployeeType\r\nAda Test,ada.test@contoso.example,E\r\nNo Type,notype@contoso.example,\r\n,noname@contoso.example,E\r\n',
    people: ['Ada Test|E', 'No Type|', 'noname@contoso.example|E'],
    doubts: ['3 EmployeeType is empty', '4 CN is empty'],
  },
  {
    id: 'A53',
    what: 'Windows-1250 (Central Europe)',
    file: Buffer.from('CN,UserPrincipalName,EmployeeType\r\n£ucja ¯ak,lucja.zak@contoso.example,E\r\n', 'latin1'),
    people: ['Łucja Żak|E'],
    doubts: ['2 CN is "Łucja Żak" in Windows-1250, but would be "£ucja ¯ak" in Windows-1252'],
    notes: 'The file does not say its encoding: it was read as Windows-1250, and may be Windows-1252 or CP850.',
  },
  {
    id: 'A56',
    what: 'As A34, the 8-bit part longer',
    file: Buffer.concat([
      Buffer.from(
        `CN,UserPrincipalName,EmployeeType\r\n${Array.from({ length: 20 }, (_, n) => `Person ${n},p${n}@contoso.example,E\r\n`).join('')}`,
      ),
      Buffer.from('Bo Test,bo.test@contoso.example,N\r\n', 'utf16le'),
    ]),
    refused: 'The file mixes encodings: from line 22 on it is UTF-16',
  },
  {
    id: 'A59',
    what: 'As A41 without the first line',
    file: 'Name [displayName] Required,User name [userPrincipalName] Required,Employee type [employeeType]\r\nAda Test,ada.test@contoso.example,E\r\n',
    people: ['Ada Test|E'],
  },
  {
    id: 'A61',
    what: 'A quoted address over two lines, with commas and an @ in it',
    file: 'CN,UserPrincipalName,EmployeeType,Address\r\nAda Test,ada.test@contoso.example,E,"Main Street 1, Building 2, Room 3\r\nFront desk: desk@contoso.example, extension 5"\r\n',
    people: ['Ada Test|E'],
  },
  {
    id: 'K01',
    what: 'A program writes ="…" so that Excel leaves the text alone',
    file: 'CN,UserPrincipalName,EmployeeType\r\n="Ada Test",="ada.test@contoso.example",="007"\r\n',
    people: ['Ada Test|007'],
  },
  {
    id: 'K02',
    what: 'An apostrophe before each text; one that belongs to a name stays',
    file: "CN,UserPrincipalName,EmployeeType\r\n'Ada Test,'ada.test@contoso.example,'E\r\n'T Hooft,bo.test@contoso.example,N\r\n",
    people: ['Ada Test|E', "'T Hooft|N"],
  },
  {
    id: 'K03',
    what: 'Single quotes around each cell',
    file: "'CN','UserPrincipalName','EmployeeType'\n'Ada Test','ada.test@contoso.example','E'\n",
    people: ['Ada Test|E'],
  },
  {
    id: 'K04',
    what: 'NULL and the error values of Excel where a name or a type should be; somebody’s type may be called None',
    file: 'CN,UserPrincipalName,EmployeeType\r\nNULL,ada.test@contoso.example,E\r\nBo Test,bo.test@contoso.example,#N/A\r\nCy Test,cy.test@contoso.example,None\r\n',
    people: ['ada.test@contoso.example|E', 'Bo Test|', 'Cy Test|None'],
    doubts: ['2 CN is empty', '3 EmployeeType is empty'],
  },
  {
    id: 'K05',
    what: 'Letters that an earlier program garbled are told, with what they probably were',
    file: 'CN,UserPrincipalName,EmployeeType\r\nJÃ¼rgen Test,ada.test@contoso.example,E\r\nBj�rn Test,bo.test@contoso.example,N\r\nZo&euml; &#352;tech,cy.test@contoso.example,E\r\nÃdám Âne,di.test@contoso.example,E\r\n',
    people: ['JÃ¼rgen Test|E', 'Bj�rn Test|N', 'Zo&euml; &#352;tech|E', 'Ãdám Âne|E'],
    doubts: ['2 CN is probably "Jürgen Test"', '3 CN contains U+FFFD', '4 CN is probably "Zo'],
  },
  {
    id: 'K06',
    what: 'EU is no country, whatever it is short for in some language; the year 9999 stands for never',
    file: 'CN,UserPrincipalName,EmployeeType,UsageLocation,StartDate\r\nAda Test,ada.test@contoso.example,E,EU,9999-12-31\r\nBo Test,bo.test@contoso.example,N,EUA,\r\n',
    people: ['Ada Test|E', 'Bo Test|N|US'],
    doubts: ['2 UsageLocation "EU" is not a country', '2 StartDate "9999-12-31" is in the year 9999'],
  },
  {
    id: 'K07',
    what: 'A name whose UTF-8 was read as Latin-1 has control characters in it: the person is taken in, and told what the name was',
    file: 'CN,UserPrincipalName,EmployeeType\r\nJ\u00c3\u00bcrgen M\u00c3\u00bc\u00c3\u009fig,ada.test@contoso.example,E\r\n',
    people: ['JÃ¼rgen MÃ¼Ãig|E'],
    doubts: ['2 CN is probably "Jürgen Müßig"'],
  },
  ...(
    [
      [',', ';', 'commas', 'semicolons'],
      [';', ',', 'semicolons', 'commas'],
      ['\t', ';', 'tabs', 'semicolons'],
      [',', '|', 'commas', 'vertical bars'],
    ] as const
  ).map(([above, below, header, rows]) => ({
    id: 'K11',
    what: `a header with ${header}, mended by hand, above rows with ${rows}`,
    file: `${['CN', 'UserPrincipalName', 'EmployeeType', 'Note'].join(above)}\r\n${[
      [`"Test${below} Ada"`, 'ada.test@contoso.example', 'E', '0,5'],
      ['Bo Test', 'bo.test', 'N'],
      ['Cy Test', 'cy.test@contoso.example', 'N', '', ''],
    ]
      .map((cells) => `${cells.join(below).replace('0,5', below === ',' ? '' : '0,5')}\r\n`)
      .join('')}`,
    people: [`Test${below} Ada|E`, 'Cy Test|N'],
    rejected: [3],
    notes: `The header is separated by ${header}, the rows by ${rows}: both were read so.`,
  })),
  {
    id: 'K11',
    what: 'One person of two rows is enough to tell',
    file: 'CN,UserPrincipalName,EmployeeType\r\nAda Test;ada.test@contoso.example;E\r\nBo Test;bo.test;N\r\n',
    people: ['Ada Test|E'],
    rejected: [3],
    notes: 'The header is separated by commas, the rows by semicolons: both were read so.',
  },
  {
    id: 'K11',
    what: 'Where nothing tells by what the rows are separated, they stay rows of the header',
    file: 'CN,UserPrincipalName,EmployeeType\r\nAda Test;ada.test;E\r\nBo Test;bo.test;N\r\n',
    people: [],
    rejected: [2, 3],
  },
  {
    id: 'K12',
    what: 'Each field is padded with NUL, as a record of C or COBOL is',
    file: 'CN\0\0\0\0,UserPrincipalName\0,EmployeeType\0\nAda Test\0\0,ada.test@contoso.example\0\0\0,E\0\n"Test, Bo\0",bo.test@contoso.example\0,N\0\0\0',
    people: ['Ada Test|E', 'Test, Bo|N'],
    notes: 'The file is padded with NUL characters, which were skipped. Check that nobody is missing at the end.',
  },
  {
    id: 'K12',
    what: 'The same in UTF-16',
    file: utf16('CN\0\0,UserPrincipalName\0,EmployeeType\0\nŁucja Test\0\0,lucja.test@contoso.example\0\0\0,E\0\n'),
    people: ['Łucja Test|E'],
    notes: 'The file is padded with NUL characters, which were skipped. Check that nobody is missing at the end.',
  },
  {
    id: 'K12',
    what: 'The last block is filled up with NUL behind the last line',
    file: `CN,UserPrincipalName,EmployeeType\r\nAda Test,ada.test@contoso.example,E\r\n${'\0'.repeat(440)}`,
    people: ['Ada Test|E'],
    notes: 'The file is padded with NUL characters, which were skipped. Check that nobody is missing at the end.',
  },
  {
    id: 'K12',
    what: 'NUL from the middle of a line on: the file was not written to its end',
    file: `CN,UserPrincipalName,EmployeeType\r\nAda Test,ada.test@contoso.example,E\r\nBo Test,bo.te${'\0'.repeat(440)}`,
    refused: 'The text breaks off in line 3, and only NUL characters follow',
  },
  {
    id: 'K12',
    what: 'A block of NUL within the text: rows were lost',
    file: `CN,UserPrincipalName,EmployeeType\r\nAda Test,ada.test@contoso.example,E\r\n${'\0'.repeat(440)}Bo Test,bo.test@contoso.example,N\r\n`,
    refused: 'This line contains a NUL character',
  },
  ...[
    Buffer.from(Uint32Array.from('\ufeffCN,UserPrincipalName,EmployeeType\n', (one) => one.codePointAt(0) ?? 0).buffer),
    Buffer.from(Uint32Array.from('CN,UserPrincipalName,EmployeeType\n', (one) => one.codePointAt(0) ?? 0).buffer),
    Buffer.from(
      Uint32Array.from('\ufeffCN,UserPrincipalName,EmployeeType\n', (one) => one.codePointAt(0) ?? 0).buffer,
    ).swap32(),
    Buffer.from(
      Uint32Array.from('CN,UserPrincipalName,EmployeeType\n', (one) => one.codePointAt(0) ?? 0).buffer,
    ).swap32(),
  ].map((file) => ({ id: 'K13', what: 'UTF-32 is named', file, refused: 'The file is in UTF-32' })),
  ...['\u2028', '\u2029', '\u0085', '\v', '\f'].map((lineEnd) => ({
    id: 'K14',
    what: `Lines end with U+${lineEnd.charCodeAt(0).toString(16).padStart(4, '0')} and nothing else`,
    file: `CN,UserPrincipalName,EmployeeType\nAda Test,ada.test@contoso.example,E\nBo Test,bo.test,N\n"Test, Cy",cy.test@contoso.example,N\n`.replaceAll(
      '\n',
      lineEnd,
    ),
    people: ['Ada Test|E', 'Test, Cy|N'],
    rejected: [3],
  })),
  {
    id: 'K14',
    what: 'Beside usual line ends the unusual ones are blanks within a cell, or a page break above a line',
    file: 'CN,UserPrincipalName,EmployeeType\r\nAda\u2028Test,ada.test@contoso.example,E\u0085\r\n\fBo\vTest,bo.test@contoso.example,N\r\n',
    people: ['Ada Test|E', 'Bo Test|N'],
  },
  ...[
    { count: 1, notes: 'In the header one name is longer than 256 characters and shortened.' },
    { count: 2, notes: 'In the header 2 names are longer than 256 characters and shortened.' },
  ].map(({ count, notes }) => ({
    id: 'K15',
    what: `A name of a column of more than 256 characters, ${count} times`,
    file: `CN,UserPrincipalName,EmployeeType${`,${'Remark '.repeat(50)}`.repeat(count)}\r\nAda Test,ada.test@contoso.example,E,x,y\r\n`.replace(
      ',x,y',
      ',x,y'.slice(0, 2 * count),
    ),
    people: ['Ada Test|E'],
    notes,
  })),
  {
    id: 'K15',
    what: 'A template explains its columns in the header: below the name, or at length behind it',
    file: `"CN\n(full name)","UserPrincipalName\nplease no aliases","EmployeeType (${'E for employees, N for others; '.repeat(12)})"\r\n${'Ada Test,ada.test@contoso.example,E\r\n'}`,
    people: ['Ada Test|E'],
    notes: 'In the header one name is longer than 256 characters and shortened.',
  },
  {
    id: 'K16',
    what: 'A byte-order mark that an earlier program took for text',
    file: '\ufeffï»¿"CN","UserPrincipalName","EmployeeType"\r\n"Ada Test","ada.test@contoso.example","E"\r\n',
    people: ['Ada Test|E'],
  },
  {
    id: 'K17',
    what: 'Excel wrote the rows in which a quote stood as one quoted cell each, the header and the others as they were',
    file: 'CN,UserPrincipalName,EmployeeType,Note\r\n"""Test, Ada"",ada.test@contoso.example,E,"\r\nBo Test,bo.test@contoso.example,N,\r\n"""Cy """"C"""" Test"",cy.test@contoso.example,N,x",,\r\n"Di Test,di.test,N,"\r\n',
    people: ['Test, Ada|E', 'Bo Test|N', 'Cy "C" Test|N'],
    rejected: [5],
  },
  ...[
    gzipSync('CN,UserPrincipalName,EmployeeType\n'),
    Buffer.from('7z\xbc\xaf\x27\x1c\0\x04', 'latin1'),
    Buffer.from('Rar!\x1a\x07\0', 'latin1'),
    Buffer.from(`PK\x05\x06${'\0'.repeat(18)}`),
  ].map((file) => ({ id: 'K18', what: 'a compressed file', file, refused: 'This is a compressed file. Unpack it' })),
  {
    id: 'K19',
    what: 'A second table with its columns in another order: by the first header the names would be types and the types names',
    file: 'CN,UserPrincipalName,EmployeeType\r\nAda Test,ada.test@contoso.example,E\r\n\r\nEmployeeType,UserPrincipalName,CN\r\nN,bo.test@contoso.example,Bo Test\r\n\r\nName,UPN,Type\r\nCy Test,cy.test@contoso.example,N\r\n',
    people: ['Ada Test|E', 'Cy Test|N'],
    rejected: [4, 5, 7],
  },
  {
    id: 'K19',
    what: 'A second table about other things: a last day is no type, and who leaves is no newcomer',
    file: 'Name,UPN,Type,Start date\r\nAda Test,ada.test@contoso.example,E,2026-03-02\r\n\r\nName,UPN,Type,Last day\r\nBo Test,bo.test@contoso.example,E,2026-03-31\r\nTotal,2,,\r\n',
    people: ['Ada Test|E||2026-03-02'],
    rejected: [4, 5, 6],
  },
  {
    id: 'K19',
    what: 'Labels right below the keys, in words that nobody knows, are no other table',
    file: 'CN,UserPrincipalName,EmployeeType,StartDate\r\nAnzeigename,UPN,Vertragsform,Beginn\r\nAda Test,ada.test@contoso.example,E,2026-03-02\r\nCN,UserPrincipalName,EmployeeType,StartDate\r\nBo Test,bo.test@contoso.example,N,2026-03-03\r\n',
    people: ['Ada Test|E||2026-03-02', 'Bo Test|N||2026-03-03'],
    rejected: [2, 4],
  },
  {
    id: 'K20',
    what: 'Names whose letters a program lost, escaped, or left as a formula are taken as they are, and told',
    file: 'CN,UserPrincipalName,EmployeeType\r\nJ?rgen Test,ada.test@contoso.example,E\r\nJ├╝rgen Test,bo.test@contoso.example,N\r\nJ+APw-rgen Test,cy.test@contoso.example,N\r\n"Test\\, Di",di.test@contoso.example,N\r\n"=A2&"" ""&B2",ed.test@contoso.example,N\r\n',
    people: ['J?rgen Test|E', 'J├╝rgen Test|N', 'J+APw-rgen Test|N', 'Test\\, Di|N', '=A2&" "&B2|N'],
    doubts: [
      '2 CN has a question mark in a word',
      '3 CN is probably "Jürgen Test"',
      '4 CN is probably "Jürgen Test"',
      '5 CN is probably "Test, Di"',
      '6 CN is a formula',
    ],
  },
  {
    id: 'K21',
    what: 'Look-ups, choices and people as SharePoint lists, Forms and Power Automate write them',
    file: `CN,UserPrincipalName,EmployeeType,UsageLocation\r\n12;#Ada Test,i:0#.f|membership|ada.test@contoso.example,3;#Employee,7;#Germany\r\nBo Test,12;#bo_fabrikam.example#EXT#@contoso.onmicrosoft.com,;#External;#,;#DE;#\r\nCy Test,cy.test@contoso.example,"[""Employee""]","[""France""]"\r\nDi Test,di.test@contoso.example,External;,\r\n${[
      {
        '@odata.type': '#SPListExpandedUser',
        Claims: 'i:0#.f|membership|ed.test@contoso.example',
        DisplayName: 'Ed Test',
      },
      {
        '@odata.type': '#SPListExpandedUser',
        Claims: 'i:0#.f|membership|ed.test@contoso.example',
        DisplayName: 'Ed Test',
      },
      { '@odata.type': '#SPListExpandedReference', Id: 0, Value: 'Employee' },
    ]
      .map((value) => `"${JSON.stringify(value).replaceAll('"', '""')}"`)
      .join(',')},\r\n`,
    people: [
      'Ada Test|Employee|DE',
      'Bo Test|External|DE',
      'Cy Test|Employee|FR',
      'Di Test|External',
      'Ed Test|Employee',
    ],
  },
  {
    id: 'K21',
    what: 'Several choices at once are no single type, and what only looks like such a form stays',
    file: 'CN,UserPrincipalName,EmployeeType\r\nAda Test,ada.test@contoso.example,;#Employee;#External;#\r\nBo Test,bo.test@contoso.example,"[""Employee"",""External""]"\r\nCy Test,cy.test@contoso.example,"[""Employee"""\r\nDi Test,di.test@contoso.example,"{""Id"":3}"\r\nEd Test,ed.test@contoso.example,E;N;\r\n',
    people: [
      'Ada Test|;#Employee;#External;#',
      'Bo Test|["Employee","External"]',
      'Cy Test|["Employee"',
      'Di Test|{"Id":3}',
      'Ed Test|E;N;',
    ],
  },
  {
    id: 'K22',
    what: 'Check boxes that are filled down to the end of a sheet, and unticked, name nobody',
    file: 'CN,UserPrincipalName,EmployeeType,Laptop,Phone\r\nAda Test,ada.test@contoso.example,E,TRUE,FALSE\r\n,,,FALSE,\r\n,,,FALSE,FALSE\r\n,,,FALSCH,\r\n,,,TRUE,FALSE\r\n,,,FALSE,false alarm\r\n',
    people: ['Ada Test|E'],
    rejected: [6, 7],
  },
  {
    id: 'K23',
    what: 'Two programs quoted the file one after the other',
    file: '"""CN""","""UserPrincipalName""","""EmployeeType"""\r\n"""Test, Ada""","""ada.test@contoso.example""","""E"""\r\n"""Bo"" Test",bo.test@contoso.example,N\r\n',
    people: ['Test, Ada|E', '"Bo" Test|N'],
  },
  ...['^', '~', ':'].map((delimiter) => ({
    id: 'K24',
    what: `fields between ${delimiter}, which also stands in values`,
    file: `${['CN', 'UserPrincipalName', 'EmployeeType', 'Note'].join(delimiter)}\r\n${[
      ['Test, Ada; PhD', 'ada.test@contoso.example', 'E', `"at${delimiter}home"`],
      ['Bo Test', 'bo.test@contoso.example', 'N', `at${delimiter}home`],
      ['Cy Test', 'cy.test@contoso.example', 'N', ''],
    ]
      .map((cells) => `${cells.join(delimiter)}\r\n`)
      .join('')}`,
    people: ['Test, Ada; PhD|E', 'Cy Test|N'],
    rejected: [3],
  })),
  {
    id: 'K24',
    what: 'One of them where a usual delimiter finds the columns separates nothing',
    file: 'CN,UserPrincipalName,EmployeeType,Note: free~text^\r\nAda Test,ada~^x@contoso.example,E:1,~\r\n',
    people: ['Ada Test|E:1'],
  },
  {
    id: 'K24',
    what: 'The same without an EmployeeType',
    file: 'CN~UserPrincipalName~Kind\r\nAda Test~ada.test@contoso.example~E\r\n',
    refused: 'the columns UserPrincipalName, CN, EmployeeType are missing (found: "CN~UserPrincipalName~Kind")',
  },
  {
    id: 'K25',
    what: 'Columns of its own as ServiceNow, SuccessFactors, Salesforce, Entra and PeopleSoft name them',
    file: 'u_display_name,extension_0123456789abcdef0123456789abcdef_userPrincipalName,EMPL_TYPE,cust_usageLocation,Start_Date__c\r\nAda Test,ada.test@contoso.example,E,DE,2026-03-02\r\n',
    people: ['Ada Test|E|DE|2026-03-02'],
  },
  {
    id: 'K25',
    what: 'The usual name of a column is surer than one of its own',
    file: 'u_employee_type,CN,UserPrincipalName,EmployeeType,u_user,u_\r\nX,Ada Test,ada.test@contoso.example,E,1,2\r\n',
    people: ['Ada Test|E'],
  },
  {
    id: 'K25',
    what: 'Also where it may well mean something else',
    file: 'u_type,CN,UserPrincipalName,Type\r\nX,Ada Test,ada.test@contoso.example,E\r\n',
    people: ['Ada Test|E'],
  },
  {
    id: 'K26',
    what: 'The row that shows how to fill in a template of another system names nobody, whatever stands in it',
    file: 'CN,UserPrincipalName,EmployeeType\r\nExample: Jane Doe,jane.doe@contoso.example,E\r\nMax Mustermann (Beispiel),max@contoso.example,E\r\nAda Example,ada.example@contoso.example,E\r\nBo Muster,bo.muster@contoso.example,N\r\nSample Cy,cy.sample@contoso.example,N\r\n',
    people: ['Ada Example|E', 'Bo Muster|N', 'Sample Cy|N'],
    rejected: [2, 3],
  },
  {
    id: 'K29',
    what: 'A row that somebody took out by a mark before it is told, and names nobody until somebody corrects it',
    file: 'CN,UserPrincipalName,EmployeeType\r\n# Bo Test,bo.test@contoso.example,E\r\n//Cy Test,cy.test@contoso.example,E\r\n-- Di Test,di.test@contoso.example,N\r\nAda #1 Test,ada.test@contoso.example,E\r\n',
    people: ['Ada #1 Test|E'],
    rejected: [2, 3, 4],
  },
  {
    id: 'K29',
    what: 'A mark before what is not the beginning of a row takes nothing out',
    file: 'No,CN,UserPrincipalName,EmployeeType\r\n#1,Ada Test,ada.test@contoso.example,E\r\n#2,Bo Test,bo.test@contoso.example,N\r\n',
    people: ['Ada Test|E', 'Bo Test|N'],
  },
  {
    id: 'K30',
    what: 'The exact name of a column wins over one with a remark',
    file: 'CN,UserPrincipalName (old),UserPrincipalName,EmployeeType\r\nAda Test,ada.old@contoso.example,ada.test@contoso.example,E\r\n',
    people: ['Ada Test|E'],
  },
  {
    id: 'K19',
    what: 'A table about other things above the header: who leaves is no newcomer',
    file: 'Leavers\r\nName,UPN,Last day\r\nBo Test,bo.test@contoso.example,2026-03-31\r\n\r\nJoiners\r\nName,UPN,Type\r\nAda Test,ada.test@contoso.example,E\r\n',
    people: ['Ada Test|E'],
    rejected: [3],
    notes: '3 lines above the header were skipped: "Leavers", "Name,UPN,Last day", "Joiners".',
  },
  {
    id: 'K19',
    what: 'A row without an address whose notes are called like columns is no header',
    file: 'Attribute,CN,UserPrincipalName,EmployeeType,Note\r\nName,Ada Test,ada.test@contoso.example,E,UPN\r\nName,Bo Test,,N,UPN\r\nName,Cy Test,cy.test@contoso.example,N,\r\n',
    people: ['Ada Test|E', 'Cy Test|N'],
    rejected: [3],
  },
  {
    id: 'K27',
    what: 'Two files joined by DOS: the end of the first stands before a row of the second',
    file: 'CN,UserPrincipalName,EmployeeType\r\nAda Test,ada.test@contoso.example,E\r\n\u001aBo Test,bo.test@contoso.example,N\r\n',
    people: ['Ada Test|E', 'Bo Test|N'],
  },
  ...[
    ['氏名', 'ユーザー プリンシパル名', '社員区分', '利用場所', '入社日'],
    ['【必須】氏名（漢字）', 'ＵＰＮ', '雇用形態※', '利用場所', '入社年月日'],
    ['Nom complet', "Nom d'utilisateur principal", 'Type d’employé', "Lieu d'utilisation", "Date d'embauche"],
    ['姓名', '用户主体名称', '员工类型', '使用位置', '入职日期'],
    ['顯示名稱', '使用者主體名稱', '員工類型', '使用位置', '到職日期'],
    ['이름', '사용자 계정 이름', '직원 유형', '사용 위치', '입사일'],
    [
      'Отображаемое имя',
      'Имя участника-пользователя',
      'Тип сотрудника',
      'Место использования',
      'Дата приёма на работу',
    ],
    [
      'ＣＮ',
      'ＵｓｅｒＰｒｉｎｃｉｐａｌＮａｍｅ',
      'ＥｍｐｌｏｙｅｅＴｙｐｅ',
      'ＵｓａｇｅＬｏｃａｔｉｏｎ',
      'ＳｔａｒｔＤａｔｅ',
    ],
  ].map((names) => ({
    id: 'K31',
    what: `columns called ${names.join(', ')}`,
    file: `${names.join(',')}\r\n山田 太郎,taro@contoso.example,正社員,JP,2026/04/01\r\n`,
    people: ['山田 太郎|正社員|JP|2026-04-01'],
  })),
  {
    id: 'K31',
    what: 'How a Japanese name is read is not the name',
    file: '社員番号,氏名（カナ）,氏名（漢字）,UPN,雇用形態\r\n1,ヤマダ タロウ,山田 太郎,taro@contoso.example,E\r\n',
    people: ['山田 太郎|E'],
  },
  {
    id: 'K31',
    what: 'A family name and a given name make up the name: nobody is called by half of it',
    file: '姓,名,UPN,社員区分\r\n山田,太郎,taro@contoso.example,正社員\r\n',
    people: ['山田 太郎|正社員'],
    notes: 'No column has the whole name: CN is made of "姓", "名".',
  },
  {
    id: 'K31',
    what: 'Half of a name is none',
    file: '姓,所属,UPN,社員区分\r\n山田,営業,taro@contoso.example,正社員\r\n',
    refused: 'the column CN is missing (found: "姓", "所属", "UPN", "社員区分")',
  },
  {
    id: 'K32',
    what: 'Letters, digits and signs as wide as those of Japanese are the plain ones in what decides, and stay in a name',
    file: 'CN,UserPrincipalName,EmployeeType,UsageLocation,StartDate\r\nＡｌｍａ Test,ａｌｍａ．ｔｅｓｔ＠contoso．example,Ｅ１,ＪＰ,２０２６／０４／０１\r\nAlma Test,alma.test@contoso.example,E1,JP,2026-04-01\r\nBo Test,bo@contoso.example,社員（Ａ）,JP,\r\nCy Test,ｃｙ，test@contoso.example,E,,\r\n',
    people: ['Ａｌｍａ Test|E1|JP|2026-04-01', 'Bo Test|社員（Ａ）|JP'],
    duplicates: 1,
    rejected: [5],
  },
  ...(
    [
      [
        'Action',
        ['DELETE', 'Terminate', 'Leaver', 'D', 'Terminate Employee', 'TER'],
        ['Add', 'NEW', 'Modify', 'A', 'Hire', ''],
      ],
      ['changetype', ['delete'], ['add', 'modify', 'modrdn']],
      [
        'Status',
        ['Terminated', 'Inactive', 'Left', 'T - Terminated', 'Left (voluntary)', 'DEPROVISIONED', 'Offer declined'],
        ['Active', 'A', 'D', 'Pre-hire', 'Disabled', 'On leave', 'STAGED'],
      ],
      ['u_employment_status', ['terminated'], ['active']],
      ['Aktion', ['Löschen', 'LOESCHEN/Löschen', 'Austritt', 'gelöscht'], ['Eintritt', 'Neu', 'Anlegen', 'Änderung']],
      ['Mitarbeiterstatus', ['inaktiv', 'ausgeschieden'], ['aktiv', 'ruhend']],
      ['Statut', ['Sorti', 'Inactif', 'Démissionnaire'], ['Présent', 'Actif']],
      ['Estado', ['Baja'], ['Alta']],
      ['在籍状況', ['退職'], ['在籍']],
      ['Статус', ['Уволен', 'неактивен'], ['Активен']],
      ['Stav', ['Ukončen'], ['Aktivní']],
      ['Durum', ['Ayrıldı', 'Pasif'], ['Aktif']],
      ['Állapot', ['Kilépett'], ['Aktív']],
      ['CCC_Action', ['Delete'], ['Insert', 'Update']],
      ['I_U_D', ['D'], ['I', 'U']],
      ['Delta', ['Deleted'], ['Created']],
      ['Maßnahmenart', ['10 Austritt'], ['01 Einstellung']],
      ['Mouvement', ['Sortie'], ['Entrée']],
      ['cloudLifecycleState', ['inactive'], ['prehire']],
      ['isDeleted', ['1', 'TRUE', 'yes'], ['0', 'FALSE', 'no', '']],
      ['Gelöscht', ['x', 'ja', 'wahr'], ['nein', '-']],
      ['Event', ['Termination', 'Leaver'], ['Hire', 'D', 'Ticket 4711: delete', 'Delete request', 'Onboarding (left)']],
      ['Request', ['Delete user', 'Offboarding'], ['Delete request', 'Mailbox - delete old one', 'New']],
      [
        'TerminationDate',
        ['2025-06-30', '20250630000000.0Z', '30-JUN-25', '45838'],
        ['', '2069-12-31', '9999-12-31', '1900-01-01', 'n/a', '0'],
      ],
      [
        'Austrittsdatum',
        ['30.06.2025', '05.06.25'],
        ['31.12.9999', '01.01.1900', '01.01.1970', '00.00.0000', 'offen', '-'],
      ],
      ['Employment end date', ['06/05/2025', '2025-06-30T23:59:59Z'], ['05/06/2069', '12/31/2099', '1753-01-01']],
      ['Last day', ['June 30, 2025'], ['unknown', '2999-01-01']],
      ['employeeLeaveDateTime', ['2025-06-30T00:00:00Z'], ['2068-01-01T00:00:00Z']],
      ['Probation end date', [], ['2025-06-30']],
      ['Active', [], ['false', '0', 'No', 'true', '1', 'Yes', '', 'n/a']],
      ['AccountEnabled', [], ['False']],
      ['Mailbox required?', ['No', 'n'], ['Yes', '', 'tbd']],
      ['E-Mail benötigt', ['nein'], ['ja']],
      ['Mailbox', [], ['No']],
      ['NoMailbox', [], ['TRUE']],
      ['Exclude', ['x', 'TRUE', 'yes'], ['', 'no', 'FALSE']],
      ['Do not license', ['1'], ['0']],
      ['Hire status', [], ['Offer declined']],
      ['EndDate', [], ['2025-06-30']],
      ['Vertragsende', [], ['30.06.2025']],
    ] as const
  ).map(([name, leavers, others]) => ({
    id: 'K33',
    what: `The column ${name} says who leaves: nobody is licensed by such a row, and nobody is lost`,
    file: `CN,UserPrincipalName,EmployeeType,${name}\r\n${[...leavers, ...others]
      .map((value, n) => `Ada ${n},ada${n}@contoso.example,E,"${value}"\r\n`)
      .join('')}`,
    people: others.map((_, n) => `Ada ${leavers.length + n}|E`),
    rejected: leavers.map((_, n) => n + 2),
  })),
  {
    id: 'K33',
    what: 'Whoever has not begun yet is not active yet',
    file: 'CN,UserPrincipalName,EmployeeType,StartDate,Active\r\nAda Test,ada.test@contoso.example,E,2048-04-01,No\r\nBo Test,bo.test@contoso.example,E,2020-04-01,No\r\nCy Test,cy.test@contoso.example,E,2020-04-01,Yes\r\nDi Test,di.test@contoso.example,E,,No\r\nEd Test,ed.test@contoso.example,E,2020-04-01,FALSE\r\n',
    people: ['Ada Test|E||2048-04-01', 'Cy Test|E||2020-04-01', 'Di Test|E'],
    rejected: [3, 6],
  },
  {
    id: 'K33',
    what: 'Whoever begins after the day on which they left comes back',
    file: 'CN,UserPrincipalName,EmployeeType,StartDate,TerminationDate\r\nAda Test,ada.test@contoso.example,E,2026-04-01,2025-06-30\r\nBo Test,bo.test@contoso.example,E,2020-04-01,2025-06-30\r\n',
    people: ['Ada Test|E||2026-04-01'],
    rejected: [3],
  },
  {
    id: 'K33',
    what: 'The same words in other columns say nothing, nor does a note',
    file: `CN,UserPrincipalName,EmployeeType,Note,Reason,Previous status,Manager status,Status\r\nAda Left,ada.test@contoso.example,Terminated,Left,Delete,Terminated,Inactive,"Active, instead of Bo, who was terminated"\r\n`,
    people: ['Ada Left|Terminated'],
  },
  {
    id: 'K36',
    what: 'Error values of spreadsheets in other languages, and what pandas and Google Sheets write, are nothing',
    file: `CN,UserPrincipalName,EmployeeType,StartDate\n${[
      ['#BEZUG!', 'E', '#WERT!'],
      ['Ada', '#VERW!', '#N/B'],
      ['Bo', '#¿NOMBRE?', '#¡VALOR!'],
      ['Cy', '#ERROR!', '#N/D'],
      ['Di', 'Err:502', '#DZIEL/0!'],
      ['Ed', 'Loading...', '#SPILL!'],
      ['nan', '<NA>', 'NaT'],
    ]
      .map(([name, type, day], n) => `${name},a${n}@contoso.example,${type},${day}\n`)
      .join('')}`,
    people: ['a0@contoso.example|E', 'Ada|', 'Bo|', 'Cy|', 'Di|', 'Ed|', 'a6@contoso.example|'],
    doubts: [
      '2 CN is empty',
      ...[3, 4, 5, 6, 7].map((line) => `${line} EmployeeType is empty`),
      '8 CN is empty',
      '8 EmployeeType is empty',
    ],
  },
  {
    id: 'K36',
    what: 'What only looks like an error value stays',
    file: 'CN,UserPrincipalName,EmployeeType\nNan Test,ada.test@contoso.example,#1!\nBo Test,bo.test@contoso.example,#Temp\n',
    people: ['Nan Test|#1!', 'Bo Test|#Temp'],
  },
  {
    id: 'K37',
    what: 'A table of Markdown, with the alignment of its columns',
    file: '| CN | UserPrincipalName | EmployeeType |\n|----|:-----------------:|-------------:|\n| Ada Test | ada.test@contoso.example | E |\n',
    people: ['Ada Test|E'],
    notes: 'The line below the header was skipped: it only underlines the names of the columns.',
  },
  {
    id: 'K38',
    what: 'Tags of a web page around a name are told, with what it probably is; other angles are not',
    file: '\ufeffCN,UserPrincipalName,EmployeeType\n<b>Ada Test</b>,ada.test@contoso.example,E\n"<div class=""x"">Bo<br/>Test</div>",bo.test@contoso.example,N\nCy <3 Test,cy.test@contoso.example,N\nDi <Test>,di.test@contoso.example,N\n',
    people: ['<b>Ada Test</b>|E', '<div class="x">Bo<br/>Test</div>|N', 'Cy <3 Test|N', 'Di <Test>|N'],
    doubts: ['2 CN is probably "Ada Test"', '3 CN is probably "Bo Test"'],
  },
  {
    id: 'K39',
    what: 'Countries as ISO 3166 writes their names',
    file: `CN,UserPrincipalName,EmployeeType,UsageLocation\n${[
      'Netherlands (the)',
      'United States of America (the)',
      'Korea (the Republic of)',
      'Iran (Islamic Republic of)',
      'Bolivia (Plurinational State of)',
      'United Kingdom of Great Britain and Northern Ireland (the)',
      'Germany (the best of)',
    ]
      .map((country, n) => `A,a${n}@contoso.example,E,${country}\n`)
      .join('')}`,
    people: ['A|E|NL', 'A|E|US', 'A|E|KR', 'A|E|IR', 'A|E|BO', 'A|E|GB', 'A|E'],
    doubts: ['8 UsageLocation'],
  },
  {
    id: 'K40',
    what: 'An apostrophe that keeps digits a text, in some cells of a row only',
    file: "CN,UserPrincipalName,EmployeeType,StartDate\nAda Test,ada.test@contoso.example,'00123,'2026-03-02\n'T Hooft,bo.test@contoso.example,'n,\n",
    people: ['Ada Test|00123||2026-03-02', "'T Hooft|'n"],
  },
  ...(
    [
      ['CN', 'login', 'manager.userPrincipalName', 'UserPrincipalName'],
      ['CN', 'login', 'UPN (Manager)', 'UserPrincipalName'],
      ['CN', 'login', 'Vorgesetzter [UserPrincipalName]', 'UserPrincipalName'],
      ['CN', 'login', 'CreatedBy.userPrincipalName', 'UserPrincipalName'],
      ['manager/displayName', 'UserPrincipalName', 'Note', 'CN'],
      ['Supervisor: Name', 'UserPrincipalName', 'Note', 'CN'],
      ['department.name', 'UserPrincipalName', 'Note', 'CN'],
      ['Company (Name)', 'UserPrincipalName', 'Note', 'CN'],
      ['u_manager.name', 'UserPrincipalName', 'Note', 'CN'],
    ] as const
  ).map(([first, second, third, missing]) => ({
    id: 'K41',
    what: `${first}, ${second}, ${third}: what is about somebody or something else is not the person`,
    file: `${first},${second},${third},EmployeeType\nAda Test,ada.test@contoso.example,boss@contoso.example,E\n`,
    refused: `the column ${missing} is missing`,
  })),
  ...(
    [
      'person.cn,account.userPrincipalName,emp.employeeType,manager.userPrincipalName',
      'user.name,user.userPrincipalName,worker.type,manager.name',
      'Name (required),UPN (login),Type (E/N),Name (Manager)',
    ] as const
  ).map((header) => ({
    id: 'K41',
    what: `beside it the columns of the person count: ${header}`,
    file: `${header}\nAda Test,ada.test@contoso.example,E,boss@contoso.example\n`,
    people: ['Ada Test|E'],
  })),
  {
    id: 'K35',
    what: 'An English header above Japanese names in Shift-JIS: family names tell, and leave a doubt',
    file: Buffer.from(
      'Q04sVXNlclByaW5jaXBhbE5hbWUsRW1wbG95ZWVUeXBlDQqOUpNjIJG+mFksdGFyb0Bjb250b3NvLmV4YW1wbGUsRQ0KjbKToYnUjnEsaGFuYUBjb250b3NvLmV4YW1wbGUsRQ0K',
      'base64',
    ),
    people: ['山田 太郎|E', '佐藤花子|E'],
    doubts: [
      '2 CN is "山田 太郎" in Shift_JIS, but would be "嶳揷 懢榊" in GB18030 and "ŽR“c ‘¾˜Y" in Windows-1252',
      '3 CN is "佐藤花子" in Shift_JIS',
    ],
    notes: 'The file does not say its encoding: it was read as Shift_JIS, and may be GB18030 or Windows-1252.',
  },
  ...(
    [
      [',', 'CN,UserPrincipalName,EmployeeType,Start date (dd/mm/yyyy)', '03/04/2026', '2026-04-03'],
      [',', 'CN,UserPrincipalName,EmployeeType,StartDate [MM/DD/YYYY]', '03/04/2026', '2026-03-04'],
      [',', 'CN,UserPrincipalName,EmployeeType,Hire date mm-dd-yyyy', '03-04-2026', '2026-03-04'],
      [';', "Nom complet;UPN;Type d'employé;Date d'embauche (JJ/MM/AAAA)", '03/04/2026', '2026-04-03'],
      [';', 'Name;UPN;Mitarbeitertyp;Eintrittsdatum (TT.MM.JJJJ)', '03/04/2026', '2026-04-03'],
    ] as const
  ).map(([delimiter, header, day, date]) => ({
    id: 'K34',
    what: `the header ${header} says how dates are written`,
    file: `${header}\r\n${['Ada Test', 'ada.test@contoso.example', 'E', day].join(delimiter)}\r\n`,
    people: [`Ada Test|E||${date}`],
  })),
  {
    id: 'K28',
    what: 'A download of UTF-8 that broke off within a letter is told as such',
    file: Buffer.from('CN,UserPrincipalName,EmployeeType\r\nJürgen Test,ada.test@contoso.example,Ü').subarray(0, -1),
    refused: 'The file ends in the middle of a character: it was only partly written',
  },
  ...(
    [
      ['JSON', '[{"CN":"Ada Test","UserPrincipalName":"ada.test@contoso.example","EmployeeType":"E"}]\n'],
      ['JSON', '{\n  "value": [\n    { "CN": "Ada Test", "UserPrincipalName": "ada.test@contoso.example" }\n  ]\n}\n'],
      ['a web page', '<html><table><tr><td>CN</td><td>UserPrincipalName</td></tr></table></html>\r\n'],
      ['XML', '<?xml version="1.0"?>\n<users><user cn="Ada Test"/></users>\n'],
      ['XML', '<users>\n<user cn="Ada Test" upn="ada.test@contoso.example"/>\n</users>\n'],
      ['a list of SQL statements', "INSERT INTO people (CN, UPN) VALUES ('Ada Test', 'ada.test@contoso.example');\n"],
      ['a web page', 'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\n<html>\r\n'],
      [
        'LDIF',
        'dn: CN=Ada Test,OU=People,DC=contoso,DC=example\ncn: Ada Test\nuserPrincipalName: ada.test@contoso.example\n',
      ],
      ['LDIF', 'userPrincipalName: ada.test@contoso.example\ncn: Ada Test\nemployeeType: E\n'],
      ['a vCard', 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada Test\r\nEND:VCARD\r\n'],
      ['a spreadsheet in SYLK', 'ID;PWXL;N;E\r\nC;Y1;X1;K"CN"\r\nC;X2;K"UserPrincipalName"\r\n'],
      ['YAML', '- cn: Ada Test\n  userPrincipalName: ada.test@contoso.example\n  employeeType: E\n'],
      [
        'text in columns of fixed width',
        'CN          UPN                       EMPTYPE STARTDATE\r\nTEST ADA    ada.test@contoso.example  E       20260302\r\n',
      ],
      [
        'text in columns of fixed width',
        'Full name   User principal name       Employee type\r\nTest Ada    ada.test@contoso.example  E\r\n',
      ],
      ['encrypted', '-----BEGIN PGP MESSAGE-----\r\n\r\nhQEMA\r\n-----END PGP MESSAGE-----\r\n'],
      ['a PDF', '%PDF-1.7\r\n1 0 obj\r\n'],
      ['a text document', '{\\rtf1\\ansi Ada Test}\r\n'],
      ['what PowerShell shows', '\r\nCN                : Ada Test\r\nUserPrincipalName : ada.test@contoso.example\r\n'],
      [
        'what PowerShell shows',
        '\r\nCN       UserPrincipalName        EmployeeType\r\n--       -----------------        ------------\r\nAda Test ada.test@contoso.example E\r\n',
      ],
    ] as const
  ).map(([what, file]) => ({ id: 'K08', what: `no table but ${what}`, file, refused: `This is ${what}` })),
  {
    id: 'K10',
    what: 'names of columns in angles, one of which is missing, are no XML',
    file: '<CN>,<UserPrincipalName>\r\nAda Test,ada.test@contoso.example\r\n',
    refused: 'In the header the column EmployeeType is missing',
  },
  {
    id: 'K09',
    what: 'Names of columns in brackets, below a title with a colon, are no other format',
    file: 'Report : newcomers\r\n[CN],[UserPrincipalName],[EmployeeType]\r\nAda Test,ada.test@contoso.example,E\r\n',
    people: ['Ada Test|E'],
    notes: 'One line above the header was skipped: "Report : newcomers".',
  },
  {
    id: 'A28',
    what: 'Dates of which each could be read as two, under a name in a language that writes the day first',
    file: 'CN;UPN;Tipo de empleado;Fecha de alta\r\nAda Test;ada.test@contoso.example;Fijo;01/09/2026\r\nBo Test;bo.test@contoso.example;Fijo;5/10/2026\r\n',
    people: ['Ada Test|Fijo||2026-09-01', 'Bo Test|Fijo||2026-10-05'],
    notes:
      'A date such as 03/04/2026 is read with the day first, as is usual in the language of the column "Fecha de alta".',
  },
];
